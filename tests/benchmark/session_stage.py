"""Fills an empty database (DATABASE_URL) with running sessions of six people, and prints them as JSON.

    python -m tests.benchmark.session_stage --sessions 84
    python -m tests.benchmark.session_stage --changes

The second prints when each change of these sessions was written. Run by session_load.py as a process of its own.
Half of the sessions are in the analysis, half in the middle of
the TIP-parade; every person gets a log-in and the cookie that opens the live addresses.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coaching.settings")
django.setup()

from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from coaching.intervision.models import Session, SessionStep  # noqa: E402
from coaching.intervision.writing import contribute, show_next_tip  # noqa: E402
from coaching.lib.live.seat import Seat, sign  # noqa: E402
from schools.models import LiveChange, School, User  # noqa: E402
from tests import people  # noqa: E402
from tests.browser.stage import log_in  # noqa: E402
from tests.migrated import migrate  # noqa: E402

PEOPLE = 6
CARD = "Ik zou een week lang bij de deur staan en iedereen bij de naam begroeten, ook als het druk is."
SHOWN_TIPS = 4


def write_cards(session: Session, step: SessionStep) -> None:
    """Two cards of everybody but the presenter; of a parade the first few are on the screen already."""
    at = timezone.now()
    for number in (1, 2):
        for author in session.participants.exclude(pk=session.presenter_id or 0):
            contribute(session, step=step, author=author, written_by=author, text=f"{number}. {CARD}", at=at)
    for seen in range(SHOWN_TIPS if step.is_parade else 0):
        show_next_tip(session, step, at, seen=seen)


def make_running(school: School, number: int, key: str) -> tuple[Session, list[User]]:
    names = ("Noor", "Samir", "Tom", "Lieke", "Esra", "Joris")
    members = [people.make_person(f"{name} Nummer{number}", school) for name in names[:PEOPLE]]
    group = people.make_group(school, f"Groep {number}", members)
    session = people.make_session(people.make_meeting(group), members, running=True)
    step = next(step for step in session.route if step.key == key)
    session.put(
        presenter=session.participants.get(person=members[1]), question="Hoe krijg ik rust in de klas?"
    )
    session.go(step.order, seen=session.position, by=members[0], at=timezone.now())
    session.refresh_from_db()
    write_cards(session, step)
    return session, members


def active_log_in(person: User) -> str:
    """The log-in of somebody who was on the site just now."""
    store = SessionStore(log_in(person))
    store["active_at"] = int(time.time())
    store.save()
    return str(store.session_key)


def told(session: Session, members: list[User]) -> dict[str, Any]:
    """What a load needs to be these people: ids, log-ins, live cookies."""
    step = session.step
    cards = session.steps.filter(contributions__shown_at__isnull=False).values_list(
        "contributions", flat=True
    )
    return {
        "channel": session.channel,
        "step": step.pk if step else 0,
        "position": session.position,
        "parade": bool(step and step.is_parade),
        "cards": list(cards),
        "logins": (logins := [active_log_in(person) for person in members]),
        "seats": [
            sign(Seat(session.channel, person.pk, person.get_session_auth_hash(), key))
            for person, key in zip(members, logins, strict=True)
        ],
    }


def written() -> list[tuple[str, int, float]]:
    """Channel, version and moment (seconds since 1970) of each change, just before its commit."""
    rows = LiveChange.objects.values_list("channel", "version", "at")
    return [(channel, version, at.timestamp()) for channel, version, at in rows]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sessions", type=int, default=84)
    parser.add_argument("--changes", action="store_true")
    options = parser.parse_args()
    if options.changes:
        return print(json.dumps(written()))
    count = options.sessions
    migrate()
    call_command("createcachetable", verbosity=0)
    if User.objects.exists():
        raise SystemExit("this database is in use: name an empty one")
    with transaction.atomic():
        school = School.objects.create(name="De Zandplaat", place="Zandvoort")
        people.make_method()
        made = [make_running(school, n, ("analysis", "tip_parade")[n % 2]) for n in range(count)]
        print(json.dumps([told(session, members) for session, members in made]))


if __name__ == "__main__":
    main()
