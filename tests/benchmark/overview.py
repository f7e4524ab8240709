"""The overview of a large board beside that of one school: python -m tests.benchmark.overview

Runs on SQLite, or on the PostgreSQL that DATABASE_URL names. Builds, in a test database of its own that goes
again, a board of 50 schools with 2,000 staff, groups, meetings and told quarters. Prints statements and time of
the board's page and of a school's, the median of several visits; ends with 1 when the board takes more than 25
statements or more than three times as long.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schools.models import Board, Membership, School, User

SCHOOLS, STAFF = 50, 40
GROUP_OF, MEETINGS = 6, 6
MOST_STATEMENTS, MOST_TIMES = 25, 3.0
VISITS = 9


def build_board(*, schools: int, staff: int, at: dt.datetime) -> tuple[User, Board]:
    """A board's director and the board: ``schools`` of ``staff`` people each, told until ``at``."""
    from coaching.overview.telling import tell_closed_parts
    from schools.models import Board, BoardDirector
    from tests.people import make_person

    board = Board.objects.create(name="Groot bestuur")
    director = make_person("Bestuurder Groot")
    BoardDirector.objects.create(board=board, person=director, valid_from=dt.date(2020, 1, 1))
    for number in range(schools):
        fill_school(board, number, staff, at)
    tell_closed_parts(at)
    return director, board


def fill_school(board: Board, number: int, staff: int, at: dt.datetime) -> None:
    """With every consent, groups that meet, and plans made 40 days ago by all, half or a third of its people."""
    from portfolio.models import ActionPlan
    from schools.models import Consent, ConsentKind, Membership, Role, RoleHeld, School, SchoolYear, User

    school = School.objects.create(name=f"School {number:02}", board=board)
    start = SchoolYear(starts=SchoolYear.start_of(at.date())).first_day
    for kind in ConsentKind:
        Consent.objects.create(school=school, kind=kind, given_by="P", given_at=at - dt.timedelta(days=300))
    people = User.objects.bulk_create(
        User(email=f"p{number}.{each}@example.org", name=f"Persoon {number} {each}") for each in range(staff)
    )
    places = Membership.objects.bulk_create(
        Membership(person=person, school=school, valid_from=start) for person in people
    )
    RoleHeld.objects.bulk_create(RoleHeld(membership=place, role=Role.TEACHER) for place in places)
    ActionPlan.objects.bulk_create(
        ActionPlan(owner=person, intention="Ik ga.", made_at=at - dt.timedelta(days=40))
        for person in people[:: 1 + number % 3]
    )
    for first in range(0, staff, GROUP_OF):
        make_group(school, f"Groep {first}", places[first : first + GROUP_OF], at)


def make_group(school: School, name: str, places: list[Membership], at: dt.datetime) -> None:
    from popgroups.models import GroupMember, Meeting, MeetingState, PopGroup
    from schools.models import SchoolYear

    group = PopGroup.objects.create(school=school, name=name, year=SchoolYear.of(at.date()))
    GroupMember.objects.bulk_create(
        GroupMember(group=group, membership=place, joined_on=place.valid_from) for place in places
    )
    Meeting.objects.bulk_create(
        Meeting(
            group=group,
            starts_at=at + dt.timedelta(weeks=5 * (each - MEETINGS // 2)),
            state=MeetingState.HELD if each < MEETINGS // 2 else MeetingState.PLANNED,
        )
        for each in range(MEETINGS)
    )


def visit(person: User, address: str) -> tuple[int, float]:
    """Statements of one visit, and the median of the milliseconds of several."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, times = Client(), []
    client.force_login(person)
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    asked = len(caught)  # now: the next request empties the log
    for _visit in range(VISITS):
        began = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    return asked, statistics.median(times)


def measure() -> bool:
    from django.urls import reverse
    from django.utils import timezone

    director, board = build_board(schools=SCHOOLS, staff=STAFF, at=timezone.now())
    school = board.schools.earliest("pk")
    of_school, school_ms = visit(director, reverse("school_overview", args=[school.pk]))
    of_board, board_ms = visit(director, reverse("board_overview", args=[board.pk]))
    times = board_ms / school_ms
    print(f"a school of {STAFF} staff: {of_school} statements, {school_ms:.0f} ms")
    print(f"a board of {SCHOOLS} schools, {SCHOOLS * STAFF} staff: {of_board} statements, {board_ms:.0f} ms")
    print(f"{times:.1f} times as long; at most {MOST_STATEMENTS} statements and {MOST_TIMES:.0f} times")
    return of_board <= MOST_STATEMENTS and times <= MOST_TIMES


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'overview.sqlite3'}")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coaching.settings")
        import django

        django.setup()
        from django.conf import settings
        from django.db import connection
        from django.test.utils import setup_databases, setup_test_environment, teardown_databases

        setup_test_environment()
        settings.DEBUG = False
        print(connection.vendor)
        made = setup_databases(verbosity=0, interactive=False)
        try:
            return 0 if measure() else 1
        finally:
            teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
