"""The schools of the demo with their people, roles, working times and the consent of the PMR."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from schools.consents import confirm, make_link
from schools.invitations import invite
from schools.models import (
    Board,
    BoardDirector,
    ConsentKind,
    Fte,
    Function,
    Membership,
    OutgoingMail,
    Role,
    RoleHeld,
    School,
    User,
)

from .cast import BOARD, PEOPLE, SCHOOLS, Person, SchoolText
from .log_ins import PASSWORD

CONSENT_NOTE = "Besproken in de PMR-vergadering. We kijken er na een jaar samen op terug."


@dataclass
class Cast:
    """Everybody made so far, by key."""

    schools: dict[str, School] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    places: dict[str, Membership] = field(default_factory=dict)


def make_cast(since: dt.date) -> Cast:
    cast = Cast()
    board = Board.objects.create(name=BOARD)
    for text in SCHOOLS:
        cast.schools[text.key] = make_school(text, board)
    hashed = make_password(PASSWORD)  # once: a slow hash for each would cost more than all the rest
    for person in PEOPLE:
        make_person(cast, person, hashed, since)
    BoardDirector.objects.create(board=board, person=cast.users["bram"], valid_from=since)
    return cast


def make_school(text: SchoolText, board: Board) -> School:
    return School.objects.create(
        name=text.name,
        brin=text.brin,
        place=text.place,
        sector=text.sector,
        region=text.region,
        confidant=text.confidant,
        board=board if text.in_board else None,
        is_demo=True,
    )


def make_person(cast: Cast, person: Person, hashed: str, since: dt.date) -> None:
    user = User.objects.create_user(person.email, person.name)
    user.password = hashed
    user.save(update_fields=["password"])
    cast.users[person.key] = user
    if person.school:
        school = cast.schools[person.school]
        stay = {"function": person.function, "work_days": person.work_days, "valid_from": since}
        place = Membership.objects.create(person=user, school=school, **stay)
        RoleHeld.objects.bulk_create(RoleHeld(membership=place, role=role) for role in person.roles)
        Fte.objects.create(membership=place, valid_from=since, value=Decimal(person.fte))
        cast.places[person.key] = place


def give_consent(cast: Cast, at: dt.datetime) -> None:
    """The PMR of De Zandplaat said yes to hours, overview and surveys; Het Duin has still to be asked."""
    school, member = cast.schools["zandplaat"], cast.users["petra"]
    link, _token = make_link(school, member.name, member.email, cast.users["hanneke"], at)
    confirm(link, list(ConsentKind), CONSENT_NOTE, at + dt.timedelta(days=1))
    as_sent(member.email, at)


def invite_colleague(cast: Cast, at: dt.datetime) -> None:
    """An invitation that still waits for its answer; the mail with its link is in the demo's mailbox."""
    email = "marieke@zandplaat.example"
    school, by = cast.schools["zandplaat"], cast.users["karin"]
    invite(school, "Marieke Groen", email, Role.TEACHER, Function.TEACHER, by, at)
    as_sent(email, at)


def as_sent(email: str, at: dt.datetime) -> None:
    """Invented addresses: no mail server should ever be bothered with them."""
    OutgoingMail.objects.filter(to=email).update(made_at=at, sent_at=timezone.now())


def invitations_went_out(at: dt.datetime) -> None:
    """The mails about coming meetings, in the demo's mailbox as if they went a while ago."""
    OutgoingMail.objects.filter(key__isnull=False).update(made_at=at, sent_at=timezone.now())
