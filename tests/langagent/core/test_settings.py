"""Settings: every problem at once, secrets never shown."""

import pytest

from langagent.settings import SETTINGS, Secret, Settings, SettingsError

GOOD = {
    "DATABASE_URL": "postgresql://app@/db",
    "REDIS_URL": "redis://localhost",
    "SECRET_KEY": "k" * 32,
    "TRIAL_HASH_KEY": "t" * 32,
    "TELEGRAM_BOT_TOKEN": "1:a",
}


def test_reads_every_kind() -> None:
    given = {"DEV_SIGN_IN": "true", "ADMIN_TELEGRAM_IDS": "1, 2", "TRUSTED_PROXIES": "10.0.0.1", "TRIAL_DAYS": "3"}
    settings = Settings.from_environ(GOOD | given)
    assert (settings.dev_sign_in, settings.admin_telegram_ids, settings.trial_days) == (True, (1, 2), 3)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY must be at least 32 bytes"),
        ({"TRIAL_DAYS": "seven"}, "TRIAL_DAYS must be a whole number"),
        ({"ENVIRONMENT": "staging"}, "ENVIRONMENT must be one of"),
        ({"PLAN_LIMITS_JSON": "[]"}, "PLAN_LIMITS_JSON must be a JSON object"),
        ({"SECRET_KEYS": "x"}, "did you mean SECRET_KEY?"),
        ({"ENVIRONMENT": "production", "DEV_SIGN_IN": "true"}, "DEV_SIGN_IN must not be set"),
        ({"ENVIRONMENT": "production"}, "APP_URL is missing"),
        ({"MEDIA_BACKEND": "s3"}, "S3_BUCKET is missing"),
        ({"MEDIA_BACKEND": "disk"}, "MEDIA_BACKEND must be one of"),
    ],
)
def test_names_what_is_wrong(change: dict[str, str], complaint: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        Settings.from_environ(GOOD | change)
    assert any(complaint in problem for problem in refusal.value.problems)


def test_lists_every_problem_at_once() -> None:
    with pytest.raises(SettingsError) as refusal:
        Settings.from_environ({})
    assert len(refusal.value.problems) == len(GOOD)


def test_a_secret_never_shows_itself() -> None:
    settings = Settings.from_environ(GOOD)
    assert "kkkk" not in repr(settings) + str(settings.secret_key) + f"{settings.secret_key}"
    assert settings.secret_key.reveal() == "k" * 32


def test_every_setting_explains_itself() -> None:
    assert all(setting.doc for setting in SETTINGS)
    assert Secret in {setting.kind for setting in SETTINGS}


@pytest.mark.parametrize(
    ("environment", "url", "origin"),
    [
        ("local", "http://localhost:8081", "http://localhost:8081"),
        ("local", "http://127.0.0.1:8081/", "http://127.0.0.1:8081"),
        ("local", "https://api.telegram.org", ""),
        ("local", "http://localhost.example.org", ""),
        ("production", "http://localhost:8081", ""),
    ],
)
def test_only_this_machine_plays_telegram_and_never_in_production(environment: str, url: str, origin: str) -> None:
    assert Settings(environment=environment, telegram_api_url=url).local_telegram == origin
