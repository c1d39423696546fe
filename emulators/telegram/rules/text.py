"""A message's text or caption: parsed, trimmed and measured."""

import re
from typing import Any

from emulators.telegram.errors import bad_request
from emulators.telegram.params import Params
from emulators.telegram.rules.html import parse_html
from emulators.telegram.rules.units import utf16_length

_COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w+)?(?![\w/])")
_URL = re.compile(r"https?://[^\s<>\"]+")


def formatted(params: Params, name: str, limit: int, too_long: str) -> dict[str, Any]:
    """Return the parameter's text and entities under the keys Telegram uses; empty when the text is."""
    kept_as = "entities" if name == "text" else "caption_entities"
    text, entities = _trim(*_parse(params, name, kept_as))
    if utf16_length(text) > limit:
        raise bad_request(too_long)
    entities = _joined(entities, found_entities(text))
    return {name: text, **({kept_as: entities} if entities else {})} if text else {}


def found_entities(text: str) -> list[dict[str, Any]]:
    """Return the commands and addresses that Telegram finds in what a person types."""
    found = [("bot_command", match) for match in _COMMAND.finditer(text)]
    found += [("url", match) for match in _URL.finditer(text)]
    return [
        {"offset": utf16_length(text[: match.start()]), "length": utf16_length(match[0]), "type": kind}
        for kind, match in sorted(found, key=lambda pair: pair[1].start())
    ]


def _parse(params: Params, name: str, kept_as: str) -> tuple[str, list[dict[str, Any]]]:
    text = params.text(name)
    mode = params.text("parse_mode").lower()
    if mode == "html":
        return parse_html(text)
    if mode:
        raise bad_request("unsupported parse_mode")
    return text, _given_entities(params.json(kept_as) or [])


def _given_entities(entities: Any) -> list[dict[str, Any]]:
    if not isinstance(entities, list) or not all(map(_is_entity, entities)):
        raise bad_request("can't parse entities: Array of MessageEntity expected")
    return entities


def _is_entity(entity: Any) -> bool:
    return (
        isinstance(entity, dict)
        and isinstance(entity.get("type"), str)
        and all(isinstance(entity.get(name), int) for name in ("offset", "length"))
    )


def _joined(given: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add what was found where nothing was given."""
    free = [one for one in found if not any(_overlap(one, other) for other in given)]
    return sorted([*given, *free], key=lambda entity: (entity["offset"], -entity["length"]))


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])


def _trim(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    stripped = text.lstrip()
    lead = utf16_length(text) - utf16_length(stripped)
    stripped = stripped.rstrip()
    end = utf16_length(stripped)
    moved = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        length = min(end, entity["offset"] + entity["length"] - lead) - start
        if length > 0:
            moved.append({**entity, "offset": start, "length": length})
    return stripped, moved
