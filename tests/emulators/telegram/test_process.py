"""`python -m emulators.telegram` as a developer runs it."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import httpx2

ROOT = Path(__file__).parents[3]
TOKEN = "987654:very-secret"


async def start(port: int) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "emulators.telegram", "--port", str(port)),
        cwd=ROOT,
        env={**os.environ, "TELEGRAM_BOT_TOKEN": TOKEN},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


async def test_it_serves_says_where_and_stops_at_once() -> None:
    process = await start(0)
    assert process.stdout
    try:
        async with asyncio.timeout(20):
            said = (await process.stdout.readline()).decode()
            async with httpx2.AsyncClient(base_url=said.split()[-1], trust_env=False) as http:
                me = (await http.get(f"/bot{TOKEN}/getMe")).json()
                people = (await http.get("/emulator/people")).json()["people"]
                async with http.stream("GET", "/emulator/events") as stream:
                    await anext(stream.aiter_lines())
                    process.send_signal(signal.SIGTERM)
                    rest = (await process.stdout.read()).decode()
            code = await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
    assert me["result"]["id"] == 987654
    assert len(people) == 3
    assert (code, rest) == (0, "")
    assert TOKEN not in said + rest


async def test_a_taken_port_is_named(unused_tcp_port: int) -> None:
    async def refuse(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with asyncio.timeout(20), await asyncio.start_server(refuse, "127.0.0.1", unused_tcp_port):
        process = await start(unused_tcp_port)
        out, _ = await process.communicate()
    assert process.returncode == 1
    assert "was not started" in out.decode()
    assert "Choose another --port." in out.decode()
