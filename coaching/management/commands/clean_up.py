"""manage.py clean_up: what has to go, goes. Meant to run every night."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

from django.contrib.sessions.models import Session as LogIn
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from coaching.intervision.closing import end_forgotten
from coaching.intervision.erasing import (
    due_for_erasing,
    erase_notes,
    forget_old_cases,
    stray_drafts,
)
from coaching.introduction.attended import forget_who_was_at_trainings
from coaching.introduction.handing_over import settle_hand_overs
from coaching.lib.emptied_log import flush_erased
from coaching.lib.kept_files import sweep_strays
from coaching.overview.telling import tell_closed_parts
from coaching.taking_along.waiting import forget_old as forget_brought
from popgroups.celebrations import forget_celebrations
from popgroups.erasing import forget_answers, forget_attendance
from popgroups.erasing import stray_drafts as stray_drafts_of_group_plans
from popgroups.maps import forget_contributions
from popgroups.plan_support import follow_members
from popgroups.plan_taken_away import forget_taken_away
from portfolio.erasing import forget_replaced_lists, forget_talks
from portfolio.erasing import stray_drafts as stray_drafts_of_portfolios
from schools.feeds import forget_feeds_of_closed_accounts
from schools.hours import forget_old_hours
from schools.models import LiveChange, Submission
from schools.outbox import forget_old_mail, forget_old_rows
from schools.school_agreements import forget_acceptances
from schools.staff_imports import forget_old_lists
from schools.surveys import forget_held_back

SUBMISSIONS_KEPT = dt.timedelta(days=2)
LIVE_CHANGES_KEPT = dt.timedelta(days=1)


class Command(BaseCommand):
    help = "Erases notes and hours past their term, old traces and lists, sent mail's text and ended log-ins."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")

    def handle(self, *args: Any, dry_run: bool = False, **options: Any) -> None:
        with transaction.atomic() if dry_run else nullcontext():
            for line in clean_up(timezone.now()):
                self.stdout.write(line)
            if dry_run:
                transaction.set_rollback(True)
        flush_erased()
        self.stdout.write("Dry run: nothing was changed." if dry_run else "Done.")


def clean_up(now: dt.datetime) -> Iterator[str]:
    """Do it all, saying what was done. A session is named by its number: its meeting is nobody's business."""
    for session in end_forgotten(now):
        yield f"Session {session.pk}: was left open, {session.state}."
    for session in due_for_erasing(timezone.localdate(now)):
        erase_notes(session, now)
        yield f"Session {session.pk}: working notes erased, due {session.erased_on()}."
    yield f"{forget_old_cases(timezone.localdate(now))} prepared cases of meetings past their term."
    yield f"{stray_drafts().delete()[0]} late drafts of erased sessions."
    yield f"{stray_drafts_of_portfolios().delete()[0]} late drafts of deleted plans, entries and quadrants."
    yield f"{stray_drafts_of_group_plans().delete()[0]} late drafts of goals and activities that a group took away."
    yield f"{forget_taken_away(now)} goals and activities that a group took away and did not put back."
    yield f"{forget_replaced_lists()} old lists of competences that nobody used."
    yield f"{forget_talks(now)} talks past their term, or of people who left."
    yield f"{sweep_strays(now)} uploaded files that belong to nothing."
    yield f"{forget_brought(now)} portfolios that were brought along and not read in."
    yield f"{Submission.objects.filter(at__lt=now - SUBMISSIONS_KEPT).delete()[0]} marks of sent forms."
    yield f"{LiveChange.objects.filter(at__lt=now - LIVE_CHANGES_KEPT).delete()[0]} live changes."
    # Before lines of hours past their term go: a part of a year is told from them.
    yield f"{tell_closed_parts(now)} spans of a closed quarter told in the overview."
    yield f"{forget_old_hours(timezone.localdate(now))} lines of hours past their term."
    yield f"{forget_answers(now)} answers to meetings of a while ago."
    yield f"{settle_hand_overs(now)} hand-overs whose day came."
    yield f"{forget_who_was_at_trainings(now)} presences at trainings without consent or past their term."
    yield f"{forget_celebrations()} shared successes of people who left the group."
    yield f"{forget_contributions(now)} contributions to maps of people who left the group."
    yield f"{forget_attendance(now)} presences without consent or past their term."
    yield f"{follow_members(now)} budgets that follow who is in a group with promised hours."
    yield f"{forget_acceptances(timezone.localdate(now))} yeses to the school's agreement of people who left."
    yield f"{forget_old_lists(now)} staff lists past their term."
    yield f"{forget_old_mail(now)} texts of mail that could not be sent."
    yield f"{forget_old_rows(now)} mails past their term, with their address and subject."
    yield f"{forget_held_back(now)} counts of surveys that were held back for two years."
    yield f"{forget_feeds_of_closed_accounts()} calendar addresses of closed accounts."
    yield f"{LogIn.objects.filter(expire_date__lt=now).delete()[0]} ended log-ins."
