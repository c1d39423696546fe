"""What a person or a program sees of a command: result on stdout, talk on stderr, or NDJSON."""

import json
import os
import sys
from collections.abc import Mapping
from getpass import getpass
from typing import Any, Self, TextIO

import typer

from ops.errors import ConfigurationError
from ops.events import Event

SCHEMA_VERSION = 1
_COLOURS = {"good": "32", "bad": "31", "warning": "33", "strong": "1", "faint": "2"}


class Output:
    """The one way out of a command; the common options set its switches."""

    def __init__(self, stdout: TextIO | None = None, stderr: TextIO | None = None) -> None:
        self.stdout = stdout or sys.stdout
        self.stderr = stderr or sys.stderr
        self.json = False
        self.quiet = False
        self.verbose = False
        self.no_input = False
        self.if_interrupted = "what was finished stays; the same command goes on from there."
        self._bar_is_shown = False

    @classmethod
    def of(cls, ctx: typer.Context) -> Self:
        """Return the output of the running command."""
        return ctx.find_object(cls) or cls()

    def confirm(self, question: str, *, yes: bool, word: str = "") -> None:
        """Go on only after a yes: from `--yes`, or from the person at the terminal, who has to type the word if any.

        Raises ConfigurationError when the answer is no or nobody can be asked.
        """
        if yes:
            return
        if not self.can_ask:
            raise ConfigurationError(f"{question} Nobody can be asked here; nothing was changed.", next_command="--yes")
        try:
            agreed = _is_typed(question, word) if word else typer.confirm(question, err=True)
        except typer.Abort:
            agreed = False
        if not agreed:
            raise ConfigurationError("Not confirmed; nothing was changed.")

    @property
    def can_ask(self) -> bool:
        """Whether a person is there to answer."""
        return not (self.no_input or self.json) and sys.stdin.isatty()

    def ask(self, question: str, *, hidden: bool = False) -> str:
        """Return what the person at the terminal types; nothing is an answer."""
        try:
            if hidden:
                return getpass(f"{question}: ").strip()
            return str(typer.prompt(question, default="", show_default=False, err=True)).strip()
        except (typer.Abort, EOFError) as error:
            raise ConfigurationError("Not answered; nothing was changed.") from error

    def event(self, event: Event) -> None:
        """Show one event of an operation; `-q` hides all but warnings, and only a terminal has a progress bar."""
        if self.json:
            self._document(event.kind, {"message": event.message, **event.data})
        elif event.kind == "progress":
            self._progress(event)
        elif not self.quiet or event.kind == "warning":
            self.say(self._human(event))

    def result(self, document: Mapping[str, Any], text: str) -> None:
        """Print what the command was asked for."""
        self._clear_bar()
        if self.json:
            self._document("result", document)
        elif text:
            print(text, file=self.stdout, flush=True)

    def error(self, code: int, message: str, state: str = "", next_command: str = "") -> None:
        """Print an error: what happened, the state things are in, and the next command."""
        if self.json:
            fields = {"code": code, "message": message, "state": state, "next_command": next_command}
            self._document("error", fields)
            return
        self.say(f"{self.paint('Error:', 'bad')} {message}")
        if state:
            self.say(f"  State: {state}")
        if next_command:
            self.say(f"  Next:  {next_command}")

    def say(self, line: str) -> None:
        """Print a line of talk on stderr."""
        self._clear_bar()
        print(line, file=self.stderr, flush=True)

    def paint(self, text: str, *styles: str, stream: TextIO | None = None) -> str:
        """Colour text by named styles, where the stream (stderr by default) is a terminal that wants colours."""
        if os.environ.get("NO_COLOR") or not (stream or self.stderr).isatty():
            return text
        return f"\x1b[{';'.join(_COLOURS[style] for style in styles)}m{text}\x1b[0m"

    def _progress(self, event: Event) -> None:
        if self.quiet or not self.stderr.isatty():
            return
        from cli.output.bar import bar

        print(f"\r\x1b[K{bar(*_measures(event.data))}", end="", file=self.stderr, flush=True)
        self._bar_is_shown = True

    def _clear_bar(self) -> None:
        if self._bar_is_shown:
            print("\r\x1b[K", end="", file=self.stderr, flush=True)
            self._bar_is_shown = False

    def _human(self, event: Event) -> str:
        if event.kind == "log":
            return self.paint(f"{event.data['service']:>8} | ", "faint") + event.message
        if event.kind == "warning":
            return f"{self.paint('Warning:', 'warning')} {event.message}"
        return event.message

    def _document(self, kind: str, fields: Mapping[str, Any]) -> None:
        document = {"schema_version": SCHEMA_VERSION, "event": kind, **fields}
        print(json.dumps(document, ensure_ascii=False, default=str), file=self.stdout, flush=True)


def _is_typed(question: str, word: str) -> bool:
    return bool(typer.prompt(f"{question} Type {word} to go on", err=True) == word)


def _measures(data: Mapping[str, object]) -> tuple[int, int, float]:
    return int(str(data["bytes"])), int(str(data["total"])), float(str(data["seconds"]))
