"""What `dev doctor` says of a checkout."""

from pathlib import Path

import pytest

from ops.dev.doctor import examine
from ops.dev.project import Project
from ops.dev.services import Ports

TOKEN = "TELEGRAM_BOT_TOKEN=2:real\n"


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ("", "in the local Telegram"),
        (TOKEN + "APP_URL=http://localhost:5173\n", "polling needs an https APP_URL"),
        (TOKEN + "APP_URL=https://tunnel.example.org\n", "with --telegram polling at https://tunnel.example.org"),
    ],
)
def test_a_bot_at_telegram_itself_needs_an_https_address_of_the_app(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, env: str, said: str
) -> None:
    for name in ("TELEGRAM_BOT_TOKEN", "APP_URL"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".env").write_text(env)
    findings = {finding.name: finding for finding in examine(Project(tmp_path, tmp_path / "state"), Ports())}
    assert said in findings["Mini App"].detail
    assert findings["Mini App"].ok
    assert "2:real" not in findings["Mini App"].detail
