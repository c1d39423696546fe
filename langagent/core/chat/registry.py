"""Which handler answers what; the rooms register theirs, and know nothing of each other."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from langagent.core.chat.context import Chat
from langagent.core.chat.models import Incoming, Kind, State

Handle = Callable[[Chat], Awaitable[None]]

TEXT: Final = "text"
OTHERWISE: Final = "*"


@dataclass(frozen=True, slots=True)
class Handler:
    """A slow one calls models or other servers: it runs outside a transaction and opens the last one itself."""

    handle: Handle
    is_slow: bool


class Registry:
    """Handlers by command, pressed button, state of the dialogue and kind of message.

    A handler runs inside the update's one transaction, unless it is registered as slow.
    """

    def __init__(self) -> None:
        self._commands: dict[str, Handler] = {}
        self._presses: dict[str, Handler] = {}
        self._states: dict[str, Handler] = {}
        self._contents: dict[str, Handler] = {}

    def command(self, name: str, handle: Handle, *aliases: str, slow: bool = False) -> None:
        """``/name``, whatever follows; "*" answers the commands that nobody knows."""
        for each in (name, *aliases):
            _add(self._commands, each, Handler(handle, slow))

    def press(self, verb: str, handle: Handle, *, slow: bool = False) -> None:
        """A button with the callback data ``verb`` or ``verb:argument:…``."""
        _add(self._presses, verb, Handler(handle, slow))

    def state(self, name: str, handle: Handle, *, slow: bool = False) -> None:
        """A text, other than a command, while the dialogue is in this state."""
        _add(self._states, name, Handler(handle, slow))

    def content(self, content_type: str, handle: Handle, *, slow: bool = False) -> None:
        """A message of this content type (text, photo …) outside any state; "*" answers all other types."""
        _add(self._contents, content_type, Handler(handle, slow))

    def knows(self, command: str) -> bool:
        return command in self._commands

    def find(self, incoming: Incoming, command: str, verb: str, state: State | None) -> Handler | None:
        """Who handles the update; None when nobody does.

        Args:
            command: without the slash, or empty.
            verb: of the pressed button, or empty.
        """
        if incoming.kind is Kind.PRESS:
            return self._presses.get(verb)
        if incoming.message is None:
            return None
        if command:
            return self._commands.get(command) or self._commands.get(OTHERWISE)
        content_type = incoming.message.content_type
        if content_type == TEXT and state is not None and (handler := self._states.get(state.name)):
            return handler
        return self._contents.get(content_type) or self._contents.get(OTHERWISE)


def _add(handlers: dict[str, Handler], name: str, handler: Handler) -> None:
    if name in handlers:
        raise ValueError(f"{name} has a handler already")
    handlers[name] = handler
