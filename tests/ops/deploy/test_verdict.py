"""From outcomes to the errors that have an exit code each."""

import pytest

from cli.errors import exit_code
from ops.deploy.verdict import check
from ops.errors import OpsError
from ops.releases.models import Result
from ops.releases.news import ended, started
from tests.ops.releases.made import outcome, release


def test_good_is_good() -> None:
    check(release("r2"), outcome(), "r1")


@pytest.mark.parametrize(
    ("result", "error", "code"),
    [
        (Result.REFUSED, "PreflightError", 10),
        (Result.REFUSED, "ValueError", 10),
        (Result.REFUSED, "LockedError", 11),
        (Result.REFUSED, "BackupError", 15),
        (Result.ROLLED_BACK, "OpsError", 13),
        (Result.STUCK, "OpsError", 14),
    ],
)
def test_exit_codes(result: Result, error: str, code: int) -> None:
    with pytest.raises(OpsError, match="no luck") as failed:
        check(release("r2"), outcome(result, error=error, message="no luck", step="gate"), "r1")
    assert exit_code(failed.value) == code


@pytest.mark.parametrize(("serving", "words"), [("r1", "r1 serves."), ("", "Nothing serves, as before.")])
def test_who_serves_is_said(serving: str, words: str) -> None:
    with pytest.raises(OpsError) as failed:
        check(release("r2"), outcome(Result.ROLLED_BACK, message="no luck", step="gate"), serving)
    assert failed.value.state == f"It was taken back. {words}"


@pytest.mark.parametrize(
    ("result", "title"),
    [
        (Result.GOOD, "Release r2 is live after 60 s"),
        (Result.REFUSED, "Release r2 was refused"),
        (Result.ROLLED_BACK, "Release r2 failed and was taken back"),
        (Result.STUCK, "Release r2 failed and needs you"),
    ],
)
def test_news(result: Result, title: str) -> None:
    news = ended(release("r2"), outcome(result, message="no luck", step="gate", phases={"pull": 2.0}), "r1")
    assert news.title == title
    assert ("pull: 2.0 s" if result is Result.GOOD else "At `gate`: no luck") in news.body


def test_news_tell_a_rollback_and_a_restore_from_a_release() -> None:
    assert started(release("b", origin="a")).title == "Rollback to a started"
    assert started(release("b", origin="a", kind="restore")).title == "Restore under a started"
