"""What becomes of a command on a machine: its words, or an error that shows them."""

import shlex
from collections.abc import Sequence

from ops.errors import HostError
from ops.hosts.base import Done

SHOWN_CHARACTERS = 200
SHOWN_LINES = 5


def decoded(code: int, stdout: bytes, stderr: bytes) -> Done:
    """Return the outcome as text; bytes that are no UTF-8 are replaced."""
    return Done(code, stdout.decode(errors="replace"), stderr.decode(errors="replace"))


def checked(host: str, argv: Sequence[str], done: Done) -> Done:
    """Return the outcome of a command that succeeded.

    Raises:
        HostError: it failed; the message ends with its last words.
    """
    if done.code:
        words = "\n".join((done.stderr.strip() or done.stdout.strip()).splitlines()[-SHOWN_LINES:])
        raise HostError(f"`{shown(argv)}` failed on {host} with exit code {done.code}: {words or 'it said nothing'}")
    return done


def overdue(host: str, argv: Sequence[str], seconds: float) -> HostError:
    """Return the error for a command that was given up on."""
    return HostError(
        f"`{shown(argv)}` took longer than {seconds:g} s on {host}.", state="It was left alone and may still run there."
    )


def lost(host: str, argv: Sequence[str]) -> HostError:
    """Return the error for a connection that broke under a command."""
    return HostError(
        f"The connection to {host} was lost during `{shown(argv)}`.", state="What was started there may go on."
    )


def shown(argv: Sequence[str]) -> str:
    """Return a command as people write it, shortened."""
    line = " ".join(shlex.join(argv).split())
    return line if len(line) <= SHOWN_CHARACTERS else f"{line[:SHOWN_CHARACTERS]}…"
