"""Many screens on one site: how long from a change to each screen holding its new HTML.

    python tests/benchmark/live_load.py --base http://127.0.0.1:8000 --seats seats.json \
        --trigger-url http://127.0.0.1:8000/bump/{channel} --pid 1234

`seats.json` is a list of [channel, value of the `live` cookie]. The trigger changes one session; when its
answer is JSON with "version" and "at" (time.monotonic() of the change), these are used, otherwise time counts
from the moment the trigger was sent. `{n}` in address and body becomes a number that is never used twice.
Loopback addresses only, at most 2,000 screens and five minutes.
"""

import argparse
import asyncio
import ipaddress
import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

MAX_CLIENTS = 2000
MAX_SECONDS = 300
OPENING_AT_ONCE = 20


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Change:
    channel: str
    at: float
    version: int | None


@dataclass
class Screen:
    """One browser: a connection for the stream and one, kept open, for fragments."""

    host: str
    port: int
    channel: str
    cookie: str
    received: list[tuple[float, int]] = field(default_factory=list)
    version: int = -1
    _line: "Line | None" = None

    async def watch(self, ready: asyncio.Event) -> None:
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            writer.write(request(f"/live/{self.channel}/stream", self.host, [f"Cookie: live={self.cookie}"]))
            status = await reader.readline()
            if b" 200 " not in status:
                raise SystemExit(f"stream refused: {status.decode().strip()}")
            while line := await reader.readline():
                if line.startswith(b"data: ") and line[6:].strip().isdigit():
                    await self._fetch(int(line[6:]))
                    ready.set()
        finally:
            writer.close()

    async def _fetch(self, version: int) -> None:
        if version <= self.version:
            return
        if self._line is None:
            self._line = Line(self.host, self.port)
        path = f"/live/{self.channel}/fragment?v={self.version}"
        answer = await self._line.ask(request(path, self.host, [f"Cookie: live={self.cookie}"]))
        if answer.status == 200:
            self.version = int(answer.headers["x-version"])
            self.received.append((time.monotonic(), self.version))


class Line:
    """A kept-alive connection, opened again when the server has closed it in between."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, raw: bytes) -> Answer:
        for attempt in (1, 2):
            if self._streams is None:
                self._streams = await asyncio.open_connection(self.host, self.port)
            reader, writer = self._streams
            try:
                writer.write(raw)
                return await read_answer(reader)
            except (ConnectionError, asyncio.IncompleteReadError):
                writer.close()
                self._streams = None
                if attempt == 2:
                    raise
        raise AssertionError("unreachable")


def request(path: str, host: str, headers: list[str], method: str = "GET", body: str = "") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *headers]
    if body or method != "GET":
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body.encode())}"]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


async def read_answer(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = [line.split(":", 1) for line in head[1:] if ":" in line]
    headers = {name.lower(): value.strip() for name, value in pairs}
    status = int(head[0].split()[1])
    if headers.get("transfer-encoding") == "chunked":
        return Answer(status, headers, await read_chunks(reader))
    length = 0 if status == 204 else int(headers.get("content-length", "0"))
    return Answer(status, headers, await reader.readexactly(length))


async def read_chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int(await reader.readline(), 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return body


class Trigger:
    """The one place to adapt to a site: what is sent to change a session."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        address = urlsplit(options.trigger_url)
        self._line = Line(*loopback(options.trigger_url))
        self._path = address.path + (f"?{address.query}" if address.query else "")
        self._count = 0

    async def pull(self, channel: str) -> Change:
        self._count += 1
        path, body = (
            text.replace("{channel}", channel).replace("{n}", str(self._count))
            for text in (self._path, self.options.body)
        )
        raw = request(path, self._line.host, self.options.header, self.options.method, body)
        sent = time.monotonic()
        answer = await self._line.ask(raw)
        if answer.status >= 400:
            raise SystemExit(f"the trigger was refused: {answer.status} {answer.body[:200]!r}")
        return read_change(channel, sent, answer)


def read_change(channel: str, sent: float, answer: Answer) -> Change:
    try:
        told = json.loads(answer.body)
        return Change(channel, float(told["at"]), int(told["version"]))
    except (ValueError, KeyError, TypeError):
        return Change(channel, sent, None)


def loopback(url: str) -> tuple[str, int]:
    address = urlsplit(url)
    host = address.hostname or ""
    if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
        raise SystemExit(f"only a server on this machine: {host} is not a loopback address")
    return host, address.port or 80


