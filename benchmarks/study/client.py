"""A keep-alive HTTP client that costs next to nothing, so that the load does not starve what it measures."""

import asyncio
from typing import Self


class Client:
    """One connection to a loopback port."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, port: int) -> Self:
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def send(self, method: str, path: str, body: bytes = b"", token: str = "", secret: str = "") -> bytes:
        """The body of the answer; ``token`` is a learner's proof, ``secret`` Telegram's.

        Raises: RuntimeError for any status but 200.
        """
        proof = f"Authorization: Bearer {token}\r\n" if token else ""
        if secret:
            proof = f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\n"
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{proof}"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._writer.write(head.encode() + body)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1]) for line in answer.split(b"\r\n") if line.lower().startswith(b"content-length")
        )
        content = await self._reader.readexactly(length)
        if not answer.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{method} {path}: {answer.splitlines()[0].decode()} {content.decode()[:300]}")
        return content

    def close(self) -> None:
        self._writer.close()
