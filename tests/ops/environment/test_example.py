"""`.env.example` is what the settings say."""

from pathlib import Path

from langagent.settings import SETTINGS
from ops.environment.example import example

FILE = Path(__file__).parents[3] / ".env.example"


def test_the_committed_file_is_current() -> None:
    assert FILE.read_text() == example(), "run: python -m ops.environment.example > .env.example"


def test_every_setting_is_in_it_once() -> None:
    lines = [line.lstrip("#").partition("=")[0] for line in example().splitlines() if "=" in line]
    assert [name for name in lines if name.isupper()] == [setting.name for setting in SETTINGS]
