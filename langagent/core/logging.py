"""JSON logs, one object a line, without secrets and without content (PRODUCT 14.9)."""

import logging
import re
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

import orjson

request_id: Final[ContextVar[str | None]] = ContextVar("request_id", default=None)

FIELDS: Final = (
    "event",
    "update_id",
    "user_id",
    "route",
    "method",
    "status",
    "duration_ms",
    "operation",
    "job",
    "outcome",
    "error",
    "user_agent",
)

# The fields that others have a say in; the rest holds names, numbers and ids of ours.
_FREE_TEXT: Final = frozenset(("error", "outcome", "user_agent"))

_SECRETS: Final = re.compile(
    r"(?P<bot>\d{6,}:[A-Za-z0-9_-]{20,})"
    r"|(?P<jwt>eyJ[\w-]+\.[\w-]+\.[\w-]+)"
    r"|(?P<key>\b(?:sk|rk|pk|whsec)[-_][A-Za-z0-9_-]{8,})"
    r"|(?P<url>(?<=://)[^/\s:@]*:[^/\s@]+(?=@))"
    r"|(?P<row>(?<=DETAIL:  )(?:\\[^n]|[^\\\n])*?(?=\\n|\n|\"[,}]|$))"
    r"|(?P<pair>(?:hash|sig|signature|token|init_data|password|secret)=[^&\s\"']+)",
    re.IGNORECASE,
)


def redact(message: str) -> str:
    """``message`` with tokens, keys, passwords, launch data, signed links and rows of PostgreSQL blotted out."""
    return _SECRETS.sub("***", message)


class JsonFormatter(logging.Formatter):
    """ts, level, logger, event, message and the known extra fields of a record."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "ts": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": redact(record.getMessage()),
        }
        if found := request_id.get():
            line["request_id"] = found
        attributes = record.__dict__
        for field in FIELDS:
            if field in attributes:
                line[field] = redact(str(attributes[field])) if field in _FREE_TEXT else attributes[field]
        if record.exc_info:
            line["trace"] = redact(self.formatException(record.exc_info))
        return orjson.dumps(line, default=str).decode()


def configure(level: str) -> None:
    """Sends every logger's lines to standard error as JSON.

    Nobody looks for what our lines do not show: the caller, thread and process (the optimisation of the logging HOWTO).
    """
    logging._srcfile = None
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("databases", "yoyo", "schedule", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
