"""The certificate that is in use."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from ops.certificates.folder import CHAIN, KEY, Folder, read
from ops.certificates.start import LIFE, start
from tests.ops.certificates.made import issue

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NAMES = ("tutor.test", "api.tutor.test")


def test_the_first_certificate_is_self_signed(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    certificate, made = start(folder, NAMES, NOW)
    assert made
    assert certificate == folder.in_use()
    assert certificate.self_signed
    assert certificate.names == set(NAMES)
    assert certificate.days_left(NOW) == LIFE.days


def test_its_key_is_private(tmp_path: Path) -> None:
    start(Folder(tmp_path), NAMES, NOW)
    assert (tmp_path / "current" / KEY).stat().st_mode & 0o777 == 0o600


def test_a_second_start_changes_nothing(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    start(folder, NAMES, NOW)
    before = (folder.current / CHAIN).read_bytes()
    assert start(folder, NAMES, NOW + timedelta(days=1)) == (folder.in_use(), False)
    assert (folder.current / CHAIN).read_bytes() == before


def test_a_start_that_was_killed_is_taken_up(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    start(folder, NAMES, NOW)
    folder.current.unlink()
    assert start(folder, NAMES, NOW) == (folder.in_use(), True)


def test_another_certificate_is_put_to_use_by_one_rename(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    start(folder, NAMES, NOW)
    issue(folder, NAMES, NOW + timedelta(days=90))
    folder.use(folder.issued)
    assert folder.current.readlink() == Path("acme/live/langagent")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_what_is_no_certificate_is_none(tmp_path: Path) -> None:
    (tmp_path / "chain.pem").write_text("not one")
    assert read(tmp_path / "chain.pem") is None
    assert read(tmp_path / "missing.pem") is None
