"""A row of the table of addresses, and the short words in which tests/walk.py writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse

from coaching.intervision.models import Session
from tests.scene import ROLES, Scene

Data = dict[str, Any] | Callable[[Scene], dict[str, Any]]

ANONYMOUS = "anonymous"
EVERYBODY = " ".join(ROLES)
PRESENT = "facilitator presenter participant"  # took part in the closed and in the running session
MEMBERS = f"{PRESENT} late"
STAFF = f"{MEMBERS} gone asked elsewhere coordinator director consultant guest was_guest"
SCHOOL = f"{STAFF} board"
MANAGERS = "coordinator director"


@dataclass(frozen=True)
class Row:
    """``of``: what the address is about, by its name in the scene; ``parts``: its other parts, likewise.

    ``query``: what a form sent by GET adds to it, its values by their names in the scene too.
    ``post``: what is sent to it, None when it is only read. ``step``: where the running session stands then.
    ``outside``: what an anonymous visitor gets. ``silent``: posting it changes nothing, in this scene.
    """

    name: str
    item: str
    may: str
    barred: str = ""
    of: str = ""
    parts: dict[str, Any] = field(default_factory=dict)
    get: bool = True
    post: Data | None = None
    step: str = ""
    before: Callable[[Scene], object] | None = None
    outside: str = "login"
    silent: bool = False
    query: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return "-".join(filter(None, [self.name, self.of, self.step, *self.query]))

    def expected(self, role: str) -> str:
        if role == ANONYMOUS:
            return self.outside
        if role in self.may.split():
            return "in"
        return "403" if role in self.barred.split() else "404"

    def address(self, scene: Scene) -> str:
        named = {"pk": self.of, **self.parts} if self.of else self.parts
        address = reverse(self.name, kwargs={key: found(scene, value) for key, value in named.items()})
        asked = {key: found(scene, value) for key, value in self.query.items()}
        return f"{address}?{urlencode(asked, doseq=True)}" if asked else address

    def data(self, scene: Scene) -> dict[str, Any]:
        return self.post(scene) if callable(self.post) else dict(self.post or {})

    def prepare(self, scene: Scene) -> None:
        """Bring the scene to where this address can do its work."""
        if self.step:
            order = scene.running.steps.get(key=self.step).order
            Session.objects.filter(pk=scene.running.pk).update(position=order)
        if self.before:
            self.before(scene)


def found(scene: Scene, name: Any) -> Any:
    value = scene.extra.get(name, name) if isinstance(name, str) else name
    return value.pk if isinstance(value, Model) else value


def page(name: str, item: str, may: str, barred: str = "", **more: Any) -> Row:
    return Row(name, item, may, barred, **more)


def verb(name: str, item: str, may: str, barred: str = "", **more: Any) -> Row:
    return Row(name, item, may, barred, get=False, **{"post": {}, **more})


def public(name: str, item: str, **more: Any) -> Row:
    return Row(name, item, EVERYBODY, outside="in", **more)
