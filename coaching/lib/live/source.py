"""What the live layer asks of the site. All of it is plain database work, called in a small thread pool."""

from dataclasses import dataclass
from typing import Protocol

from .seat import Seat

Pair = tuple[str, int]  # (channel, user id)


@dataclass(frozen=True)
class Look:
    """What one check of a seat found: still welcome, as whom, and the committed version to show.

    `audience` names a kind of viewer (participant, presenter, board screen), never one person.
    """

    audience: str
    language: str
    version: int


class LiveSource(Protocol):
    def admit(self, seats: list[Seat]) -> list[Look | None]:
        """For each seat, in order. Asked again on each version and each heartbeat.

        None closes the stream and hides the fragment.
        """

    def shows_everybody(self, audience: str) -> bool:
        """Whether `audience` shows so little that every admitted screen may ask for it ("board")."""

    def render(self, channel: str, look: Look) -> tuple[int, str]:
        """(version, html), as new as ``look`` or newer; html is never older than the version says.

        Called in one thread, one page after the other.
        """

    def forget(self, channel: str) -> None:
        """Keep nothing of what was rendered for ``channel``: it changed, or words were erased."""

    def changes_since(self, last_id: int) -> tuple[int, list[tuple[str, int]]]:
        """(new last id, [(channel, version)]); -1 asks for the current highest id and an empty list."""

    def seen(self, pairs: set[Pair]) -> None:
        """These people have a stream open now."""

    def left(self, pairs: set[Pair]) -> None:
        """The last stream of these people was closed."""
