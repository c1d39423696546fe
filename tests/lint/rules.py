"""The rules, over the syntax tree of one file."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

_SQL = re.compile(
    r"\s*(select\s.*\sfrom\s|select\s+\w+\(|insert\s+into\s|update\s+\w+\s+(\w+\s+)?set\s|delete\s+from\s"
    r"|with\s+(recursive\s+)?\w+\s+as\s|truncate\s|lock\s+table\s|notify\s+\w|listen\s+\w+$)",
    re.IGNORECASE | re.DOTALL,
)
_MODEL = re.compile(r"\b(gpt-[\w.]|o\d-(mini|pro)|claude-[\w.]|whisper-\w|tts-1|dall-e|omni-moderation)", re.IGNORECASE)
_NAIVE = {"utcnow": 0, "utcfromtimestamp": 0, "now": 1, "today": 0, "fromtimestamp": 2}


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule broken at a line."""

    line: int
    message: str


def breaches(path: PurePath, source: str) -> Iterator[Breach]:
    """Yield what a file under `langagent/` breaks; `path` decides what it may do."""
    tree = ast.parse(source)
    docstrings = set(_docstrings(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield from _text(path, node, node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from _call(node, node.func)


def _text(path: PurePath, node: ast.Constant, text: str) -> Iterator[Breach]:
    if path.name != "queries.py" and _SQL.match(text):
        yield Breach(node.lineno, "SQL belongs in the room's queries.py")
    if path.name != "settings.py" and _MODEL.search(text):
        yield Breach(node.lineno, "model names belong in settings.py")


def _call(node: ast.Call, called: ast.Attribute) -> Iterator[Breach]:
    receiver = _last_name(called.value)
    if called.attr == "transaction" and receiver.lower().endswith(("database", "db")):
        yield Breach(node.lineno, "database.transaction() loses connections; use unit_of_work()")
    if receiver in ("datetime", "date") and called.attr in _NAIVE and not _has_zone(node, _NAIVE[called.attr]):
        yield Breach(node.lineno, f"{receiver}.{called.attr}() is naive; take the time from the clock, in UTC")


def _has_zone(node: ast.Call, position: int) -> bool:
    return 0 < position <= len(node.args) or any(keyword.arg in ("tz", "tzinfo") for keyword in node.keywords)


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _docstrings(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield id(first.value)
