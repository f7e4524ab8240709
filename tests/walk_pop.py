"""Addresses of sharing: of versions of a POP, of entries, and what others share with somebody."""

from __future__ import annotations

from portfolio.document import digest_of, document_of
from tests.scene import Scene
from tests.walk_row import EVERYBODY, Data, Row, page, verb


def with_a_colleague(scene: Scene) -> dict[str, object]:
    return {"viewers": [scene.cast.ilse.pk], "until": str(scene.at.date())}


def the_pop(scene: Scene) -> dict[str, object]:
    return {**with_a_colleague(scene), "seen": digest_of(document_of(scene.pop))}


def own_pop(name: str, post: Data | None = None) -> Row:
    """The living plan: for whoever can read a version of it too there is no such page."""
    return page(name, "pop", "presenter", of="pop", post=post)


def version(name: str, kind: object = page, **more: object) -> Row:
    """The version that the director was given."""
    return kind(name, "pop", "presenter director", of="version", **more)  # type: ignore[operator]


SHARING = [
    page("shared_with_me", "pop", EVERYBODY),
    page("entry_share", "entry", "facilitator", of="entry", post=with_a_colleague),
    page("entry_share", "entry", "presenter", "participant", of="shared_entry"),
    own_pop("pop_share", the_pop),
    own_pop("pop_difference"),
    version("version"),
    page("version", "pop", "presenter", of="second_version"),
    # The director was given one version: what changed since is not theirs to read.
    page("version_difference", "pop", "presenter", of="version", parts={"other": "second_version"}),
    page("version_difference", "pop", "presenter", of="second_version", parts={"other": "version"}),
    version("version_draw_up", verb, silent=True),  # its owner signed it already, and nobody else does
    verb("version_discuss", "pop", "presenter director", of="version"),
    verb("version_draw_up", "pop", "presenter", of="second_version"),
    page("version_remove", "pop", "presenter", "director", of="version", post={"sure": "1"}),
    verb("signature_take_back", "pop", "presenter", "director", of="signature"),
]
