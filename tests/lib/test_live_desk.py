"""Checking many screens at once."""

from unittest.mock import patch

from coaching.lib.live.seat import Seat

from .live_scene import FakeSource, changed, fragment, live, open_stream, play


def test_screens_that_wake_together_are_checked_together() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            visits = [await open_stream(app, Seat("7", user, f"login-{user}")) for user in (1, 2, 3)]
            source.batches.clear()
            app.hub.publish("7", 4)
            assert [await visit.event() for visit in visits] == [changed(4)] * 3
            assert source.batches == [3]

    play(scene)


def test_the_fragment_that_follows_a_change_is_not_checked_again_for_a_moment() -> None:
    async def scene(source: FakeSource) -> None:
        async with live(source) as app:
            await open_stream(app)
            source.batches.clear()
            visit, _html = await fragment(app)
            assert (visit.status, source.batches) == (200, [])
            with patch("coaching.lib.live.desk.FRESH", 0.0):
                del source.guests[1]
                visit, _html = await fragment(app)
            assert (visit.status, source.batches) == (404, [1])

    play(scene)
