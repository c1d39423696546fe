"""What a log line shows, and what it never does."""

import logging

import orjson
import pytest

from langagent.core.logging import JsonFormatter, redact


@pytest.mark.parametrize(
    "secret",
    [
        "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
        "sk-proj-abcdefghijk",
        "whsec_abcdefghijkl",
    ],
)
def test_secrets_are_blotted_out(secret: str) -> None:
    assert secret not in redact(f"calling with {secret} failed")


def test_passwords_in_urls_are_blotted_out() -> None:
    assert "hunter2" not in redact("connect postgresql://app:hunter2@db/langagent")
    assert "abcdef" not in redact("GET /api/media/x?exp=1&sig=abcdef")


def test_a_line_is_one_json_object_with_its_fields() -> None:
    record = logging.LogRecord("langagent.x", logging.INFO, "", 0, "hello\nworld", (), None)
    record.event, record.status, record.surprise = "request", 200, "not a field"
    line = orjson.loads(JsonFormatter().format(record))
    assert (line["message"], line["event"], line["status"]) == ("hello\nworld", "request", 200)
    assert "surprise" not in line


def test_rows_of_the_database_are_blotted_out() -> None:
    error = 'new row violates a check\nDETAIL:  Failing row contains (Ann "Q" Lee, hola).\nHINT:  none'
    record = logging.LogRecord("langagent.x", logging.ERROR, "", 0, error, (), None)
    line = orjson.loads(JsonFormatter().format(record))
    assert line["message"] == redact(error) == "new row violates a check\nDETAIL:  ***\nHINT:  none"
