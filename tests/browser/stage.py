"""Builds the cast in the database of DATABASE_URL and prints what a browser needs, as JSON.

Run by the fixtures as a process of its own, so that the server and the tests share nothing but the database.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coaching.settings")
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from schools.models import Region, Role, School, User  # noqa: E402
from tests import people  # noqa: E402
from tests.migrated import migrate  # noqa: E402


def log_in(person: User) -> str:
    """A session key for ``person``, as if they had logged in."""
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def demo() -> None:
    """The demo school, as somebody new finds it."""
    migrate()
    call_command("seed", verbosity=0, stdout=io.StringIO())
    call_command("demo", verbosity=0, stdout=io.StringIO())
    found = {user.email.split("@")[0]: user for user in User.objects.order_by("-pk")}
    print(json.dumps({"cookies": {name: log_in(user) for name, user in found.items()}}))


def young_school() -> None:
    """A school at the start of its year: a director and a coordinator, and nobody else yet."""
    migrate()
    call_command("seed", verbosity=0, stdout=io.StringIO())
    school = School.objects.create(name="De Zandplaat", brin="12AB", place="Zandvoort", region=Region.NORTH)
    hanneke = people.make_person("Hanneke Smit", school, Role.DIRECTOR)
    karin = people.make_person("Karin Bos", school, Role.COORDINATOR, Role.TEACHER)
    people.consent(school)
    cookies = {"hanneke": log_in(hanneke), "karin": log_in(karin)}
    print(json.dumps({"school": school.pk, "cookies": cookies}))


STAGES = {"demo": demo, "young_school": young_school}


def main() -> None:
    migrate()
    call_command("createcachetable", verbosity=0)
    people.make_method()
    cast = people.build()
    cast.noor.set_password("een-goed-wachtwoord")
    cast.noor.save()
    meeting = people.make_meeting(cast.group)
    later = people.make_meeting(cast.group, starts_at=timezone.now() + dt.timedelta(days=28))
    members = {name: person for name, person in vars(cast).items() if isinstance(person, User)}
    print(
        json.dumps(
            {
                "meeting": meeting.pk,
                "next_meeting": later.pk,
                "group": cast.group.pk,
                "school": cast.zandplaat.pk,
                "cookies": {name: log_in(person) for name, person in members.items()},
                "ids": {name: person.pk for name, person in members.items()},
            }
        )
    )


if __name__ == "__main__":
    STAGES.get(sys.argv[-1], main)()
