"""Builds a session for each race in the database of DATABASE_URL and prints their ids and log-ins, as JSON.

Run as a process of its own, so that the tests share nothing with the server but the database.
"""

from __future__ import annotations

import json
import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coaching.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from coaching.intervision.models import Session  # noqa: E402
from tests import people  # noqa: E402
from tests.browser.stage import log_in  # noqa: E402
from tests.migrated import migrate  # noqa: E402
from tests.people import Cast, make_meeting  # noqa: E402

from .play import add, fresh, session_at  # noqa: E402

TIPS = ("tom", "lieke", "esra", "noor")


def lobby_of_one(cast: Cast) -> Session:
    session = people.make_session(make_meeting(cast.group), [cast.noor])
    session.put(facilitator=None)
    return session


def in_parade(cast: Cast) -> Session:
    session = session_at(cast, "tip_parade", presenter=cast.samir)
    for name in TIPS:
        add(session, getattr(cast, name), f"Tip van {name}.")
    return session


def scenes(cast: Cast) -> dict[str, Any]:
    choice = session_at(cast, "choice")
    case = add(choice, cast.samir, "Het wordt onrustig bij elke overgang.")
    writing = session_at(cast, "hypothesis", presenter=cast.samir)
    return {
        "next": session_at(cast, "look_back", presenter=cast.samir, at=timezone.now()).pk,
        "last": session_at(cast, "close").pk,
        "start": session_at(cast).pk,
        "join": lobby_of_one(cast).pk,
        "parade": in_parade(cast).pk,
        "choice": choice.pk,
        "case": case.pk,
        "write": writing.pk,
        "step": fresh(writing).step.pk,  # type: ignore[union-attr]
        "meeting": make_meeting(cast.group).pk,
        "method": people.make_method().pk,
    }


def main() -> None:
    migrate()
    call_command("createcachetable", verbosity=0)
    cast = people.build()
    cookies = {name: log_in(getattr(cast, name)) for name in ("noor", "samir", "tom", "lieke", "esra")}
    print(json.dumps({**scenes(cast), "cookies": cookies}))


if __name__ == "__main__":
    main()
