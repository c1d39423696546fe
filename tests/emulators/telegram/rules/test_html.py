"""The parser of Telegram's HTML, against what Telegram itself answers."""

import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulators.telegram.errors import ApiError
from emulators.telegram.rules.html import parse_html
from emulators.telegram.rules.units import utf16_length


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
        ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
        (
            "🏟 🏟&lt;<i    aba>",
            'Expected equal sign in declaration of an attribute of the tag "i" at byte offset 13',
        ),
        ("🏟 🏟&lt;<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        ('🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;<b></b></", "Unexpected end tag at byte offset 20"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=x/>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>x</i>", 'Can\'t find end tag corresponding to start tag "b"'),
        ("Tom & Jerry", 'Unescaped "&" at byte offset 4'),
        ("&nbsp;", 'Unescaped "&" at byte offset 0'),
        (
            "&#xDFDF;",
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units",
        ),
    ],
)
def test_refused(markup: str, reason: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_html(markup)
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("a &lt; b &amp;&quot;&#39;&#x41;", "a < b &\"'A", []),
        ("<b>🏟</b>!", "🏟!", [{"offset": 0, "length": 2, "type": "bold"}]),
        (
            "x <B><i>y</i> z</B >",
            "x y z",
            [{"offset": 2, "length": 3, "type": "bold"}, {"offset": 2, "length": 1, "type": "italic"}],
        ),
        (
            '<a href="https://x.org/?a=1&amp;b=2">y</a>',
            "y",
            [{"offset": 0, "length": 1, "type": "text_link", "url": "https://x.org/?a=1&b=2"}],
        ),
        ("<a href='nowhere'>y</a>", "y", []),
        ('<span class="tg-spoiler">y</span>', "y", [{"offset": 0, "length": 1, "type": "spoiler"}]),
        (
            '<pre><code class="language-python">y</code></pre>',
            "y",
            [{"offset": 0, "length": 1, "type": "pre", "language": "python"}],
        ),
        (
            "<blockquote expandable>y</blockquote>",
            "y",
            [{"offset": 0, "length": 1, "type": "expandable_blockquote"}],
        ),
        ("<b></b>", "", []),
    ],
)
def test_read(markup: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_html(markup) == (text, entities)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_text_comes_back_whole(text: str) -> None:
    parsed, entities = parse_html(f"<b>{html.escape(text)}</b>")
    assert parsed == text
    assert [entity["length"] for entity in entities] == ([utf16_length(text)] if text else [])
