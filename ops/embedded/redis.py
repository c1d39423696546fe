"""An embedded Redis server: append-only file, bounded memory, one unix socket."""

import signal
from pathlib import Path

from ops.embedded.binaries import Source, find_redis
from ops.embedded.server import EmbeddedServer


class EmbeddedRedis(EmbeddedServer):
    """Redis in `folder`; `durable=False` writes nothing to disk (tests)."""

    kind = "redis"
    stop_signal = signal.SIGTERM

    def __init__(self, folder: Path, *, source: Source = "auto", durable: bool = True, log: Path | None = None) -> None:
        super().__init__(folder, log=log)
        self.source = source
        self.durable = durable

    @property
    def socket(self) -> Path:
        return self.data.sockets / "redis.sock"

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def _prepare(self) -> None:
        self.program = find_redis(self.source)

    def _argv(self) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data.path),
            "appendonly": "yes" if self.durable else "no",
            "save": "",
            "maxmemory": "64mb",
            "maxmemory-policy": "allkeys-lru",
            "databases": "64",
        }
        return [self.program, *(part for name, value in options.items() for part in (f"--{name}", value))]

    def _answers(self) -> bool:
        import redis

        try:
            with redis.Redis.from_url(self.url) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False
