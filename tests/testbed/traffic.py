"""The traffic oracle: 16 visitors at a time, who note each request that was not answered as it should be."""

import asyncio
import json
import ssl
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp

from tests.testbed.launch import init_data

VISITORS = 16
CLOSING_SECONDS = 0.25
SLOW_SECONDS = 2.0
PATIENCE = aiohttp.ClientTimeout(total=30)
BOT = 123456
FIRST_PERSON = 700_000


@dataclass(slots=True)
class Tally:
    """What happened: answers by kind, what failed, and the names of all decks and updates that were taken."""

    answered: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    decks: list[str] = field(default_factory=list)
    updates: list[int] = field(default_factory=list)
    slowest: float = 0.0

    @property
    def requests(self) -> int:
        return self.answered.total() + len(self.failed)

    def __str__(self) -> str:
        kinds = ", ".join(f"{count} {kind}" for kind, count in self.answered.items())
        return f"{self.requests} requests ({kinds}), {len(self.failed)} failed, the slowest took {self.slowest:.2f} s"


class Traffic:
    """Visits a server from a thread of its own for the time of a `with` block.

    Every request has a connection of its own, as that of a new visitor: on one that was kept open, a client cannot
    know whether its request was read before the server closed it (RFC 9112, 9.3.1), and browsers ask again.
    """

    def __init__(self, port: int, domain: str, token: str, secret: str) -> None:
        self.tally = Tally()
        self.token, self.secret = token, secret
        self._url, self._domain = f"https://127.0.0.1:{port}", domain
        self._began = int(time.time())
        self._stop, self._ready = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._visit()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(60), f"nobody could sign in: {self.tally.failed}"
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(60)

    async def _visit(self) -> None:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connector = aiohttp.TCPConnector(ssl=context, force_close=True, limit=0)
        headers = {"Host": self._domain}
        async with aiohttp.ClientSession(connector=connector, headers=headers, timeout=PATIENCE) as session:
            visitors = [Visitor(self, session, number) for number in range(VISITORS)]
            await asyncio.gather(*(visitor.arrive() for visitor in visitors))
            self._ready.set()
            await asyncio.gather(*(visitor.stay() for visitor in visitors))
        # aiohttp returns before TLS connections are closed (its docs, "Graceful shutdown"); the loop must see that yet.
        await asyncio.sleep(CLOSING_SECONDS)

    async def ask(
        self, session: aiohttp.ClientSession, kind: str, method: str, path: str, expected: int, **arguments: Any
    ) -> dict[str, Any] | None:
        """Send a request and note how it was answered; return the document of an answer that was right, else None."""
        began = time.monotonic()
        try:
            async with session.request(method, self._url + path, server_hostname=self._domain, **arguments) as answer:
                text = await answer.text()
                problem = "" if answer.status == expected else f"{answer.status} {text[:200]}"
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            problem, text = f"{type(error).__name__} {error}", ""
        took = time.monotonic() - began
        self.tally.slowest = max(self.tally.slowest, took)
        if problem:
            self.tally.failed.append(f"{time.strftime('%H:%M:%S')} {kind} after {took:.2f} s: {problem}")
            return None
        self.tally.answered[kind] += 1
        return dict(json.loads(text)) if text else {}

    @property
    def is_over(self) -> bool:
        return self._stop.is_set()

    @property
    def name_prefix(self) -> str:
        """What the names of this traffic's decks begin with."""
        return f"oracle {self._began} "

    @property
    def update_ids(self) -> tuple[int, int]:
        """The least and the greatest id that an update of this traffic may have."""
        return self._began * 10_000_000, (self._began + 1) * 10_000_000 - 1


class Visitor:
    """One of the sixteen; two of them do nothing but slow uploads."""

    def __init__(self, traffic: Traffic, session: aiohttp.ClientSession, number: int) -> None:
        self._traffic, self._session, self._number = traffic, session, number
        self._count = 0
        self._headers: dict[str, str] = {}
        self._profile = ""

    async def arrive(self) -> None:
        """Sign in from the Mini App and take up a language."""
        person = FIRST_PERSON + self._number
        launch = {"init_data": init_data(self._traffic.token, person)}
        signed_in = await self._get("sign-in", "POST", "/api/auth/validate", 200, json=launch)
        self._headers = {"Authorization": f"Bearer {signed_in['token']}"}
        profiles = await self._get("GET", "GET", "/api/profiles", 200)
        if not profiles["data"]:
            wanted = {"language": "es", "current_level": "A1"}
            profiles = {"data": [await self._get("profile", "POST", "/api/profiles", 201, json=wanted)]}
        self._profile = profiles["data"][0]["id"]

    async def stay(self) -> None:
        """Ask, in turn, until the traffic is over."""
        kinds: tuple[Callable[[], Awaitable[None]], ...] = (self._read, self._write, self._deliver)
        kinds = (self._upload,) if self._number < 2 else kinds
        while not self._traffic.is_over:
            self._count += 1
            await kinds[self._count % len(kinds)]()

    async def _read(self) -> None:
        await self._ask("GET", "GET", "/api/profiles", 200)

    async def _write(self) -> None:
        name = f"{self._traffic.name_prefix}{self._number} {self._count}"
        deck = {"profile_id": self._profile, "name": name}
        if await self._ask("POST", "POST", "/api/decks", 201, json=deck) is not None:
            self._traffic.tally.decks.append(name)

    async def _upload(self) -> None:
        """A deck whose request takes two seconds to arrive: the backend reads it as it comes."""
        name = f"{self._traffic.name_prefix}{self._number} {self._count}"
        body = f'{{"profile_id": "{self._profile}", "name": "{name}"}}'.encode()
        headers = {"Content-Type": "application/json", "Content-Length": str(len(body))}
        if await self._ask("slow POST", "POST", "/api/decks", 201, data=_slowly(body), headers=headers) is not None:
            self._traffic.tally.decks.append(name)

    async def _deliver(self) -> None:
        """An update of Telegram's, of a kind that is kept and handled, and that nobody waits to have answered."""
        update_id = self._traffic.update_ids[0] + self._number * 100_000 + self._count
        person = {"id": FIRST_PERSON + self._number, "is_bot": False, "first_name": "Oracle", "language_code": "en"}
        chat = {"id": person["id"], "type": "private", "first_name": "Oracle"}
        member = {"status": "member", "user": {"id": BOT, "is_bot": True, "first_name": "Bot"}}
        change = {"date": int(time.time()), "chat": chat, "from": person}
        change |= {"old_chat_member": member, "new_chat_member": member}
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._traffic.secret}
        update = {"update_id": update_id, "my_chat_member": change}
        if await self._ask("webhook", "POST", "/api/webhook", 200, json=update, headers=headers) is not None:
            self._traffic.tally.updates.append(update_id)

    async def _get(self, kind: str, method: str, path: str, expected: int, **arguments: Any) -> dict[str, Any]:
        document = await self._ask(kind, method, path, expected, **arguments)
        assert document is not None, self._traffic.tally.failed[-1]
        return document

    async def _ask(self, kind: str, method: str, path: str, expected: int, **arguments: Any) -> dict[str, Any] | None:
        headers = {**self._headers, **arguments.pop("headers", {})}
        return await self._traffic.ask(self._session, kind, method, path, expected, headers=headers, **arguments)


async def _slowly(body: bytes) -> AsyncIterator[bytes]:
    half = len(body) // 2
    yield body[:half]
    await asyncio.sleep(SLOW_SECONDS)
    yield body[half:]
