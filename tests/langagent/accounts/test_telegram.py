"""What Telegram vouches for: the vectors of the specification, and everything that is not quite them."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langagent.accounts.sign_in.telegram import person_from_init_data, person_from_widget
from langagent.accounts.users.models import TelegramPerson
from langagent.core.errors import AppError
from langagent.settings import Secret
from tests.langagent.accounts.telegram_data import BOT_TOKEN, init_data

TOKEN: Final = Secret(BOT_TOKEN)
SIGNED_AT: Final = 1767225600
MAX_AGE: Final = timedelta(hours=1)
PAIRS: Final = {
    "auth_date": str(SIGNED_AT),
    "query_id": "AAE",
    "start_param": "",
    "signature": "c2ln",
    "user": '{"id":100200300,"first_name":"Learner","last_name":"","username":"learner_1","language_code":"ru"}',
    "hash": "8ceee937e3f9d37806c370897e5c2b2d635383183cc968cada5c190f26c13141",
}
WIDGET: Final = {
    "id": "100200300",
    "first_name": "Learner",
    "username": "learner_1",
    "auth_date": str(SIGNED_AT),
    "hash": "ae445f752b8f8bd9f99b5c06eea56e4b4c0e5da32fa4df3cdaa037b3f8c700d8",
}
LEARNER: Final = TelegramPerson(telegram_id=100200300, first_name="Learner", username="learner_1", language_code="ru")


def at(moment: int) -> datetime:
    return datetime.fromtimestamp(moment, UTC)


def code_of(text: str, moment: int = SIGNED_AT) -> str:
    with pytest.raises(AppError) as refusal:
        person_from_init_data(text, TOKEN, at(moment), MAX_AGE)
    return refusal.value.code.value


@pytest.mark.parametrize("moment", [SIGNED_AT - 60, SIGNED_AT, SIGNED_AT + 3600])
def test_the_vector_is_accepted_while_it_is_fresh(moment: int) -> None:
    assert person_from_init_data(urlencode(PAIRS), TOKEN, at(moment), MAX_AGE) == LEARNER


@pytest.mark.parametrize("moment", [SIGNED_AT - 61, SIGNED_AT + 3601])
def test_the_vector_is_refused_when_too_old_or_from_the_future(moment: int) -> None:
    assert code_of(urlencode(PAIRS), moment) == "INVALID_INIT_DATA"


@pytest.mark.parametrize("field", PAIRS)
def test_every_field_is_signed(field: str) -> None:
    changed = PAIRS | {field: PAIRS[field] + "1"}
    assert code_of(urlencode(changed)) == "AUTH_FAILED"


@pytest.mark.parametrize("field", ["hash", "auth_date", "user"])
def test_each_needed_field_comes_once(field: str) -> None:
    without = {name: value for name, value in PAIRS.items() if name != field}
    assert code_of(urlencode(without)) == "INVALID_INIT_DATA"
    assert code_of(urlencode(PAIRS) + f"&{field}=1") == "INVALID_INIT_DATA"


@pytest.mark.parametrize("text", ["", "hash", "a=%ff", "&&", "x" * 4097, "a=1&" * 60 + "b=2", "\ud800=1"])
def test_what_cannot_be_read_is_refused(text: str) -> None:
    assert code_of(text) == "INVALID_INIT_DATA"


@pytest.mark.parametrize(
    "user",
    [
        {},
        {"id": "1"},
        {"id": True},
        {"id": 0},
        {"id": 2**60},
        {"id": 1, "is_bot": True},
        {"id": 1, "first_name": 5},
        [1],
    ],
)
def test_bots_and_nobodies_are_refused(user: Any) -> None:
    assert code_of(init_data(SIGNED_AT, user)) == "INVALID_INIT_DATA"


def test_names_are_made_fit_for_the_database() -> None:
    user = {"id": 7, "first_name": "A\x00nna" + "a" * 300, "language_code": "de-AT-1996-extra"}
    person = person_from_init_data(init_data(SIGNED_AT, user), TOKEN, at(SIGNED_AT), MAX_AGE)
    assert (person.first_name[:5], len(person.first_name), person.language_code) == ("Annaa", 255, "de-AT-1996")


@given(st.text(max_size=200))
def test_whatever_is_sent_is_refused_by_a_code(text: str) -> None:
    assert code_of(text) in ("INVALID_INIT_DATA", "AUTH_FAILED")


@pytest.mark.parametrize("moment", [SIGNED_AT - 60, SIGNED_AT + 86_400])
def test_the_widget_vector_is_accepted_for_a_day(moment: int) -> None:
    person = person_from_widget(WIDGET, TOKEN, at(moment))
    assert (person.telegram_id, person.first_name, person.username) == (100200300, "Learner", "learner_1")


@pytest.mark.parametrize(
    ("changes", "moment", "code"),
    [
        ({}, SIGNED_AT + 86_401, "INVALID_INIT_DATA"),
        ({}, SIGNED_AT - 61, "INVALID_INIT_DATA"),
        ({"id": "100200301"}, SIGNED_AT, "AUTH_FAILED"),
        ({"photo_url": "https://t.me/i"}, SIGNED_AT, "AUTH_FAILED"),
        ({"hash": "ä"}, SIGNED_AT, "AUTH_FAILED"),
    ],
)
def test_other_widget_data_are_refused(changes: dict[str, str], moment: int, code: str) -> None:
    with pytest.raises(AppError) as refusal:
        person_from_widget(WIDGET | changes, TOKEN, at(moment))
    assert refusal.value.code.value == code
