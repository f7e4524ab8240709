"""The cast: two schools of one board and one elsewhere, and plain builders for everything around them.

Every role of the access table is somebody here. ``build()`` makes them all; tests reload a person with
``again(person)`` when roles changed, since roles are read once per instance.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.test import Client
from django.utils import timezone

from coaching.intervision.models import Method, Session
from coaching.intervision.seeding import seed_method
from coaching.intervision.shipped import METHODS
from popgroups.models import Agreement, GroupKind, GroupMember, Meeting, PopGroup
from portfolio.models import Competence, TalentScore
from schools.models import (
    Board,
    BoardDirector,
    Consent,
    ConsentKind,
    Membership,
    Role,
    RoleHeld,
    School,
    SchoolYear,
    User,
)


@dataclass
class Cast:
    board: Board
    zandplaat: School  # the school of the group; its PMR has consented
    duin: School  # same board; no consent
    vaart: School  # elsewhere
    noor: User  # member, guides
    samir: User  # member, brings in the case
    tom: User  # member
    lieke: User  # member
    esra: User  # member
    late: User  # became a member after the session
    gone: User  # was a member, left before the session
    ilse: User  # teacher in the same school, in no group
    karin: User  # coordinator, not in the group
    hanneke: User  # director
    bram: User  # director of the board
    olaf: User  # outside consultant of the school
    vera: User  # teacher at the school elsewhere
    group: PopGroup

    @property
    def members(self) -> list[User]:
        return [self.noor, self.samir, self.tom, self.lieke, self.esra]


def make_person(name: str, school: School | None = None, *roles: Role, since: dt.date | None = None) -> User:
    person = User.objects.create_user(f"{name.lower().replace(' ', '.')}@example.org", name)
    if school:
        make_membership(person, school, *(roles or (Role.TEACHER,)), since=since)
    return person


def make_membership(person: User, school: School, *roles: Role, since: dt.date | None = None) -> Membership:
    since = since or timezone.localdate() - dt.timedelta(days=400)
    membership = Membership.objects.create(person=person, school=school, valid_from=since)
    RoleHeld.objects.bulk_create([RoleHeld(membership=membership, role=role) for role in roles])
    return membership


def make_group(school: School, name: str, people: list[User], *, joined: dt.date | None = None) -> PopGroup:
    year = SchoolYear.of(timezone.localdate())
    group = PopGroup.objects.create(school=school, name=name, kind=GroupKind.BOUW, year=year)
    for person in people:
        make_place(group, person, joined=joined)
    Agreement.objects.create(group=group, version=1, text="Wat hier gezegd wordt, blijft hier.")
    return group


def make_place(
    group: PopGroup, person: User, *, joined: dt.date | None = None, left: dt.date | None = None
) -> GroupMember:
    joined = joined or timezone.localdate() - dt.timedelta(days=200)
    membership = person.memberships.get()
    return GroupMember.objects.create(
        group=group, membership=membership, proposed_on=joined, joined_on=joined, left_on=left
    )


def make_meeting(group: PopGroup, *, starts_at: dt.datetime | None = None, minutes: int = 60) -> Meeting:
    starts_at = starts_at or timezone.now() + dt.timedelta(minutes=10)
    return Meeting.objects.create(group=group, starts_at=starts_at, minutes=minutes, place="lokaal 12")


def make_method(key: str = "pop_basis") -> Method:
    """The shipped method ``key`` as rows."""
    known = Method.objects.filter(key=key, school=None).first()
    return known or seed_method(next(text for text in METHODS if text.key == key), order=1)


def make_session(meeting: Meeting, people: list[User], *, running: bool = False) -> Session:
    """A session in its lobby with ``people`` present: the first guides. ``running`` starts it."""
    session = Session.open(meeting, make_method())
    for person in people:
        session.join(person, timezone.now())
    first = session.participants.order_by("pk").first()
    session.put(facilitator=first)
    if running:
        session.start(people[0], timezone.now())
    return session


def consent(school: School, kind: ConsentKind = ConsentKind.ATTENDANCE) -> Consent:
    return Consent.objects.create(school=school, kind=kind, given_by="Petra de Boer")


def log_in(person: User) -> str:
    """The key of a log-in of ``person``, as a browser would carry it."""
    browser = Client()
    browser.force_login(person)
    return str(browser.session.session_key)


def again(person: User) -> User:
    return User.objects.get(pk=person.pk)


def settle_in(person: User) -> None:
    """They know their way: a first visit no longer asks for attention."""
    named = Competence.objects.create(owner=person, title_nl="Muziek")
    TalentScore.objects.create(owner=person, competence=named, good=8, fun=8)


def build() -> Cast:
    board = Board.objects.create(name="Kustscholen")
    zandplaat = School.objects.create(name="De Zandplaat", board=board, brin="12AB", place="Zandvoort")
    duin = School.objects.create(name="Het Duin", board=board, brin="13CD", place="Bloemendaal")
    vaart = School.objects.create(name="De Vaart", brin="21EF", place="Assen")
    people = {
        "noor": make_person("Noor de Wit", zandplaat),
        "samir": make_person("Samir Haddou", zandplaat),
        "tom": make_person("Tom Veenstra", zandplaat),
        "lieke": make_person("Lieke Jansen", zandplaat),
        "esra": make_person("Esra Kaya", zandplaat),
        "late": make_person("Linde Later", zandplaat),
        "gone": make_person("Gerrit Weg", zandplaat),
        "ilse": make_person("Ilse Bakker", zandplaat),
        "karin": make_person("Karin Bos", zandplaat, Role.TEACHER, Role.COORDINATOR),
        "hanneke": make_person("Hanneke Smit", zandplaat, Role.DIRECTOR),
        "bram": make_person("Bram Bestuur"),
        "olaf": make_person("Olaf Berg", zandplaat, Role.CONSULTANT),
        "vera": make_person("Vera Elders", vaart),
    }
    BoardDirector.objects.create(board=board, person=people["bram"], valid_from=dt.date(2020, 1, 1))
    consent(zandplaat)
    group = make_group(zandplaat, "Bovenbouw", [people[n] for n in ("noor", "samir", "tom", "lieke", "esra")])
    make_place(group, people["gone"], left=timezone.localdate() - dt.timedelta(days=60))
    return Cast(board=board, zandplaat=zandplaat, duin=duin, vaart=vaart, group=group, **people)
