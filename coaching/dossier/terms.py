"""What is kept, why, on which ground and for how long: the terms come from where the program keeps to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.taking_along.waiting import KEPT as BROUGHT_KEPT
from popgroups.erasing import ANSWERS_KEPT
from popgroups.models import TAKEN_AWAY_KEPT
from portfolio.erasing import KEPT_AFTER_LEAVING
from schools.hours import YEARS_KEPT_BEFORE
from schools.models.imports import REPORT_KEPT, WAITING_KEPT
from schools.outbox import KEPT_DAYS, ROWS_KEPT_DAYS
from schools.surveys import KEPT as HELD_BACK_KEPT

from .parts import Part, Table


@dataclass(frozen=True)
class Row:
    """``ground``: of article 6.1 of the GDPR. ``forgotten_by``: what of clean_up keeps to the term."""

    what: Any
    why: Any
    ground: str
    term: Any
    forgotten_by: tuple[str, ...] = ()


ROWS = (
    Row(
        gettext_lazy("name, e-mail address, language, log-in"),
        gettext_lazy("logging in, mails about meetings"),
        "b",
        gettext_lazy("while somebody works here; then it is handed over to them and erased within %(blank)s"),
        ("forget_feeds_of_closed_accounts",),
    ),
    Row(
        gettext_lazy("function, roles, work days, working time factor (wtf)"),
        gettext_lazy("planning, hours, who may what"),
        "b",
        gettext_lazy("while somebody works here; then as above"),
    ),
    Row(
        gettext_lazy("groups, dates, place and length of meetings"),
        gettext_lazy("planning"),
        "b",
        gettext_lazy("as long as the school keeps its year plans: %(blank)s"),
    ),
    Row(
        gettext_lazy("who said to come or not to come"),
        gettext_lazy("planning"),
        "b",
        gettext_lazy("%(answers)s days after the meeting"),
        ("forget_answers",),
    ),
    Row(
        gettext_lazy("words of a session: case, questions, hypotheses, tips"),
        gettext_lazy("learning from each other"),
        "f",
        gettext_lazy("%(notes_days)s days after the session, at most until the end of the school year"),
        ("forget_old_cases",),
    ),
    Row(
        gettext_lazy("action plans (PAP), POP, portfolio, talents, own notes"),
        gettext_lazy("one's own development"),
        "c, f",
        gettext_lazy("until their owner erases them"),
    ),
    Row(
        gettext_lazy("portfolios that somebody brings along, until they are read in"),
        gettext_lazy("one's own development"),
        "c, f",
        gettext_lazy("%(brought)s hour"),
        ("forget_brought",),
    ),
    Row(
        gettext_lazy("successes that somebody shares on the wall of a group"),
        gettext_lazy("learning from each other"),
        "f",
        gettext_lazy("until their owner takes them down or leaves the group"),
        ("forget_celebrations",),
    ),
    Row(
        gettext_lazy("what a member puts in the map of have and need of a group"),
        gettext_lazy("learning from each other"),
        "f",
        gettext_lazy("until they take it back or leave the group"),
        ("forget_contributions",),
    ),
    Row(
        gettext_lazy("talks with the director: dates, agreements, and a preparation of one's own"),
        gettext_lazy("one's own development"),
        "b",
        gettext_lazy("their school year and %(years)s after it; %(talks)s days after somebody left"),
        ("forget_talks",),
    ),
    Row(
        gettext_lazy("who was there, hours per person"),
        gettext_lazy("hours of the annual task"),
        "b",
        gettext_lazy("their school year and %(years)s after it; only while the PMR agrees"),
        ("forget_attendance", "forget_old_hours"),
    ),
    Row(
        gettext_lazy("who takes part in the design of the introduction, and who was at its trainings"),
        gettext_lazy("introducing collegial coaching"),
        "f",
        gettext_lazy(
            "taking part: until they step out; trainings: their school year and %(years)s after it, only "
            "while the PMR agrees"
        ),
        ("forget_who_was_at_trainings",),
    ),
    Row(
        gettext_lazy("plans of groups (GOP) and what was answered"),
        gettext_lazy("development of the school"),
        "f",
        gettext_lazy("one period of the school plan: %(blank)s"),
    ),
    Row(
        gettext_lazy("what a group took away from its plan (GOP)"),
        gettext_lazy("putting back what went by mistake"),
        "f",
        gettext_lazy("%(taken_away)s days"),
        ("forget_taken_away",),
    ),
    Row(
        gettext_lazy("answers to surveys"),
        gettext_lazy("seeing whether it helps"),
        "f",
        gettext_lazy("not tied to a person; only while the PMR agrees"),
    ),
    Row(
        gettext_lazy("counts of surveys that are not shown, as too few answered"),
        gettext_lazy("seeing whether it helps"),
        "f",
        gettext_lazy("%(held_back)s days after the survey"),
        ("forget_held_back",),
    ),
    Row(
        gettext_lazy("mails on their way"),
        gettext_lazy("telling people"),
        "b",
        gettext_lazy(
            "the text until it is sent, at most %(mail)s days; to whom and about what: %(mail_rows)s days"
        ),
        ("forget_old_mail", "forget_old_rows"),
    ),
    Row(
        gettext_lazy("staff lists that were read in"),
        gettext_lazy("making accounts"),
        "b",
        gettext_lazy("%(waiting)s days while they wait, %(report)s days as a report"),
        ("forget_old_lists",),
    ),
    Row(
        gettext_lazy("who agreed to what: agreements, consent of the PMR"),
        gettext_lazy("being able to show it"),
        "f",
        gettext_lazy("while somebody works here; taking back your own yes erases it"),
        ("forget_acceptances",),
    ),
)
OF_NOBODY = {"forget_replaced_lists"}  # lists of competences that nobody named anything with


def terms(words: dict[str, str]) -> Part:
    known: dict[str, Any] = {
        **words,
        "answers": ANSWERS_KEPT.days,
        "years": YEARS_KEPT_BEFORE,
        "mail": KEPT_DAYS,
        "mail_rows": ROWS_KEPT_DAYS,
        "waiting": WAITING_KEPT.days,
        "report": REPORT_KEPT.days,
        "talks": KEPT_AFTER_LEAVING.days,
        "brought": BROUGHT_KEPT.seconds // 3600,
        "taken_away": TAKEN_AWAY_KEPT,
        "held_back": HELD_BACK_KEPT.days,
    }
    rows = [(str(row.what), str(row.why), row.ground, str(row.term) % known) for row in ROWS]
    head = (_("What is kept"), _("What for"), _("Ground"), _("How long"))
    backups = _("Back-ups keep what was erased for %(backup_days)s more days.") % words
    letters = _("The letters are those of article 6.1 of the GDPR: b agreement, c legal duty, f interest.")
    return Part(
        key="terms",
        title=_("What is kept, and for how long"),
        lines=[letters, backups],
        table=Table(_("What is kept, what for, and for how long"), head, rows, "terms"),
    )
