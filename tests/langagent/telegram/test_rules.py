"""The sender's rules without a server."""

import traceback

import pytest

from langagent.settings import Secret
from langagent.telegram.api import BotApi, RefusedError, UnreachableError
from langagent.telegram.sender.rules import SENDING, FloodWatch, Verdict, plain, verdict


@pytest.mark.parametrize(
    ("code", "description", "expected"),
    [
        (403, "Forbidden: bot was blocked by the user", Verdict.UNREACHABLE),
        (403, "Forbidden: user is deactivated", Verdict.UNREACHABLE),
        (403, "Forbidden: bot can't initiate conversation with a user", Verdict.UNREACHABLE),
        (403, "Forbidden: something else", Verdict.FAILED),
        (400, "Bad Request: chat not found", Verdict.UNREACHABLE),
        (400, "Bad Request: can't parse entities: unsupported start tag", Verdict.PLAIN),
        (400, "Bad Request: message is not modified: …", Verdict.DONE),
        (400, "Bad Request: message to edit not found", Verdict.FAILED),
        (401, "Unauthorized", Verdict.RETRY),
        (404, "Not Found", Verdict.RETRY),
    ],
)
def test_verdicts(code: int, description: str, expected: Verdict) -> None:
    assert verdict(RefusedError("sendMessage", code, description)) is expected


def test_tries_are_spread_by_doubling_pauses() -> None:
    assert [pause.total_seconds() for pause in SENDING.retries] == [1, 2, 4, 8, 16, 32, 64]


def test_plain_text_has_no_tags_and_no_entities() -> None:
    payload = {"text": '<a href="x">1 &lt; 2</a> a<b', "parse_mode": "HTML", "chat_id": 1}
    assert plain(payload) == {"text": "1 < 2 a<b", "chat_id": 1}


def test_floods_of_several_chats_at_once_are_global() -> None:
    watch = FloodWatch()
    assert [watch.is_global(chat, at) for chat, at in ((1, 0.0), (1, 0.1), (2, 0.2), (3, 0.3))] == [False] * 3 + [True]
    assert not watch.is_global(4, 2.0)


async def test_errors_do_not_show_the_token() -> None:
    api = BotApi("http://127.0.0.1:9", Secret("123456:VERY-SECRET-TOKEN"))
    with pytest.raises(UnreachableError) as caught:
        await api.call("getMe", {})
    await api.close()
    assert "SECRET" not in "".join(traceback.format_exception(caught.value))
