"""What a server's file gets without being asked for."""

from yarl import URL

from ops.environment.server import GENERATED, complete

GIVEN = {"ENVIRONMENT": "production", "APP_URL": "https://tutor.test"}


def test_every_role_has_a_password_of_its_own() -> None:
    values = complete(GIVEN)
    urls = [URL(values[name]) for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "BACKUP_DATABASE_URL")]
    assert [url.user for url in urls] == ["langagent_app", "langagent_owner", "langagent_backup"]
    assert len({values["POSTGRES_PASSWORD"], *(url.password for url in urls)}) == 4
    assert values["RESTORE_DATABASE_URL"] == values["DATABASE_OWNER_URL"]


def test_two_files_share_nothing() -> None:
    first, second = complete(GIVEN), complete(GIVEN)
    assert not [name for name in GENERATED if first[name] == second[name]]


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
