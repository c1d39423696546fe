"""What study says in the chat: waits and moments, in both languages."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

import pytest

from langagent.core.chat.context import Chat
from langagent.core.chat.models import Incoming, Kind
from langagent.core.http.principal import Principal
from langagent.study.chat_texts import moment, short_wait, wait

NOON = datetime(2026, 11, 24, 9, tzinfo=UTC)
DAY = 24 * 3600


def chat_in(language: str) -> Chat:
    unused = cast("Any", None)
    principal = Principal(
        user_id=UUID(int=1),
        session_id=UUID(int=0),
        language=language,
        timezone="Europe/Moscow",
        plan="free",
        is_admin=False,
    )
    return Chat(Incoming(1, 1, Kind.MESSAGE, sender=unused), principal, unused, unused)


@pytest.mark.parametrize(
    ("seconds", "short", "russian", "english"),
    [
        (0, "1m", "1 минуту", "1 minute"),
        (330, "6m", "6 минут", "6 minutes"),
        (59.4 * 60, "59m", "59 минут", "59 minutes"),
        (59.6 * 60, "1h", "1 час", "1 hour"),
        (22 * 3600, "22h", "22 часа", "22 hours"),
        (DAY, "1d", "1 день", "1 day"),
        (30 * DAY, "30d", "30 дней", "30 days"),
        (31 * DAY, "1mo", "1 месяц", "1 month"),
        (365 * DAY, "12mo", "12 месяцев", "12 months"),
        (730 * DAY, "2y", "2 года", "2 years"),
        (36500 * DAY, "100y", "100 лет", "100 years"),
    ],
)
def test_waits_are_in_their_largest_unit(seconds: float, short: str, russian: str, english: str) -> None:
    assert short_wait(chat_in("en"), seconds) == short
    assert wait(chat_in("ru"), seconds) == russian
    assert wait(chat_in("en"), seconds) == english


@pytest.mark.parametrize(
    ("after", "russian", "english"),
    [
        (timedelta(minutes=10), "сегодня в 12:10", "today at 12:10"),
        (timedelta(hours=15, minutes=59), "сегодня в 03:59", "today at 03:59"),
        (timedelta(hours=16), "завтра", "tomorrow"),
        (timedelta(hours=40), "26 ноября", "November 26"),
    ],
)
def test_moments_are_in_the_learners_days(after: timedelta, russian: str, english: str) -> None:
    assert moment(chat_in("ru"), NOON + after, NOON) == russian
    assert moment(chat_in("en"), NOON + after, NOON) == english