async def open_screens(options: argparse.Namespace) -> tuple[list[Screen], list["asyncio.Task[None]"]]:
    host, port = loopback(options.base)
    seats = json.loads(Path(options.seats).read_text())
    chosen = [seats[number % len(seats)] for number in range(options.clients)]
    screens = [Screen(host, port, str(channel), cookie) for channel, cookie in chosen]
    gate = asyncio.Semaphore(OPENING_AT_ONCE)
    watching: list[asyncio.Task[None]] = []

    async def open_one(screen: Screen) -> None:
        ready = asyncio.Event()
        async with gate:
            task = asyncio.create_task(screen.watch(ready))
            watching.append(task)
            waiter = asyncio.create_task(ready.wait())
            await asyncio.wait({task, waiter}, timeout=30, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                task.result()
            if not ready.is_set():
                raise SystemExit("a screen got no fragment within 30 seconds")

    await asyncio.gather(*(open_one(screen) for screen in screens))
    return screens, watching


async def change_sessions(options: argparse.Namespace, channels: list[str]) -> list[Change]:
    """Each session once every `--every` seconds, evenly spread, until `--seconds` are over."""
    trigger = Trigger(options)
    changes: list[Change] = []
    start = time.monotonic()
    pause = options.every / len(channels)
    while (due := start + len(changes) * pause) < start + options.seconds:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        changes.append(await trigger.pull(channels[len(changes) % len(channels)]))
    await asyncio.sleep(1.0)
    return changes


def waits(screens: list[Screen], changes: list[Change]) -> tuple[list[float], int]:
    """Milliseconds from each change to each of its screens, and how many never got it."""
    found: list[float] = []
    missed = 0
    for change in changes:
        for screen in screens:
            if screen.channel != change.channel:
                continue
            moments = (
                at
                for at, version in screen.received
                if at >= change.at and (change.version is None or version >= change.version)
            )
            first = next(moments, None)
            if first is None:
                missed += 1
            else:
                found.append((first - change.at) * 1000)
    return sorted(found), missed


def process_facts(pid: int) -> tuple[int, float, float]:
    """Threads, megabytes of memory and seconds of processor time of the server so far."""
    status = Path(f"/proc/{pid}/status").read_text()
    lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    times = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    processor = (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")
    return int(lines["Threads"]), int(lines["VmRSS"].split()[0]) / 1024, processor


async def measure(options: argparse.Namespace) -> int:
    screens, watching = await open_screens(options)
    channels = sorted({screen.channel for screen in screens})
    print(f"{len(screens)} screens on {len(channels)} sessions open", flush=True)
    before = process_facts(options.pid) if options.pid else None
    started = time.monotonic()
    changes = await change_sessions(options, channels)
    lost = sum(task.done() for task in watching)
    if before:
        threads, memory, processor = process_facts(options.pid)
        share = (processor - before[2]) / (time.monotonic() - started)
        print(f"server: {threads} threads, {memory:.0f} MB, {share:.0%} of one processor")
    for task in watching:
        task.cancel()
    await asyncio.gather(*watching, return_exceptions=True)
    return report(*waits(screens, changes), len(changes), lost)


def report(found: list[float], missed: int, changes: int, lost: int) -> int:
    print(f"{changes} changes, {len(found)} arrivals, {missed} missed, {lost} streams lost")
    if not found:
        return 1
    p50, p95 = found[len(found) // 2], found[int(len(found) * 0.95)]
    print(f"change to new HTML: p50 {p50:.1f} ms, p95 {p95:.1f} ms, longest {found[-1]:.1f} ms")
    return 1 if missed or lost else 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--base", required=True, help="address of the site, on this machine")
    parser.add_argument("--seats", required=True, help="JSON file with [[channel, cookie], ...]")
    parser.add_argument("--trigger-url", required=True, help="what changes a session; {channel} and {n}")
    parser.add_argument("--method", default="GET", help="of the trigger")
    parser.add_argument("--header", action="append", default=[], help="of the trigger, may be repeated")
    parser.add_argument("--body", default="", help="of the trigger, as a form; {channel} and {n}")
    parser.add_argument("--pid", type=int, help="process of the server, for threads and memory")
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two changes of a session")
    parser.add_argument("--seconds", type=float, default=20.0)
    options = parser.parse_args()
    if not 0 < options.clients <= MAX_CLIENTS or not 0 < options.seconds <= MAX_SECONDS or options.every <= 0:
        parser.error(f"at most {MAX_CLIENTS} clients and {MAX_SECONDS} seconds")
    return options


if __name__ == "__main__":
    chosen = read_options()
    raise SystemExit(asyncio.run(asyncio.wait_for(measure(chosen), chosen.seconds + 120)))
