"""Our own Markdown as Telegram's HTML, which the emulator reads as strictly as Telegram."""

import pytest

from emulators.telegram.rules.html import parse_html
from langagent.accounts.legal import DOCUMENTS, legal_text
from langagent.core.chat.markdown import as_html


def test_headings_lists_and_bold() -> None:
    assert as_html("# A & B\n\n- **one** <two>\n- *") == "<b>A &amp; B</b>\n\n• <b>one</b> &lt;two&gt;\n• *"


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_legal_texts_fit_into_one_message(document: str, language: str) -> None:
    text, _ = parse_html(as_html(legal_text(document, language).content))
    assert len(text) <= 4000
