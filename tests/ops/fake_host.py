"""A machine that only remembers: commands asked of it, files written to it, answers that the test gave it."""

from collections.abc import Generator, Iterable, Mapping, Sequence

from ops.errors import HostError
from ops.hosts.base import Done


class FakeHost:
    """Answers a command by the longest beginning that it was told of, else with nothing and success."""

    name = "web1"

    def __init__(
        self, answers: Mapping[tuple[str, ...], Done | str] | None = None, files: Mapping[str, bytes] | None = None
    ) -> None:
        self.answers = dict(answers or {})
        self.files = dict(files or {})
        self.calls: list[list[str]] = []
        self.inputs: list[bytes] = []

    def run(
        self,
        argv: Sequence[str],
        *,
        stdin: bytes | Iterable[bytes] = b"",
        timeout: float = 60.0,
        check: bool = True,
    ) -> Done:
        self.calls.append(list(argv))
        self.inputs.append(stdin if isinstance(stdin, bytes) else b"".join(stdin))
        done = self._answer(argv)
        if check and done.code:
            raise HostError(f"`{' '.join(argv)}` failed on {self.name} with exit code {done.code}: {done.stderr}")
        return done

    def lines(self, argv: Sequence[str], *, timeout: float | None = None) -> Generator[str, None, None]:
        yield from self.run(argv).stdout.splitlines()

    def read(self, path: str) -> bytes:
        try:
            return self.files[path]
        except KeyError:
            raise FileNotFoundError(path) from None

    def write(self, path: str, content: bytes, *, mode: int = 0o644) -> None:
        self.files[path] = content

    def close(self) -> None:
        """There is nothing to let go of."""

    def commands(self, *beginning: str) -> list[list[str]]:
        """Return the commands that began so."""
        return [call for call in self.calls if tuple(call[: len(beginning)]) == beginning]

    def _answer(self, argv: Sequence[str]) -> Done:
        for length in range(len(argv), 0, -1):
            if (found := self.answers.get(tuple(argv[:length]))) is not None:
                return Done(0, found, "") if isinstance(found, str) else found
        return Done(0, "", "")
