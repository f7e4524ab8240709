"""Presses buttons as people of the cast, and builds sessions in the state a test needs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client
from django.utils import timezone

from coaching.intervision.models import Contribution, Session, SessionParticipant, SessionStep
from coaching.intervision.writing import contribute
from schools.models import User
from tests.people import Cast, make_meeting, make_session

AT = timezone.now()  # one moment for a whole run; tests pass others in


class Play:
    """A browser for each person; ``press`` posts as the live screen does and asserts what comes back."""

    def __init__(self, session: Session, people: list[User]) -> None:
        self.pk = session.pk
        self.clients: dict[int, Client] = {}
        for person in people:
            self.clients[person.pk] = Client()
            self.clients[person.pk].force_login(person)

    @property
    def session(self) -> Session:
        return Session.objects.get(pk=self.pk)

    @property
    def step(self) -> SessionStep:
        step = self.session.step
        assert step is not None
        return step

    def post(self, person: User, path: str, expect: int = 204, /, **data: Any) -> Any:
        reply = self.clients[person.pk].post(path, data, headers={"HX-Request": "true"})
        assert reply.status_code == expect, (path, reply.status_code, reply.content.decode()[:300])
        return reply

    def press(self, person: User, address: str, expect: int = 204, /, **data: Any) -> Any:
        return self.post(person, f"/sessie/{self.pk}/{address}/", expect, **data)

    def go_on(self, person: User, to: str) -> None:
        self.press(person, "verder", seen=self.session.position)
        assert self.step.key == to

    def read(self, person: User, address: str = "") -> str:
        reply = self.clients[person.pk].get(f"/sessie/{self.pk}/{address}")
        assert reply.status_code == 200, (address, reply.status_code)
        return str(reply.content.decode())

    def write(self, person: User, text: str, expect: int = 204, /, **data: Any) -> Any:
        step = self.session.step
        return self.press(person, "schrijf", expect, text=text, step=step.pk if step else 0, **data)


def session_at(cast: Cast, key: str = "", *, presenter: User | None = None, at: dt.datetime = AT) -> Session:
    """A session of the whole cast that entered step ``key`` at ``at``; its lobby without a key. Noor guides."""
    session = make_session(make_meeting(cast.group), cast.members)
    if presenter:
        session.put(presenter=seat(session, presenter))
    if key:
        session.start(cast.noor, at)
    return move_to(session, key, cast.noor, at) if key else session


def move_to(session: Session, key: str, by: User, at: dt.datetime = AT) -> Session:
    order = session.steps.get(key=key).order
    if order != session.position:
        session.go(order, seen=session.position, by=by, at=at)
    return fresh(session)


def fresh(session: Session) -> Session:
    return Session.objects.get(pk=session.pk)


def seat(session: Session, person: User) -> SessionParticipant:
    return session.participants.select_related("person").get(person=person)


def now_step(session: Session) -> SessionStep:
    step = fresh(session).step
    assert step is not None
    return step


def add(session: Session, person: User, text: str, **more: Any) -> Contribution:
    """A card of ``person`` in the current step, or what ``more`` says."""
    who = seat(session, person)
    values = {"step": now_step(session), "author": who, "written_by": who, "text": text, "at": AT, **more}
    return contribute(fresh(session), **values)
