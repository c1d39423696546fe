"""Texts longer than a message, in parts that each are whole (PRODUCT 5.11); pure."""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import Final

LIMIT: Final = 4000
CONTINUED: Final = "… "

# Telegram takes no other names for HTML; what is neither tag nor reference counts as it is written.
_PIECE: Final = re.compile(r"(</?[a-zA-Z][^<>]*>)|&(?:lt|gt|amp|quot|#\d+|#[xX][\da-fA-F]+);|.", re.DOTALL)
_PARAGRAPH: Final = re.compile(r"(?=\n\s*\n)")
_LINE: Final = re.compile(r"(?=\n)")
_SENTENCE: Final = re.compile(r"(?<=[.!?…])(?=\s)|(?<=[.!?…][»”\")])(?=\s)")
_WORD: Final = re.compile(r"(?=\s)")
_BREAKS: Final = (_PARAGRAPH, _LINE, _SENTENCE, _WORD)
_SPACE: Final = re.compile(r"\s*")
_NAME: Final = re.compile(r"</?([a-zA-Z][^\s>]*)")
_JOINER: Final = "\u200d"
_VARIANTS: Final = re.compile("[\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")


@dataclass(frozen=True, slots=True)
class _Tag:
    """An opening tag; the number tells it from others that are written alike."""

    number: int
    written: str

    @property
    def name(self) -> str:
        return _name(self.written)


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A character, as it is written, within tags from the outermost to the innermost."""

    written: str
    character: str
    tags: tuple[_Tag, ...]


def units(text: str) -> int:
    """The length as Telegram counts it, in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def split(text: str, *, is_html: bool = True, limit: int = LIMIT) -> list[str]:
    """The parts of a text, in order, of at most ``limit`` units without their tags; later ones begin with a mark.

    A part ends with a paragraph, a line, a sentence or a word, outside of formatting, if that fills half of it. Tags
    that are open at its end are closed, and opened again in the next. White space at the ends is dropped.
    """
    content = _Text(_parsed(text) if is_html else (_Glyph(character, character, ()) for character in text))
    parts = [content.written(start, end) for start, end in content.spans(limit)]
    return parts[:1] + [CONTINUED + part for part in parts[1:]]


def _parsed(text: str) -> Iterator[_Glyph]:
    tags: tuple[_Tag, ...] = ()
    for number, piece in enumerate(_PIECE.finditer(text)):
        written, tag = piece[0], piece[1]
        if tag is None:
            yield _Glyph(written, html.unescape(written)[:1] or "\ufffd", tags)
        elif not tag.startswith("</"):
            tags = (*tags, _Tag(number, tag))
        elif tags and tags[-1].name == _name(tag):
            tags = tags[:-1]


def _name(tag: str) -> str:
    found = _NAME.match(tag)
    return found[1].lower() if found else ""


class _Text:
    """A text whose n-th character is that of its n-th glyph."""

    def __init__(self, glyphs: Iterable[_Glyph]) -> None:
        self._glyphs = list(glyphs)
        self._text = "".join(glyph.character for glyph in self._glyphs)
        self._units = list(accumulate(map(units, self._text), initial=0))

    def spans(self, limit: int) -> Iterator[tuple[int, int]]:
        """Where the parts begin and end."""
        start, last, room = self._skip(0), len(self._text.rstrip()), limit
        while start < last:
            reach = bisect_right(self._units, self._units[start] + room) - 1
            end = last if reach >= last else self._cut(start, reach)
            yield start, start + len(self._text[start:end].rstrip())
            start, room = self._skip(end), limit - units(CONTINUED)

    def written(self, start: int, end: int) -> str:
        """A part, in which every tag is closed."""
        pieces: list[str] = []
        tags: tuple[_Tag, ...] = ()
        for glyph in self._glyphs[start:end]:
            pieces += _change(tags, glyph.tags)
            pieces.append(glyph.written)
            tags = glyph.tags
        return "".join([*pieces, *_change(tags, ())])

    def _skip(self, start: int) -> int:
        """The next place that is no white space."""
        space = _SPACE.match(self._text, start)
        return space.end() if space else start

    def _cut(self, start: int, reach: int) -> int:
        """Where best to end the part that begins at ``start`` and goes to ``reach`` at most."""
        half = (start + reach) // 2 + 1
        breaks = [
            [
                found.start()
                for found in takewhile(lambda found: found.start() <= reach, each.finditer(self._text, half))
            ]
            for each in _BREAKS
        ]
        free = [place for places in breaks if (place := self._last_free(places))]
        anywhere = [places[-1] for places in breaks if places]
        return [*free, *anywhere, self._cut_word(half, reach)][0]

    def _last_free(self, places: list[int]) -> int:
        """The last place that is outside of tags, or 0."""
        return next((place for place in reversed(places) if not self._is_within_tags(place)), 0)

    def _is_within_tags(self, place: int) -> bool:
        before, after = self._glyphs[place - 1].tags, self._glyphs[self._skip(place)].tags
        return bool(before and after and before[0] == after[0])

    def _cut_word(self, half: int, reach: int) -> int:
        """Not between a character and what modifies it."""
        places = range(reach, half, -1)
        return next(
            (place for place in places if not _belong_together(self._text[place - 1], self._text[place])), reach
        )


def _change(old: tuple[_Tag, ...], new: tuple[_Tag, ...]) -> Iterator[str]:
    """The tags between two glyphs."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    yield from (f"</{tag.name}>" for tag in reversed(old[same:]))
    yield from (tag.written for tag in new[same:])


def _belong_together(before: str, after: str) -> bool:
    return before == _JOINER or after == _JOINER or bool(unicodedata.combining(after) or _VARIANTS.match(after))
