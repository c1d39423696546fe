"""Markdown of our own texts as Telegram's HTML: headings, bold and lists."""

import html
import re
from typing import Final

_HEADING: Final = re.compile(r"^#+ +(.+)$", re.MULTILINE)
_ITEM: Final = re.compile(r"^[-*] +", re.MULTILINE)
_BOLD: Final = re.compile(r"\*\*([^*\n]+)\*\*")


def as_html(markdown: str) -> str:
    escaped = html.escape(markdown, quote=False)
    listed = _ITEM.sub("• ", _BOLD.sub(r"<b>\1</b>", escaped))
    return _HEADING.sub(r"<b>\1</b>", listed)
