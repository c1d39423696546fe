"""The reference pages, made of what they describe. `make docs` writes them; a test compares."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from prometheus_client import REGISTRY
from typer import Context
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

import langagent
from cli.main import app
from langagent.settings import SETTINGS, Required

DOCS = Path(__file__).parents[2] / "docs"
_REQUIRED = {
    Required.ALWAYS: "required",
    Required.PRODUCTION: "required in production",
    Required.SERVER: "required on a server",
    Required.NEVER: "",
}
_COMMON = {"help", "json_", "json", "quiet", "verbose", "no_input"}
_SUFFIX = {"counter": "_total", "info": "_info"}


def pages() -> dict[str, str]:
    """File name → content of every reference page."""
    return {"settings.md": settings_page(), "metrics.md": metrics_page(), "commands.md": commands_page()}


def settings_page() -> str:
    lines = [
        "# Settings",
        "",
        "Environment variables, read at start and checked all at once. `.env.example` is a file to begin with,",
        "`langagent env init` fills in its secrets, `langagent env check` lists what is wrong.",
    ]
    for group in dict.fromkeys(setting.group for setting in SETTINGS):
        lines += ["", f"## {group.capitalize()}", "", "| name | default | meaning |", "|---|---|---|"]
        for setting in SETTINGS:
            if setting.group == group:
                default = _REQUIRED[setting.required] or _code(_shown(setting.default))
                lines.append(f"| `{setting.name}` | {default} | {setting.doc} |")
    return _page(lines)


def metrics_page() -> str:
    for module in pkgutil.walk_packages(langagent.__path__, "langagent."):
        import_module(module.name)
    import_module("ops.schedule.metrics")
    lines = [
        "# Metrics",
        "",
        "Prometheus text at `/metrics` of the web process, of each worker (`WORKER_METRICS_PORT`) and of the schedule",
        "(`SCHEDULE_METRICS_PORT`). A request that came through a proxy gets a 404.",
        "",
        "| name | type | meaning |",
        "|---|---|---|",
    ]
    families = sorted(REGISTRY.collect(), key=lambda family: family.name)
    lines += [
        f"| `{family.name}{_SUFFIX.get(family.type, '')}` | {family.type} | {family.documentation} |"
        for family in families
        if not family.name.startswith(("python_", "process_"))
    ]
    return _page(lines)


def commands_page() -> str:
    lines = [
        "# Commands",
        "",
        "The result goes to standard output, talk to standard error. Every command takes `--json` (NDJSON with a",
        "`schema_version`), `-q`, `-v` and `--no-input`; `NO_COLOR` is obeyed. Every option has an environment",
        "variable, which `--help` names. `langagent --install-completion` sets up the shell.",
        "",
        "| exit | meaning |",
        "|---|---|",
        "| 0 | done as asked |",
        "| 1 | unexpected: the message names the file that holds the details |",
        "| 2 | usage, configuration, refused prompt |",
        "| 10 | a check before the work failed; nothing was changed |",
        "| 11 | locked by someone else |",
        "| 15 | a backup or restore failed |",
        "| 16 | a verification failed |",
        "| 17 | stale: the newest backup or the last drill is past its budget |",
        "| 130 | interrupted; the last line says what stays |",
    ]
    for name, command in _commands(get_command(app), "langagent"):
        lines += ["", f"## {name}", "", str(command.help or "").strip().replace("\n    ", "\n"), ""]
        lines += [f"- {_option(parameter)}" for parameter in command.params if parameter.name not in _COMMON]
    return _page(lines)


def _commands(command: object, name: str) -> Iterator[tuple[str, TyperCommand]]:
    if not isinstance(command, TyperGroup):
        assert isinstance(command, TyperCommand)
        yield name, command
        return
    context = Context(command)
    for child in command.list_commands(context):
        yield from _commands(command.get_command(context, child), f"{name} {child}")


def _option(parameter: object) -> str:
    names = " ".join(f"`{option}`" for option in getattr(parameter, "opts", ()))
    return f"{names}: {getattr(parameter, 'help', None) or 'argument'}"


def _shown(default: object) -> str:
    if isinstance(default, tuple):
        return ",".join(str(item) for item in default)
    return {True: "true", False: "false"}[default] if isinstance(default, bool) else str.__str__(str(default))


def _code(text: str) -> str:
    return f"`{text}`" if text and text != "***" else ""


def _page(lines: list[str]) -> str:
    return "\n".join(line.rstrip() for line in lines).strip().replace("\n\n\n", "\n\n") + "\n"


if __name__ == "__main__":
    for file_name, content in pages().items():
        (DOCS / file_name).write_text(content)
