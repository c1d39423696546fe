"""Typer groups that import a command only when it is called."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command
from typing_extensions import override

from cli.catalogue import COMMANDS, Group
from cli.common import common_parameters


class LazyGroup(TyperGroup):
    """A group known by its catalogue entry; `path` is the package that holds its commands."""

    def __init__(
        self, *, entries: Mapping[str, str | Group] = COMMANDS, path: str = "cli", default: str = "", **attributes: Any
    ) -> None:
        attributes["commands"] = dict.fromkeys(entries)
        attributes["no_args_is_help"] = not default
        super().__init__(**attributes)
        self.entries = entries
        self.path = path
        self.default = default

    @override
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        bare = not args or (args[0].startswith("-") and args[0] not in ctx.help_option_names)
        return list(super().parse_args(ctx, [self.default, *args] if self.default and bare else args))

    @override
    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        path = f"{self.path}.{cmd_name}"
        return _group(cmd_name, entry, path) if isinstance(entry, Group) else _command(cmd_name, path)

    @override
    def format_commands(self, ctx: Any, formatter: Any) -> None:
        rows = [(name, entry.help if isinstance(entry, Group) else entry) for name, entry in self.entries.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _group(name: str, entry: Group, path: str) -> LazyGroup:
    return LazyGroup(
        name=name, help=entry.help, entries=entry.commands, path=path, default=entry.default, rich_markup_mode=None
    )


def _command(name: str, path: str) -> Any:
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    module = import_module(path)
    app.command(name, context_settings=getattr(module, "CONTEXT", None))(module.command)
    command = get_command(app)
    command.params.extend(common_parameters())
    return command
