"""Whatever a call carries, it is answered or refused; nothing breaks."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulators.telegram.clock import HandClock
from emulators.telegram.emulator import DEVELOPMENT_BOT
from emulators.telegram.errors import ApiError
from emulators.telegram.flood import FloodRule
from emulators.telegram.methods.table import METHODS
from emulators.telegram.models import Person
from emulators.telegram.params import Params
from emulators.telegram.people import People
from emulators.telegram.world import World
from tests.emulators.telegram.conftest import ANNA

LINKS = st.sampled_from(["https://", "https://[", "https://a:99999/", "http://localhost:x", "https://a.example/", "x"])
SCALARS = st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "x", "1", "<b>"]) | LINKS
JUNK = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner), max_leaves=4
)
BUTTON = st.fixed_dictionaries(
    {"text": st.just("x") | JUNK},
    optional={
        "url": LINKS | JUNK,
        "callback_data": JUNK,
        "web_app": JUNK | st.fixed_dictionaries({"url": LINKS | JUNK}),
    },
)
ROWS = st.lists(st.lists(BUTTON, max_size=2) | JUNK, max_size=2)
ENTITY = st.fixed_dictionaries({"type": st.just("bold") | JUNK, "offset": JUNK, "length": JUNK})
MENU = st.fixed_dictionaries(
    {"type": st.just("web_app"), "text": st.just("x"), "web_app": JUNK | st.builds(dict, url=LINKS)}
)
SCOPE = st.fixed_dictionaries({"type": st.sampled_from(["chat", "default"]) | JUNK}, optional={"chat_id": JUNK})
PARAMS: dict[str, st.SearchStrategy[Any]] = {
    "text": JUNK,
    "caption": JUNK,
    "message_id": st.just(2) | JUNK,
    "url": LINKS | JUNK,
    "secret_token": JUNK,
    "max_connections": JUNK,
    "allowed_updates": JUNK,
    "reply_markup": st.builds(dict, inline_keyboard=ROWS) | st.builds(dict, keyboard=ROWS) | JUNK,
    "reply_parameters": st.builds(dict, message_id=JUNK) | JUNK,
    "entities": st.lists(ENTITY, max_size=2) | JUNK,
    "commands": st.lists(st.builds(dict, command=st.just("x") | JUNK, description=JUNK) | JUNK, max_size=2) | JUNK,
    "scope": SCOPE | JUNK,
    "menu_button": MENU | JUNK,
    "language_code": JUNK,
    "document": JUNK,
    "show_alert": JUNK,
}

METHODS_THAT_PARSE = ["sendMessage", "sendDocument", "editMessageText", "editMessageReplyMarkup", "setWebhook"]
METHODS_THAT_PARSE += ["setMyCommands", "getMyCommands", "setChatMenuButton", "answerCallbackQuery", "setMyDescription"]


@pytest.mark.parametrize("name", METHODS_THAT_PARSE)
@settings(max_examples=50, deadline=None, derandomize=True)
@given(given_params=st.fixed_dictionaries({}, optional=PARAMS), html=st.booleans())
async def test_any_input(name: str, given_params: dict[str, Any], html: bool) -> None:
    world = World(DEVELOPMENT_BOT, "a_bot", HandClock(), FloodRule())
    people = People(world)
    people.add(Person(ANNA, "Анна"))
    people.start(ANNA)
    world.post(people.chat(ANNA), world.bot, {"text": "before"})
    values = {key: value if isinstance(value, str) else json.dumps(value) for key, value in given_params.items()}
    params = Params({"chat_id": str(ANNA)} | ({"parse_mode": "HTML"} if html else {}) | values)
    with contextlib.suppress(ApiError):
        json.dumps(await METHODS[name](world, params))
    await world.stop_delivery()
