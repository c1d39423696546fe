"""Every setting of the product, declared once: name, type, default, doc."""

import dataclasses
import difflib
import re
import typing
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from langagent.declaration import (
    Required,
    Secret,
    Setting,
    SettingsError,
    at_least_32_bytes,
    declare,
    json_object,
    one_of,
    positive,
    time_of_day,
    webhook_secret,
)

__all__ = [
    "NAMES",
    "SETTINGS",
    "Required",
    "Secret",
    "Setting",
    "Settings",
    "SettingsError",
    "explained",
    "near_misses",
]


@contextmanager
def explained() -> Iterator[None]:
    """Ends the process with every problem named, instead of a traceback, when its environment cannot be used."""
    try:
        yield
    except SettingsError as error:
        lines = "\n".join(f"  - {problem}" for problem in error.problems)
        raise SystemExit(f"LangAgent did not start; its environment has problems:\n{lines}") from None


_ALWAYS, _PRODUCTION, _SERVER = Required.ALWAYS, Required.PRODUCTION, Required.SERVER
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one process; ``from_environ`` is the only way they are made outside tests."""

    database_url: Secret = declare("core", "PostgreSQL, as the app role", Secret(""), required=_ALWAYS)
    redis_url: Secret = declare("core", "Redis; nothing in it is precious", Secret(""), required=_ALWAYS)
    secret_key: Secret = declare(
        "core", "Signs access tokens; at least 32 bytes", Secret(""), required=_ALWAYS, check=at_least_32_bytes
    )
    secret_key_previous: Secret = declare(
        "core", "The key before the last rotation, still accepted for verification", Secret("")
    )
    trial_hash_key: Secret = declare(
        "core",
        "Hashes Telegram ids in the trial registry; never changes",
        Secret(""),
        required=_ALWAYS,
        check=at_least_32_bytes,
    )
    telegram_bot_token: Secret = declare("core", "The bot's token from @BotFather", Secret(""), required=_ALWAYS)
    app_url: str = declare(
        "core", "Where people open the browser client", "http://localhost:5173", required=_PRODUCTION
    )
    api_url: str = declare(
        "core", "Where the API answers; the same host by default", "http://localhost:8000", required=_PRODUCTION
    )
    environment: str = declare(
        "core", "`local` or `production`; the image sets production", "local", check=one_of("local", "production")
    )
    release: str = declare("core", "The git revision that runs; the image sets it", "")
    log_level: str = declare(
        "core", "DEBUG, INFO, WARNING or ERROR", "INFO", check=one_of("DEBUG", "INFO", "WARNING", "ERROR")
    )
    trusted_proxies: tuple[str, ...] = declare(
        "core", "Addresses whose X-Forwarded-For is believed, separated by commas", ()
    )
    dev_sign_in: bool = declare("core", "Sign in without Telegram; refused in production", False)
    admin_telegram_ids: tuple[int, ...] = declare("core", "Telegram ids of the admins, separated by commas", ())
    bot_username: str = declare("core", "The bot's name without @, for links to it", "")
    cors_extra_origins: tuple[str, ...] = declare(
        "core", "Further origins allowed to call the API, separated by commas", ()
    )
    metrics_token: Secret = declare("core", "Shows the details of /health to who sends it as bearer token", Secret(""))
    worker_metrics_port: int = declare("core", "Where a worker serves /metrics; 0 switches it off", 0)
    database_pool_size: int = declare("core", "PostgreSQL connections of one process", 10, check=positive)

    algorithm: str = declare("tokens", "How access tokens are signed", "HS256", check=one_of("HS256"))
    access_token_expire_minutes: int = declare("tokens", "Life of an access token", 30, check=positive)
    refresh_token_days: int = declare("tokens", "Life of a session without use; 30 days at most", 7, check=positive)
    init_data_max_age: int = declare("tokens", "Seconds that Mini App launch data stays valid", 3600, check=positive)

    telegram_webhook_url: str = declare(
        "telegram", "Where Telegram delivers updates: API_URL and /api/webhook", "", required=_PRODUCTION
    )
    telegram_webhook_secret: Secret = declare(
        "telegram",
        "Proves that a delivery is Telegram's: 1-256 characters of A-Z a-z 0-9 _ -",
        Secret(""),
        required=_PRODUCTION,
        check=webhook_secret,
    )
    telegram_api_url: str = declare("telegram", "Where the Bot API answers", "https://api.telegram.org")
    telegram_polling: bool = declare(
        "telegram", "The worker asks for updates itself; for development, when no webhook is set", False
    )
    telegram_messages_per_second: int = declare(
        "telegram", "Calls of the Bot API that all processes make in a second", 25, check=positive
    )
    telegram_chat_messages_per_second: int = declare(
        "telegram", "The same for one chat; Telegram asks for no more than 1", 1, check=positive
    )

    trial_days: int = declare("plans", "Length of the Premium trial of a new account", 7)
    plan_limits_json: str = declare(
        "plans", 'Overrides of the plan table, such as {"free": {"cards": 300}}', "{}", check=json_object
    )

    rate_limit_ip_per_minute: int = declare("limits", "Requests of one address without sign-in", 100, check=positive)
    rate_limit_user_per_hour: int = declare("limits", "Requests of one learner", 1000, check=positive)

    media_backend: str = declare(
        "media",
        "Where learners' files lie: `local` (MEDIA_ROOT) or `s3` (S3_BUCKET)",
        "local",
        check=one_of("local", "s3"),
    )
    media_root: str = declare("media", "Folder of learners' files, on a volume of its own", "/var/app/media")
    s3_bucket: str = declare("media", "Bucket of learners' files; beside a local folder, of their copies", "")
    s3_prefix: str = declare("media", "What the names of the objects begin with", "media/")
    s3_endpoint: str = declare("media", "URL of an S3-compatible server, as browsers reach it; empty for AWS", "")
    s3_region: str = declare("media", "Region of the bucket", "us-east-1")
    s3_access_key: Secret = declare("media", "Key id of the bucket", Secret(""))
    s3_secret_key: Secret = declare("media", "Secret of the key", Secret(""))

    backup_database_url: Secret = declare(
        "backup", "PostgreSQL, as the role langagent_backup; in development, the database of `dev up`", Secret("")
    )
    backup_folder: str = declare("backup", "A folder that backups are written to", "")
    backup_s3_bucket: str = declare("backup", "A bucket that backups are written to", "")
    backup_s3_prefix: str = declare("backup", "What the names of the objects begin with, such as `langagent/`", "")
    backup_s3_endpoint: str = declare("backup", "URL of an S3-compatible server; empty for AWS", "")
    backup_s3_region: str = declare("backup", "Region of the bucket", "us-east-1")
    backup_s3_access_key: Secret = declare("backup", "Key id of the bucket", Secret(""))
    backup_s3_secret_key: Secret = declare("backup", "Secret of the key", Secret(""))
    backup_s3_checksum: str = declare(
        "backup",
        "`when_supported` adds a CRC to each part; some S3-compatible servers refuse that",
        "when_required",
        check=one_of("when_required", "when_supported"),
    )
    backup_s3_part_mib: int = declare(
        "backup", "Size of a part of an upload, of which there are at most 10,000; 0 chooses by the database's size", 0
    )
    backup_recipient: str = declare("backup", "An age public key; backups are encrypted to it", "")
    backup_identity_file: str = declare(
        "backup", "File with the age private key, where backups are to be restored; not on the server", ""
    )
    restore_database_url: Secret = declare(
        "backup",
        "The database that `langagent restore` replaces, as a role that may create databases; in development, the one "
        "of `dev up`",
        Secret(""),
    )
    backup_keep_days: int = declare("backup", "Days that a backup is kept", 30, check=positive)
    backup_keep_daily: int = declare("backup", "Beyond these days: one backup a day for so many days", 0)
    backup_keep_weekly: int = declare("backup", "Beyond these days: one backup a week for so many weeks", 0)
    backup_keep_monthly: int = declare("backup", "Beyond these days: one backup a month for so many months", 0)

    backup_at: str = declare("schedule", "When the daily backup begins, in UTC", "02:00", check=time_of_day)
    backup_jitter_minutes: int = declare(
        "schedule", "It begins up to so many minutes later, so that many servers do not meet", 10
    )
    backup_prune: bool = declare(
        "schedule", "Old backups are deleted after each new one; off where a lifecycle of the bucket does that", True
    )
    backup_max_age_hours: int = declare("schedule", "Older than that, the newest backup alerts", 26, check=positive)
    drill_weekday: str = declare(
        "schedule",
        "The day whose backup is restored as a drill, or `never`",
        "sunday",
        check=one_of(*_WEEKDAYS, "never"),
    )
    drill_max_age_days: int = declare("schedule", "Older than that, the last drill alerts", 8, check=positive)
    schedule_folder: str = declare(
        "schedule", "Where `langagent schedule` notes what it did; keep it across restarts", ""
    )
    schedule_metrics_port: int = declare("schedule", "Where `langagent schedule` serves /metrics; 0 switches it off", 0)

    alert_urls: Secret = declare("alerts", "Addresses of Apprise that alerts go to, separated by spaces", Secret(""))
    alert_telegram_chat_id: str = declare("alerts", "A chat that the bot itself sends alerts to", "")
    heartbeat_url: Secret = declare(
        "alerts", "Asked every five minutes by `langagent schedule`; who watches it hears of its silence", Secret("")
    )

    backend_image: str = declare("server", "Name of the product's image, without a tag", "", required=_SERVER)
    backend_image_tag: str = declare(
        "server", "Tag that a hand-run `docker compose up -d` takes; a release goes by digest", "latest"
    )
    postgres_db: str = declare("server", "Database that is made with the container `db`", "langagent")
    postgres_user: str = declare("server", "Superuser of the container `db`; none of our processes is it", "postgres")
    postgres_password: Secret = declare("server", "Password of the superuser", Secret(""), required=_SERVER)
    postgres_shared_buffers: str = declare("server", "Memory that PostgreSQL caches in; a quarter of all", "1GB")
    postgres_work_mem: str = declare("server", "Memory for each sort of PostgreSQL", "16MB")
    postgres_max_connections: int = declare("server", "Connections that PostgreSQL takes", 100, check=positive)
    database_owner_url: Secret = declare(
        "server", "PostgreSQL, as the owner of the tables: for migrations", Secret(""), required=_SERVER
    )
    redis_maxmemory: str = declare("server", "Memory that Redis keeps; what is used least goes first", "512mb")
    db_image: str = declare("server", "Image of the container `db`", "postgres:17")
    redis_image: str = declare("server", "Image of the container `redis`", "redis:7")
    proxy_image: str = declare("server", "Image of the container `proxy`", "nginx:stable")
    proxy_requests_per_second: int = declare(
        "server", "Requests of one address that the proxy takes in a second; more of them wait", 100, check=positive
    )
    proxy_trusts: tuple[str, ...] = declare(
        "server", "Addresses of a CDN before the proxy, whose X-Forwarded-For is believed, separated by commas", ()
    )
    acme_directory: str = declare(
        "server", "The ACME server that gives certificates", "https://acme-v02.api.letsencrypt.org/directory"
    )
    acme_email: str = declare("server", "Where the ACME server writes to about certificates", "")
    acme_ca_file: str = declare(
        "server", "Certificates that the ACME server's own is checked against; empty for the public authorities", ""
    )
    acme_renew_days: int = declare("server", "The certificate is renewed when it lasts less", 30, check=positive)

    web_s3_bucket: str = declare("client", "Bucket behind a CDN that the browser client is published to", "")
    web_s3_prefix: str = declare("client", "What the names of its objects begin with", "")
    web_s3_endpoint: str = declare("client", "URL of an S3-compatible server; empty for AWS", "")
    web_s3_region: str = declare("client", "Region of the bucket", "us-east-1")
    web_s3_access_key: Secret = declare("client", "Key id of the bucket", Secret(""))
    web_s3_secret_key: Secret = declare("client", "Secret of the key", Secret(""))
    web_cloudfront_distribution: str = declare(
        "client", "Id of the CloudFront distribution whose copies of pages are dropped after publishing", ""
    )

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def local_telegram(self) -> str:
        """Origin of the Telegram that plays the real one on this machine; empty when there is none."""
        is_local = re.match(r"http://(localhost|127\.0\.0\.1)(:\d+)?(/|$)", self.telegram_api_url)
        return self.telegram_api_url.rstrip("/") if is_local and not self.is_production else ""

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """Reads and checks the variables.

        Raises: SettingsError with every problem at once.
        """
        values, problems = _read(environ)
        if problems:
            raise SettingsError(problems)
        return cls(**values)

    @classmethod
    def of_group(cls, group: str, environ: Mapping[str, str]) -> "Settings":
        """Reads the settings of one group only; the others have their defaults.

        Raises: SettingsError with every problem of the group at once.
        """
        problems: list[str] = []
        declared = [setting for setting in SETTINGS if setting.group == group]
        values = {setting.field: value for setting, value in _values(declared, environ, problems)}
        if problems:
            raise SettingsError(problems)
        return cls(**values)


def _declared() -> tuple[Setting, ...]:
    kinds = typing.get_type_hints(Settings)
    return tuple(
        Setting(
            name=field.name.upper(),
            field=field.name,
            kind=kinds[field.name],
            group=field.metadata["group"],
            doc=field.metadata["doc"],
            default=field.default,
            required=field.metadata["required"],
            secret=kinds[field.name] is Secret,
            check=field.metadata["check"],
        )
        for field in dataclasses.fields(Settings)
    )


SETTINGS: Final = _declared()
NAMES: Final = frozenset(setting.name for setting in SETTINGS)


def near_misses(names: typing.Iterable[str]) -> dict[str, str]:
    """Names that are probably a known one misspelt, each with the name that was meant."""
    found: dict[str, str] = {}
    for name in names:
        close = [] if name in NAMES else difflib.get_close_matches(name, NAMES, n=1, cutoff=0.93)
        if close:
            found[name] = close[0]
    return found


def _read(environ: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    problems = [f"{wrong} is not a setting; did you mean {right}?" for wrong, right in near_misses(environ).items()]
    values = {setting.field: value for setting, value in _values(SETTINGS, environ, problems)}
    if environ.get("ENVIRONMENT") == "production" and values.get("dev_sign_in"):
        problems.append("DEV_SIGN_IN must not be set when ENVIRONMENT is production")
    if values.get("media_backend") == "s3" and not values.get("s3_bucket"):
        problems.append("S3_BUCKET is missing (MEDIA_BACKEND is s3)")
    return values, problems


def _values(
    declared: typing.Iterable[Setting], environ: Mapping[str, str], problems: list[str]
) -> Iterator[tuple[Setting, Any]]:
    production = environ.get("ENVIRONMENT") == "production"
    for setting in declared:
        text = environ.get(setting.name, "").strip()
        needed = setting.required is _ALWAYS or (setting.required is _PRODUCTION and production)
        if not text:
            if needed:
                problems.append(f"{setting.name} is missing ({setting.doc})")
            continue
        try:
            value = _parse(setting.kind, text)
        except ValueError as error:
            problems.append(f"{setting.name} {error}")
            continue
        complaint = setting.check(value) if setting.check else None
        if complaint:
            problems.append(f"{setting.name} {complaint}")
        yield setting, value


def _parse(kind: type, text: str) -> Any:
    if kind is bool:
        if text.lower() not in ("true", "false", "1", "0"):
            raise ValueError("must be true or false")
        return text.lower() in ("true", "1")
    if kind is int:
        return _integer(text)
    if typing.get_origin(kind) is tuple:
        item = typing.get_args(kind)[0]
        return tuple(_parse(item, part.strip()) for part in text.split(",") if part.strip())
    return kind(text)


def _integer(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError("must be a whole number") from None
