"""A site of made-up sessions to aim live_load.py at: each question costs some waiting, as a database would.

python tests/benchmark/live_fake_site.py --port 8765 --seats /tmp/seats.json
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coaching.settings")

import django
import uvicorn

from coaching.lib.live.app import LiveApp
from coaching.lib.live.asgi import site
from coaching.lib.live.seat import Seat, sign
from coaching.lib.live.source import Look, Pair
from coaching.lib.live.transport import announce

QUERY_SECONDS = 0.001
RENDER_SECONDS = 0.01
HTML = "<section>" + "<p>Ik zou een week lang bij de deur staan.</p>" * 400 + "</section>"


class FakeSource:
    def __init__(self, channels: int) -> None:
        self.versions = {str(number): 1 for number in range(1, channels + 1)}

    def admit(self, seats: list[Seat]) -> list[Look | None]:
        time.sleep(QUERY_SECONDS)
        return [
            Look("presenter" if seat.user_id % 6 == 0 else "participant", "nl", self.versions[seat.channel])
            for seat in seats
        ]

    def shows_everybody(self, audience: str) -> bool:
        return False

    def render(self, channel: str, look: Look) -> tuple[int, str]:
        time.sleep(RENDER_SECONDS)
        return self.versions[channel], HTML

    def forget(self, channel: str) -> None:
        """Nothing is kept."""

    def changes_since(self, last_id: int) -> tuple[int, list[tuple[str, int]]]:
        time.sleep(QUERY_SECONDS)
        return 0, []

    def seen(self, pairs: set[Pair]) -> None:
        time.sleep(QUERY_SECONDS)

    def left(self, pairs: set[Pair]) -> None:
        time.sleep(QUERY_SECONDS)


def changing(source: FakeSource) -> Callable[..., list[bytes]]:
    """A page `/bump/<channel>` that changes a session, as a view does on commit."""

    def page(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        channel = environ["PATH_INFO"].rsplit("/", 1)[-1]
        source.versions[channel] += 1
        at = time.monotonic()
        announce(channel, source.versions[channel])
        answer = json.dumps({"version": source.versions[channel], "at": at}).encode()
        start_response("200 OK", [("Content-Length", str(len(answer)))])
        return [answer]

    return page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--seats", required=True, help="file to write the seats to")
    parser.add_argument("--channels", type=int, default=84)
    options = parser.parse_args()
    django.setup()
    source = FakeSource(options.channels)
    seats = [Seat(channel, user, "login") for channel in source.versions for user in range(6)]
    Path(options.seats).write_text(json.dumps([[seat.channel, sign(seat)] for seat in seats]))
    application = site(changing(source), LiveApp(source))
    uvicorn.run(application, port=options.port, log_level="warning", timeout_graceful_shutdown=3)


if __name__ == "__main__":
    main()
