"""LangAgent: a language tutor in Telegram and the browser."""

from typing import Final

VERSION: Final = "0.1.0"
