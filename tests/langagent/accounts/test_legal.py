"""The legal texts: complete in both languages, in one version."""

from datetime import date

import pytest

from langagent.accounts.languages import NATIVE_LANGUAGES
from langagent.accounts.legal import DOCUMENTS, legal_text


@pytest.mark.parametrize("document", DOCUMENTS)
def test_both_languages_say_the_same_version_and_sections(document: str) -> None:
    texts = [legal_text(document, native) for native in NATIVE_LANGUAGES]
    assert {(text.version, text.effective_date) for text in texts} == {("2026-11", date(2026, 11, 23))}
    assert len({text.content.count("\n## ") for text in texts}) == 1


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("native", NATIVE_LANGUAGES)
def test_the_content_is_markdown_without_its_header(document: str, native: str) -> None:
    content = legal_text(document, native).content
    assert content.startswith("# ")
    assert "effective_date" not in content


@pytest.mark.parametrize("native", NATIVE_LANGUAGES)
def test_the_policy_names_the_periods_and_providers(native: str) -> None:
    content = legal_text("privacy-policy", native).content
    for fact in ("30", "35", "12", "OpenAI", "Anthropic", "JSON"):
        assert fact in content
