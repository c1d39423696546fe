"""Launch data of the Mini App."""

import hashlib
import hmac
import json
from urllib.parse import parse_qs, parse_qsl, urlsplit

from emulators.telegram.clock import HandClock
from emulators.telegram.emulator import DEVELOPMENT_BOT, TelegramEmulator
from emulators.telegram.launch import signed
from tests.emulators.telegram.conftest import ANNA

VECTOR = {
    "auth_date": "1767225600",
    "query_id": "AAE",
    "start_param": "",
    "signature": "c2ln",
    "user": '{"id":100200300,"first_name":"Learner","last_name":"","username":"learner_1","language_code":"ru"}',
}


def test_vector_of_the_specification() -> None:
    pairs = dict(parse_qsl(signed("123456:TEST-TOKEN", VECTOR), keep_blank_values=True))
    assert pairs.pop("hash") == "8ceee937e3f9d37806c370897e5c2b2d635383183cc968cada5c190f26c13141"
    assert pairs == VECTOR


def test_launch_address(emulator: TelegramEmulator, clock: HandClock) -> None:
    url = urlsplit(emulator.people.launch(ANNA, "https://app.example/?go=home", "deck-1", "dark"))
    assert parse_qs(url.query) == {"go": ["home"], "tgWebAppStartParam": ["deck-1"]}
    fragment = {name: values[0] for name, values in parse_qs(url.fragment).items()}
    assert json.loads(fragment["tgWebAppThemeParams"])["bg_color"] == "#212121"
    assert {"tgWebAppVersion", "tgWebAppPlatform"} < fragment.keys()
    data = dict(parse_qsl(fragment["tgWebAppData"]))
    assert data["start_param"] == "deck-1"
    assert data["auth_date"] == str(int(clock.now()))
    assert json.loads(data["user"])["id"] == ANNA
    assert data.pop("hash") == expected_hash(data)


def expected_hash(pairs: dict[str, str]) -> str:
    secret = hmac.new(b"WebAppData", DEVELOPMENT_BOT.encode(), hashlib.sha256).digest()
    text = "\n".join(f"{key}={pairs[key]}" for key in sorted(pairs))
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()
