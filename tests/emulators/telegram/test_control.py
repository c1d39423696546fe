"""The door that the chat page and other processes use."""

import asyncio
from typing import Any

import httpx2
import pytest

from emulators.telegram.emulator import TelegramEmulator
from tests.emulators.telegram.conftest import ANNA, Call
from tests.emulators.telegram.rules.test_images import PNG


async def test_a_person_is_added_and_talks(http: httpx2.AsyncClient, call: Call) -> None:
    person = (await http.post("/emulator/people", json={"first_name": "Vera", "language_code": "es"})).json()["person"]
    started = await http.post(f"/emulator/chats/{person['id']}/start", json={"payload": "login"})
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    sent = await call("sendMessage", chat_id=person["id"], text="hola", reply_markup=markup)
    press = {"message_id": sent["result"]["message_id"], "data": "x"}
    pressed = (await http.post(f"/emulator/chats/{person['id']}/press", json=press)).json()
    assert started.json()["update"]["message"]["text"] == "/start login"
    assert pressed["update"]["callback_query"]["data"] == "x"
    await call("answerCallbackQuery", callback_query_id=pressed["query_id"], text="ok")
    query = (await http.get(f"/emulator/queries/{pressed['query_id']}")).json()
    assert query["answer"] == {"text": "ok", "show_alert": False}
    assert len((await http.get("/emulator/people")).json()["people"]) == 4
    assert len((await http.get("/emulator/updates")).json()) == 2


async def test_a_chat_shows_what_its_person_sees(http: httpx2.AsyncClient, call: Call) -> None:
    await call("setMyCommands", commands=[{"command": "help", "description": "помощь"}], language_code="ru")
    await call("sendMessage", chat_id=ANNA, text="choose", reply_markup={"keyboard": [["yes", "no"]]})
    chat = (await http.get(f"/emulator/chats/{ANNA}")).json()
    assert chat["messages"][-1]["text"] == "choose"
    assert chat["reply_keyboard"]["keyboard"] == [[{"text": "yes"}, {"text": "no"}]]
    assert chat["commands"] == [{"command": "help", "description": "помощь"}]
    assert chat["menu_button"] == {"type": "default"}


async def test_a_file_goes_in_and_comes_back(http: httpx2.AsyncClient) -> None:
    sent = await http.post(
        f"/emulator/chats/{ANNA}/file",
        data={"kind": "photo", "caption": "what?"},
        files={"file": ("page.png", PNG, "image/png")},
    )
    message = sent.json()["update"]["message"]
    shown = await http.get(f"/emulator/files/{message['photo'][-1]['file_id']}")
    assert message["caption"] == "what?"
    assert (shown.content, shown.headers["content-type"]) == (PNG, "image/png")


async def test_any_update_may_be_sent(http: httpx2.AsyncClient, call: Call) -> None:
    group = {"kind": "message", "payload": {"message_id": 1, "chat": {"id": -100, "type": "supergroup"}, "text": "x"}}
    await http.post("/emulator/updates", json=group)
    (update,) = (await call("getUpdates"))["result"]
    assert update["message"]["chat"]["type"] == "supergroup"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("chats/5/text", {"text": "x"}),
        (f"chats/{ANNA}/text", {"text": ""}),
        (f"chats/{ANNA}/text", {}),
        (f"chats/{ANNA}/press", {"message_id": 1, "data": "x"}),
        ("people", {"id": ANNA, "first_name": "Twice"}),
        ("people", {"name": "x"}),
        ("faults", {"kind": "drop", "mood": "bad"}),
        ("faults", []),
        ("updates/5/redeliver", {}),
    ],
)
async def test_what_cannot_be_is_refused_with_a_reason(http: httpx2.AsyncClient, path: str, body: Any) -> None:
    answer = await http.post(f"/emulator/{path}", json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]


async def test_events_are_streamed(wire: httpx2.AsyncClient, emulator: TelegramEmulator) -> None:
    async with asyncio.timeout(5), wire.stream("GET", "/emulator/events") as stream:
        lines = stream.aiter_lines()
        assert await anext(lines) == ": connected"
        emulator.people.say(ANNA, "live")
        data = [line async for line in until_data(lines)]
    assert '"text": "live"' in data[-1]


async def until_data(lines: Any) -> Any:
    async for line in lines:
        yield line
        if line.startswith("data:"):
            return


async def test_the_page_and_the_mini_app_script(http: httpx2.AsyncClient) -> None:
    page = await http.get("/")
    script = await http.get("/js/telegram-web-app.js")
    assert page.status_code == script.status_code == 200
    assert "text/javascript" in script.headers["content-type"]
