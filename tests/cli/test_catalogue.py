"""The catalogue says of each command what the command says of itself."""

import inspect
from collections.abc import Iterator, Mapping
from importlib import import_module

import pytest

from cli.catalogue import COMMANDS, Group


def _leaves(entries: Mapping[str, str | Group], path: str = "cli") -> Iterator[tuple[str, str]]:
    for name, entry in entries.items():
        if isinstance(entry, Group):
            yield from _leaves(entry.commands, f"{path}.{name}")
        else:
            yield f"{path}.{name}", entry


@pytest.mark.parametrize(("module", "text"), list(_leaves(COMMANDS)))
def test_help_is_the_docstring(module: str, text: str) -> None:
    documentation = inspect.getdoc(import_module(module).command) or ""
    assert documentation.splitlines()[0] == text
