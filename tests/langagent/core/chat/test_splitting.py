"""Long texts in parts, which the emulator reads as strictly as Telegram."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulators.telegram.rules.html import parse_html
from emulators.telegram.rules.units import utf16_length
from langagent.core.chat.splitting import CONTINUED, split

TAGS = ("b", "i", "u", "s", "tg-spoiler", 'a href="https://example.org/?a=1&amp;b=2"')
WORDS = (
    "one",
    "слово",
    "don’t.",
    "😀",
    "👩‍👩‍👧",
    "e\u0301",
    "&amp;",
    "&lt;b&gt;",
    "&#128512;",
    "?",
    " ",
    "\n",
    "\n\n",
    "x" * 30,
)


def tagged(content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def wrapped(tag: str, inside: str) -> str:
        return f"<{tag}>{inside}</{tag.partition(' ')[0]}>"

    return st.builds(wrapped, st.sampled_from(TAGS), content) | st.lists(content, max_size=4).map(" ".join)


documents = st.recursive(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map("".join), tagged, max_leaves=20)


def marked(text: str) -> list[tuple[str, frozenset[Any]]]:
    """Every character that can be seen, with what it is formatted by."""
    plain, entities = parse_html(text)
    seen, offset = [], 0
    for character in plain:
        around = [each for each in entities if each["offset"] <= offset < each["offset"] + each["length"]]
        if not character.isspace():
            seen.append((character, frozenset((each["type"], each.get("url")) for each in around)))
        offset += utf16_length(character)
    return seen


@given(documents, st.integers(12, 60))
def test_parts_fit_and_lose_nothing(text: str, limit: int) -> None:
    parts = split(text, limit=limit)
    assert all(utf16_length(parse_html(part)[0]) <= limit for part in parts)
    assert all(part.startswith(CONTINUED) for part in parts[1:])
    contents = parts[:1] + [part.removeprefix(CONTINUED) for part in parts[1:]]
    assert [each for part in contents for each in marked(part)] == marked(text)
    assert all(marked(part) for part in contents)


@given(st.text(min_size=1), st.integers(12, 60))
def test_plain_texts_stay_as_they_are(text: str, limit: int) -> None:
    parts = split(text, is_html=False, limit=limit)
    contents = parts[:1] + [part.removeprefix(CONTINUED) for part in parts[1:]]
    assert "".join("".join(contents).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("First one. And two.\n\nThird here", ["First one. And two.", "… Third here"]),
        ("First one. And two.\nThird here", ["First one. And two.", "… Third here"]),
        ("First one. And two. Third here", ["First one. And two.", "… Third here"]),
        ("First one and two and third", ["First one and two", "… and third"]),
        ("Firstoneandtwoandthirdhere", ["Firstoneandtwoandthi", "… rdhere"]),
        ("One. Then a very long sentence", ["One. Then a very", "… long sentence"]),
        ("First one <b>and two and</b> third", ["First one <b>and two</b>", "… <b>and</b> third"]),
        ("First one and <b>two and</b> third", ["First one and", "… <b>two and</b> third"]),
        ("<a href='x'>Firstoneandtwoandthird</a>", ["<a href='x'>Firstoneandtwoandthi</a>", "… <a href='x'>rd</a>"]),
        ("<b>First one and</b> <b>two and</b>", ["<b>First one and</b>", "… <b>two and</b>"]),
        ("&amp;" * 21, ["&amp;" * 20, "… &amp;"]),
        ("😀" * 11, ["😀" * 10, "… 😀"]),
        ("x" * 19 + "e\u0301", ["x" * 19, "… e\u0301"]),
        ("short", ["short"]),
        (" \n ", []),
    ],
)  # fmt: skip
def test_where_a_text_is_cut(text: str, parts: list[str]) -> None:
    assert split(text, limit=20) == parts
