"""What the live layer asks of the site. All of it is plain database work, called in a small thread pool."""

from dataclasses import dataclass
from typing import Protocol

from .seat import Seat

Pair = tuple[str, int]  # (channel, user id)


@dataclass(frozen=True)
class Audience:
    """`audience` names a kind of viewer (participant, presenter, board screen), never one person.

    `version`: the committed version, when the source read it along with the admission.
    """

    audience: str
    language: str
    version: int | None = None


class LiveSource(Protocol):
    def admit(self, seat: Seat) -> Audience | None:
        """Asked again on each version and each heartbeat; None closes the stream and hides the fragment."""

    def shows_everybody(self, audience: str) -> bool:
        """Whether `audience` shows so little that every admitted screen may ask for it ("board")."""

    def version(self, channel: str) -> int | None:
        """The committed version, or None when there is no such session."""

    def render(self, channel: str, audience: str, language: str) -> tuple[int, str]:
        """(version, html); the version is read before the content, so html is never older than it says."""

    def changes_since(self, last_id: int) -> tuple[int, list[tuple[str, int]]]:
        """(new last id, [(channel, version)]); -1 asks for the current highest id and an empty list."""

    def seen(self, pairs: set[Pair]) -> None:
        """These people have a stream open now."""

    def left(self, pairs: set[Pair]) -> None:
        """The last stream of these people was closed."""
