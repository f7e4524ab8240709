"""Building the demo, in the order in which it would have happened."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from coaching.intervision.models import Method
from coaching.intervision.seeding import seed_methods
from coaching.lib.states import MoveRefused
from coaching.overview.telling import tell_closed_parts
from schools.models import LiveChange, School, SchoolYear

from .about_me import tell_about_noor
from .around import ask_newcomer_in, clean_up, prepare_todays_case, share_a_plan, write_entries
from .calendar import moment
from .development import write_pops
from .group_plans import write_group_plans
from .groups import GROUPS, GroupText, Series, plan_group
from .hours import book_by_hand, correct_one, date_the_books, set_apart_hours
from .introduction import introduce
from .keepsakes import keep_things
from .map import draw_map, write_school_plan
from .people import Cast, give_consent, invitations_went_out, invite_colleague, make_cast
from .planning import plan_ahead
from .reviews import review_plans
from .school_agreement import agree_on_sight, fill_in_dossier
from .sessions import play_series
from .survey import hold_surveys
from .talents import tell_talents
from .talks import plan_talks

STAFF_SINCE_YEARS = 2  # longer ago than the oldest meeting


def build_demo(now: dt.datetime) -> bool:
    """Make the demo, all or nothing; False when it is there already.

    Raises MoveRefused in a database that holds a real school.
    """
    if School.objects.filter(is_demo=False).exists():
        raise MoveRefused(
            _("This database holds a real school. The demo only goes into a database of its own.")
        )
    if School.objects.exists():
        return False
    with translation.override("nl"), transaction.atomic():
        if not Method.objects.filter(school=None).exists():
            seed_methods()
        tell(now, timezone.localdate(now))
        LiveChange.objects.all().delete()  # no screen waits for what happened long ago
    return True


def tell(now: dt.datetime, today: dt.date) -> None:
    since = dt.date(SchoolYear.of(today).starts - STAFF_SINCE_YEARS, 8, 1)
    cast = make_cast(since)
    give_consent(cast, moment(since + dt.timedelta(days=30), 16))
    write_school_plan(cast)
    fill_in_dossier(cast, moment(since + dt.timedelta(days=25), 16))
    agree_on_sight(cast, moment(since + dt.timedelta(days=40), 16))
    set_apart_hours(cast, today, STAFF_SINCE_YEARS)
    for text in GROUPS:
        newest = tell_group(cast, text, now, today)
        if text.starts_now:
            ask_newcomer_in(cast, newest.group, now)
            prepare_todays_case(cast, newest, now)
    date_the_books()
    book_by_hand(cast, today)
    correct_one(cast)
    write_entries(cast, today)
    share_a_plan(cast, now, today)
    tell_talents(cast, today)
    draw_map(cast, today)
    keep_things(cast, today, now)
    write_pops(cast, today)
    plan_talks(cast, now, today)
    write_group_plans(cast, today)
    tell_about_noor(cast, today)
    invite_colleague(cast, now - dt.timedelta(days=1))
    plan_ahead(cast, today)
    review_plans(cast, today)
    introduce(cast, today)
    tell_closed_parts(now)
    clean_up(today)
    invitations_went_out(now - dt.timedelta(days=7))
    hold_surveys(cast, now)


def tell_group(cast: Cast, text: GroupText, now: dt.datetime, today: dt.date) -> Series:
    """Returns the group of today with its meetings."""
    years = plan_group(cast, text, now, today)
    for series in years:
        play_series(cast, series)
    return years[-1]
