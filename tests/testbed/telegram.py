"""A local Telegram on the servers' network: it delivers to their webhooks, and people chat through it."""

import json
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.testbed import images
from tests.testbed.bed import PROJECT, SESSION, Bed

HOST = f"telegram-{SESSION}"
NAME = f"{HOST}.test"
URL = f"http://{NAME}:8081"
PERSON = 100200300


@dataclass(frozen=True, slots=True)
class Telegram:
    """The running one, and the chat of one person with the bot."""

    port: int

    def say(self, text: str) -> list[dict[str, Any]]:
        """Send a message and return all messages of the chat once the bot has answered it."""
        before = len(self.chat())
        self._call(f"/emulator/chats/{PERSON}/text", {"text": text})
        deadline = time.monotonic() + 90
        while len(self.chat()) < before + 2:
            assert time.monotonic() < deadline, f"nobody answered {text!r}: {self.chat()[-3:]}"
            time.sleep(0.2)
        return self.chat()

    def chat(self) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = self._call(f"/emulator/chats/{PERSON}")["messages"]
        return messages

    def _call(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data)
        with urllib.request.urlopen(request, timeout=10) as answer:
            document: dict[str, Any] = json.load(answer)
            return document


def start(bed: Bed, token: str, root: str, folder: Path) -> Telegram:
    """Start it; it trusts certificates of this root."""
    (folder / "root.pem").write_text(root)
    image, container = f"{images.NAME}:telegram", bed.container(HOST)
    file = str(Path(__file__).parent / "images" / "telegram.Dockerfile")
    context = ("--build-context", f"roots={folder}", str(PROJECT / "emulators"))
    _docker("build", "--quiet", "--file", file, "--build-arg", f"BASE={images.NAME}:base", "--tag", image, *context)
    bed.remove(HOST)
    options = ("--network", bed.network, "--network-alias", NAME, "--publish", "127.0.0.1::8081")
    _docker("run", "--detach", "--name", container, *options, "--env", f"TELEGRAM_BOT_TOKEN={token}", image)
    return Telegram(int(_docker("port", container, "8081").split()[0].rpartition(":")[2]))


def _docker(*arguments: str) -> str:
    return subprocess.run(["docker", *arguments], check=True, capture_output=True, text=True).stdout
