"""What a server's file gets without being asked for."""

from datetime import date

from yarl import URL

from ops.environment import dotenv, keys
from ops.environment.check import Report, examine
from ops.environment.example import example
from ops.environment.server import FILLED, complete

GIVEN = {"ENVIRONMENT": "production", "APP_URL": "https://tutor.test"}


def test_every_role_has_a_password_of_its_own() -> None:
    values = complete(GIVEN)
    urls = [URL(values[name]) for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "BACKUP_DATABASE_URL")]
    assert [url.user for url in urls] == ["langagent_app", "langagent_owner", "langagent_backup"]
    assert len({values["POSTGRES_PASSWORD"], *(url.password for url in urls)}) == 4
    assert values["RESTORE_DATABASE_URL"] == values["DATABASE_OWNER_URL"]


def test_two_files_share_nothing() -> None:
    first, second = complete(GIVEN), complete(GIVEN)
    shared = [name for name in FILLED if first[name] == second[name]]
    assert shared == ["BACKUP_FOLDER", "API_URL", "TELEGRAM_WEBHOOK_URL"]


def test_addresses_follow_from_the_client_s() -> None:
    values = complete(GIVEN)
    assert values["API_URL"] == "https://tutor.test"
    assert values["TELEGRAM_WEBHOOK_URL"] == "https://tutor.test/api/webhook"


def test_what_is_given_stays() -> None:
    values = complete({**GIVEN, "API_URL": "https://api.test", "METRICS_TOKEN": "mine", "POSTGRES_DB": "words"})
    assert values["TELEGRAM_WEBHOOK_URL"] == "https://api.test/api/webhook"
    assert values["METRICS_TOKEN"] == "mine"
    assert URL(values["DATABASE_URL"]).path == "/words"


def test_without_an_address_none_follows() -> None:
    assert "API_URL" not in complete({"ENVIRONMENT": "production"})


def _examined(given: dict[str, str]) -> Report:
    made = date(2026, 11, 23)
    text = dotenv.with_values(keys.fill(example(), made), complete(given))
    return examine(text, 0o600, ".env", made)


def test_what_remains_is_the_owner_s_to_know() -> None:
    assert [problem.split()[0] for problem in _examined(GIVEN).problems] == ["TELEGRAM_BOT_TOKEN", "BACKEND_IMAGE"]


def test_with_that_it_is_fine() -> None:
    known = {"TELEGRAM_BOT_TOKEN": "1:token", "BACKEND_IMAGE": "registry.test/tutor"}
    assert _examined({**GIVEN, **known}) == Report([], [])


def test_a_value_that_compose_would_change_is_refused() -> None:
    given = {**GIVEN, "TELEGRAM_BOT_TOKEN": "1:token", "BACKEND_IMAGE": "tutor", "S3_SECRET_KEY": "pa$$word"}
    (problem,) = _examined(given).problems
    assert problem.startswith("S3_SECRET_KEY has a $")
