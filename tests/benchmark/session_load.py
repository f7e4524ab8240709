"""Real sessions under load: 500 screens follow what people do, on the site as ./run serves it.

    python -m tests.benchmark.session_load [--screens 500] [--seconds 30] [--every 30] [--database URL]

Makes a temporary SQLite database (or fills the empty one that --database names), starts a server, opens the
screens, and lets participants mark, write and say they are ready through ordinary posts: in each session every
thirty seconds on average (some 180 presses in 90 minutes), at moments drawn by lot. Measures until a screen holds
the new HTML: from the press (just before the post is sent) and from the change (just before its commit).

A rented machine's host gives its processors to others now and then; no program can make up for that. So each
change is also told apart by whether the host took anything in the tenth of a second after it: a window of the same
length for all, so that a slow change isn't left out for being slow. Ends with PASS or FAIL (exit code 1) for what
the site promises, from change to screen and the threads it takes, judged on the changes the host left alone; with
less than thirty of them it says so and judges nothing (exit code 2).
"""

from __future__ import annotations

import argparse
import asyncio
import bisect
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.benchmark.live_load import MAX_CLIENTS, MAX_SECONDS, Answer, Line, Screen, process_facts, request

HOST = "127.0.0.1"
P95_MS, THREADS = 50.0, 15
QUIET_SECONDS, QUIET_CHANGES = 0.1, 30  # how long the host must leave a change alone; how many such we need
SCREENS_A_SESSION = 6
OWN_PART_AFTER = 0.4  # seconds, as in session.js
TOKEN = "a" * 32  # any 32 letters are a CSRF secret, as long as cookie and form agree


@dataclass
class Change:
    """``at``: just before it was posted; ``version``: the first that holds it; ``took``: of the post, in s;
    ``written``: just before its commit."""

    channel: str
    at: float
    version: int
    took: float = 0.0
    written: float = 0.0


