"""Telegram's HTML: plain text and entities, or the same refusal that Telegram gives."""

import re
from dataclasses import dataclass, field
from typing import Any

from emulators.telegram.errors import ApiError, bad_request
from emulators.telegram.rules.units import utf16_length

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
}
_PLAIN = re.compile(r"[^<&]+")
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPACE = re.compile(r"\s*")
_TAG = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"[^\s=>]*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


@dataclass(slots=True)
class _Open:
    tag: str
    start: int
    text_start: int
    attributes: dict[str, str] = field(default_factory=dict)


def parse_html(html: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the text and its entities, whose offsets count UTF-16 units.

    Stricter than Telegram in one place: a bare `&`, which the documentation forbids and the server lets pass,
    is refused.
    """
    return _Parser(html).parse()


class _Parser:
    def __init__(self, html: str) -> None:
        self._html = html
        self._at = 0
        self._text: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._entities: list[dict[str, Any]] = []

    def parse(self) -> tuple[str, list[dict[str, Any]]]:
        while self._at < len(self._html):
            if plain := _PLAIN.match(self._html, self._at):
                self._append(plain[0])
                self._at = plain.end()
            elif self._html[self._at] == "&":
                self._character()
            elif self._html.startswith("</", self._at):
                self._end_tag()
            else:
                self._start_tag()
        if self._open:
            raise bad_request(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{self._open[-1].tag}\""
            )
        self._entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self._text), self._entities

    def _append(self, text: str) -> None:
        self._text.append(text)
        self._length += utf16_length(text)

    def _refuse(self, reason: str, at: int, detail: str = "") -> ApiError:
        offset = len(self._html[:at].encode())
        return bad_request(f"can't parse entities: {reason} at byte offset {offset}{detail}")

    def _character(self) -> None:
        found = _CHARACTER.match(self._html, self._at)
        if not found:
            raise self._refuse('Unescaped "&"', self._at)
        self._append(_decode(found))
        self._at = found.end()

    def _start_tag(self) -> None:
        start = self._at
        name, at = self._take(_TAG, start + 1)
        if at == len(self._html):
            raise self._refuse("Unclosed start tag", start)
        tag = name.lower()
        if tag not in _KINDS:
            raise self._refuse(f'Unsupported start tag "{tag}"', start)
        opened = _Open(tag, self._length, len(self._text))
        at = self._skip(at)
        while self._peek(at) != ">":
            at = self._skip(self._attribute(opened, start, at))
        if tag == "span" and opened.attributes.get("class") != "tg-spoiler":
            raise self._refuse('Tag "span" must have class "tg-spoiler"', start)
        if tag == "tg-emoji" and not opened.attributes.get("emoji-id", "").isdecimal():
            raise bad_request("can't parse entities: Invalid custom emoji identifier specified")
        self._open.append(opened)
        self._at = at + 1

    def _attribute(self, opened: _Open, start: int, at: int) -> int:
        name, at = self._take(_ATTRIBUTE, at)
        if not name:
            raise self._refuse(f'Empty attribute name in the tag "{opened.tag}"', start)
        at = self._skip(at)
        if self._peek(at) != "=":
            if not self._peek(at):
                raise self._refuse(f'Unclosed start tag "{opened.tag}"', start)
            if (opened.tag, name) != ("blockquote", "expandable"):
                raise self._refuse(
                    f'Expected equal sign in declaration of an attribute of the tag "{opened.tag}"', start
                )
            opened.attributes[name] = ""
            return at
        at = self._skip(at + 1)
        if not self._peek(at):
            raise self._refuse(f'Unclosed start tag "{opened.tag}"', start)
        opened.attributes[name], at = self._value(start, at)
        return at

    def _value(self, start: int, at: int) -> tuple[str, int]:
        quote = self._peek(at)
        if quote not in ("'", '"'):
            value, end = self._take(_TOKEN, at)
            if self._peek(end) != ">" and not self._peek(end).isspace():
                raise self._refuse("Unexpected end of name token", at)
            return value.lower(), end
        end = self._html.find(quote, at + 1)
        if end < 0 or not self._peek(end + 1):
            raise self._refuse("Unclosed start tag", start)
        return _CHARACTER.sub(_decode, self._html[at + 1 : end]), end + 1

    def _end_tag(self) -> None:
        start = self._at
        if not self._open:
            raise self._refuse("Unexpected end tag", start)
        name, at = self._take(_TAG, start + 2)
        at = self._skip(at)
        if self._peek(at) != ">":
            raise self._refuse("Unclosed end tag", start)
        opened = self._open[-1]
        if name and name.lower() != opened.tag:
            raise self._refuse("Unmatched end tag", start, f', expected "</{opened.tag}>", found "</{name}>"')
        self._open.pop()
        self._at = at + 1
        if self._length > opened.start:
            self._add_entity(opened)

    def _add_entity(self, opened: _Open) -> None:
        entity: dict[str, Any] = {
            "offset": opened.start,
            "length": self._length - opened.start,
            "type": _KINDS[opened.tag],
        }
        if opened.tag == "a":
            entity["url"] = opened.attributes.get("href") or "".join(self._text[opened.text_start :])
            if not entity["url"].startswith(("http://", "https://", "tg://")):
                return
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.attributes["emoji-id"]
        elif "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "code" and self._open and self._open[-1].tag == "pre":
            self._open[-1].attributes.update(opened.attributes)
            return
        elif opened.tag == "pre" and opened.attributes.get("class", "").startswith("language-"):
            entity["language"] = opened.attributes["class"].removeprefix("language-")
        self._entities.append(entity)

    def _take(self, pattern: re.Pattern[str], at: int) -> tuple[str, int]:
        found = pattern.match(self._html, at)
        return (found[0], found.end()) if found else ("", at)

    def _skip(self, at: int) -> int:
        return self._take(_SPACE, at)[1]

    def _peek(self, at: int) -> str:
        return self._html[at : at + 1]


def _decode(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    if name:
        return _NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if not 0 < code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise bad_request(
            "can't parse entities: Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code)