@dataclass
class Room:
    """One session with its screens and the browsers' other connections, as session.js uses them."""

    facts: dict[str, Any]
    screens: list[Screen]
    lines: dict[int, Line] = field(default_factory=dict)
    turns: int = 0

    @property
    def channel(self) -> str:
        return str(self.facts["channel"])

    def next_press(self) -> tuple[int, str, dict[str, str]]:
        """Who presses what: ready, write, ready, mark ... (tips are three a person: then a mark instead)."""
        self.turns += 1
        who, round_of = (2, 3, 4, 5, 0)[self.turns % 5], self.turns // 5
        if self.turns % 2:
            return (
                who,
                "klaar",
                {"seen": str(self.facts["position"]), "ready": "1" if round_of % 2 == 0 else ""},
            )
        if self.facts["parade"] and (self.turns % 4 == 0 or self.turns > 10):
            card = self.facts["cards"][self.turns // 2 % len(self.facts["cards"])]
            return 1, f"merk/{card}", {"mark": ("pick", "keep", "")[self.turns // 2 % 3]}
        kind = "" if self.facts["parade"] else "theme"
        text = f"Ik zou de overgang eerst laten aftellen, poging {self.turns}."
        card_form = {
            "step": str(self.facts["step"]),
            "text": text,
            "kind": kind,
            "once_key": str(uuid.uuid4()),
        }
        return who, "schrijf", card_form

    async def press(self, port: int) -> Change:
        who, address, values = self.next_press()
        line = self.lines.setdefault(who, Line(HOST, port))
        body = urlencode({**values, "csrfmiddlewaretoken": TOKEN})
        headers = [self.cookies(who), "HX-Request: true"]
        raw = request(f"/sessie/{self.channel}/{address}/", HOST, headers, "POST", body)
        change = Change(self.channel, time.monotonic(), 1 + max(screen.version for screen in self.screens))
        expect(await line.ask(raw), 204, address)
        change.took = time.monotonic() - change.at
        if address.startswith("merk"):  # the only press here that the own part shows nothing of
            return change
        # Whoever pressed gets the own part of the page again, once the shared part has come.
        await self.shown(change.version)
        expect(await line.ask(request(f"/sessie/{self.channel}/mijn/", HOST, headers)), 200, "mijn")
        return change

    async def shown(self, version: int) -> None:
        late = time.monotonic() + OWN_PART_AFTER
        while self.screens[0].version < version and time.monotonic() < late:
            await asyncio.sleep(0.002)

    def cookies(self, who: int) -> str:
        return f"Cookie: sessionid={self.facts['logins'][who]}; csrftoken={TOKEN}"


def expect(answer: Answer, status: int, address: str) -> None:
    if answer.status != status:
        raise SystemExit(f"{address}: {answer.status} {answer.body[:300]!r}")


def environment(database: str, port: int) -> dict[str, str]:
    """As ./run serves the site: on somebody's own machine, without Django's debugging."""
    own = {"DATABASE_URL": database, "SECRET_KEY": "only-for-measuring-" * 3, "LOCAL": "1", "DEBUG": "0"}
    return {**os.environ, **own, "SITE_URL": f"http://{HOST}:{port}"}


def stage(settings: dict[str, str], *arguments: str) -> Any:
    command = [sys.executable, "-m", "tests.benchmark.session_stage", *arguments]
    done = subprocess.run(command, env=settings, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit("the sessions could not be made or read")
    return json.loads(done.stdout.splitlines()[-1])


def note_commits(settings: dict[str, str], changes: list[Change]) -> None:
    """When each change was written, on the clock of this process."""
    since_start = time.time() - time.monotonic()
    written = {(channel, version): at - since_start for channel, version, at in stage(settings, "--changes")}
    for change in changes:
        change.written = written[change.channel, change.version]


def start_server(settings: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "coaching.asgi:application",
        "--host",
        HOST,
        "--port",
        str(port),
    ]
    command += ["--timeout-graceful-shutdown", "3", "--no-access-log", "--log-level", "warning"]
    return subprocess.Popen(command, env=settings)


async def wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            _reader, writer = await asyncio.open_connection(HOST, port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            return writer.close()
    raise SystemExit("the server did not start")


def make_rooms(facts: list[dict[str, Any]], options: argparse.Namespace) -> list[Room]:
    rooms, left = [], options.screens
    for fact in facts:
        seats = fact["seats"][:left]
        screens = [Screen(HOST, options.port, fact["channel"], seat) for seat in seats]
        rooms.append(Room(fact, screens))
        left -= len(seats)
    return rooms


async def open_screens(rooms: list[Room]) -> list[asyncio.Task[None]]:
    """All streams, twenty at a time, each until its first screen has arrived."""
    gate, tasks = asyncio.Semaphore(20), []

    async def open_one(screen: Screen) -> None:
        ready = asyncio.Event()
        async with gate:
            tasks.append(asyncio.create_task(screen.watch(ready)))
            await asyncio.wait_for(ready.wait(), 60)

    await asyncio.gather(*(open_one(screen) for room in rooms for screen in room.screens))
    return tasks


async def live_in(room: Room, options: argparse.Namespace, chance: random.Random) -> list[Change]:
    """What happens in one session: a press each so many seconds on average, never at a fixed beat."""
    changes: list[Change] = []
    start = time.monotonic()
    due = start + chance.uniform(0, options.every)
    while due < start + options.seconds:
        await asyncio.sleep(due - time.monotonic())
        changes.append(await room.press(options.port))
        due += options.every * chance.uniform(0.7, 1.3)
    return changes


@dataclass
class Waits:
    """Milliseconds: from press to screen, from change to screen, the latter where the host took no time;
    and how many screens never got it."""

    whole: list[float] = field(default_factory=list)
    after: list[float] = field(default_factory=list)
    quiet: list[float] = field(default_factory=list)
    missed: int = 0


def waits(rooms: list[Room], changes: list[Change], usage: Usage) -> Waits:
    screens = {room.channel: room.screens for room in rooms}
    found = Waits()
    for change in changes:
        for screen in screens[change.channel]:
            arrived = next((at for at, version in screen.received if version >= change.version), None)
            if arrived is None:
                found.missed += 1
                continue
            found.whole.append((arrived - change.at) * 1000)
            found.after.append((arrived - change.written) * 1000)
            if usage.left_alone(change.written, change.written + QUIET_SECONDS):
                found.quiet.append(found.after[-1])
    return found


def part(values: list[float], share: float) -> float:
    return sorted(values)[int(len(values) * share)]


def spread(values: list[float]) -> str:
    if not values:
        return "none"
    return f"p50 {part(values, 0.5):6.1f}   p95 {part(values, 0.95):6.1f}   max {max(values):6.1f} ms"


def machine_time() -> tuple[int, int]:
    """Ticks of processor time that all work on this machine had, and that its host kept from it meanwhile."""
    user, nice, system, _idle, _wait, irq, soft, stolen = (
        int(field) for field in Path("/proc/stat").read_text().split(maxsplit=9)[1:9]
    )
    return user + nice + system + irq + soft, stolen


@dataclass
class Usage:
    """The server's threads (the most seen), memory and share of one processor, while people were busy;
    and how much of the time that the machine wanted its host gave to others."""

    pid: int
    threads: int = 0
    memory: float = 0.0
    share: float = 0.0
    stolen: float = 0.0
    taken: list[tuple[float, int]] = field(default_factory=list)  # moment, ticks taken so far

    async def watch(self) -> None:
        start, before = time.monotonic(), process_facts(self.pid)[2]
        had, lost = machine_time()
        while True:
            await asyncio.sleep(0.02)
            has, loses = machine_time()
            self.taken.append((time.monotonic(), loses))
            self.stolen = (loses - lost) / max(1, loses - lost + has - had)
            if len(self.taken) % 25 == 0:
                threads, self.memory, processor = process_facts(self.pid)
                self.threads = max(self.threads, threads)
                self.share = (processor - before) / (time.monotonic() - start)

    def left_alone(self, start: float, end: float) -> bool:
        """Whether the host took nothing between these moments, and it was watched all the while."""
        first = bisect.bisect_left(self.taken, (start, 0)) - 1
        last = bisect.bisect_left(self.taken, (end, 0))
        return first >= 0 and last < len(self.taken) and self.taken[first][1] == self.taken[last][1]


async def measure(
    server: subprocess.Popen[bytes],
    rooms: list[Room],
    settings: dict[str, str],
    options: argparse.Namespace,
) -> int:
    await wait_for(server, options.port)
    streams = await open_screens(rooms)
    await asyncio.sleep(5.0)  # so many arrivals at once are news for everybody: let that pass
    print(f"{len(streams)} screens on {len(rooms)} sessions are open", flush=True)
    usage = Usage(server.pid)
    watcher = asyncio.create_task(usage.watch())
    chance = random.Random(options.seed)
    done = await asyncio.gather(*(live_in(room, options, chance) for room in rooms))
    await asyncio.sleep(1.0)
    lost = sum(task.done() for task in streams)
    for task in (watcher, *streams):
        task.cancel()
    await asyncio.gather(watcher, *streams, return_exceptions=True)
    changes = [change for changes in done for change in changes]
    note_commits(settings, changes)
    return report(rooms, changes, usage, lost, options)


def report(
    rooms: list[Room], changes: list[Change], usage: Usage, lost: int, options: argparse.Namespace
) -> int:
    found = waits(rooms, changes, usage)
    posts = sorted(change.took * 1000 for change in changes)
    rate = len(changes) / options.seconds
    print(
        f"  changes                {len(changes)} ({rate:.1f} a second), {len(found.after)} arrivals on screens"
    )
    print(f"  press to new HTML      {spread(found.whole)}")
    print(f"  the post itself        {spread(posts)}")
    print(f"  change to new HTML     {spread(found.after)}")
    print(f"  - left alone by host   {spread(found.quiet)}, {len(found.quiet)} arrivals")
    print(
        f"  machine                load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors, "
        f"{usage.stolen:.0%} of the time it wanted was given to others by its host"
    )
    print(
        f"  server                 {usage.threads} threads, {usage.share:.0%} of a core, {usage.memory:.0f} MB"
    )
    return verdict(found, usage, lost)


def verdict(found: Waits, usage: Usage, lost: int) -> int:
    """Printed, and as an exit code: 0 kept, 1 broken, 2 the host left too little to judge by."""
    if len(found.quiet) < QUIET_CHANGES * SCREENS_A_SESSION:
        print("NO VERDICT: the host took too much of this machine's time; try later, or longer (--seconds)")
        return 2
    p95 = part(found.quiet, 0.95)
    passes = p95 <= P95_MS and usage.threads <= THREADS and not found.missed and not lost
    print(
        f"{'PASS' if passes else 'FAIL'}: p95 {p95:.1f} ms (at most {P95_MS:.0f}), {usage.threads} threads "
        f"(at most {THREADS}), {found.missed} arrivals missed, {lost} streams lost"
    )
    return 0 if passes else 1


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.session_load")
    parser.add_argument("--screens", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--every", type=float, default=30.0, help="seconds between two changes of a session")
    parser.add_argument(
        "--database", default="", help="URL of an empty database; default: a temporary SQLite"
    )
    parser.add_argument("--port", type=int, default=8791)
    parser.add_argument("--seed", type=int, default=1, help="of the lot that draws the moments")
    options = parser.parse_args()
    if not 0 < options.screens <= MAX_CLIENTS or not 0 < options.seconds <= MAX_SECONDS:
        parser.error(f"at most {MAX_CLIENTS} screens and {MAX_SECONDS} seconds")
    return options


def main() -> int:
    options = read_options()
    with tempfile.TemporaryDirectory(prefix="session-load-") as folder:
        database = options.database or f"sqlite:///{Path(folder) / 'load.sqlite3'}"
        settings = environment(database, options.port)
        facts = stage(settings, "--sessions", str(-(-options.screens // SCREENS_A_SESSION)))
        server = start_server(settings, options.port)
        try:
            return asyncio.run(measure(server, make_rooms(facts, options), settings, options))
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


if __name__ == "__main__":
    raise SystemExit(main())
