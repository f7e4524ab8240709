"""What is kept, why, on which ground and for how long: the terms come from where the program keeps to them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from popgroups.erasing import ANSWERS_KEPT
from schools.hours import YEARS_KEPT_BEFORE
from schools.models.imports import REPORT_KEPT, WAITING_KEPT
from schools.outbox import KEPT_DAYS, ROWS_KEPT_DAYS

from .parts import Part, Table

# What, why, ground (article 6.1 of the GDPR), how long.
ROWS = (
    (
        gettext_lazy("name, e-mail address, language, log-in"),
        gettext_lazy("logging in, mails about meetings"),
        "b",
        gettext_lazy("while somebody works here; then it is handed over to them and erased within %(blank)s"),
    ),
    (
        gettext_lazy("function, roles, work days, working time factor (wtf)"),
        gettext_lazy("planning, hours, who may what"),
        "b",
        gettext_lazy("while somebody works here; then as above"),
    ),
    (
        gettext_lazy("groups, dates, place and length of meetings"),
        gettext_lazy("planning"),
        "b",
        gettext_lazy("as long as the school keeps its year plans: %(blank)s"),
    ),
    (
        gettext_lazy("who said to come or not to come"),
        gettext_lazy("planning"),
        "b",
        gettext_lazy("%(answers)s days after the meeting"),
    ),
    (
        gettext_lazy("words of a session: case, questions, hypotheses, tips"),
        gettext_lazy("learning from each other"),
        "f",
        gettext_lazy("%(notes_days)s days after the session, at most until the end of the school year"),
    ),
    (
        gettext_lazy("action plans (PAP), POP, portfolio, talents, own notes"),
        gettext_lazy("one's own development"),
        "c, f",
        gettext_lazy("until their owner erases them"),
    ),
    (
        gettext_lazy("who was there, hours per person"),
        gettext_lazy("hours of the annual task"),
        "b",
        gettext_lazy("their school year and %(years)s after it; only while the PMR agrees"),
    ),
    (
        gettext_lazy("plans of groups (GOP) and what was answered"),
        gettext_lazy("development of the school"),
        "f",
        gettext_lazy("one period of the school plan: %(blank)s"),
    ),
    (
        gettext_lazy("answers to surveys"),
        gettext_lazy("seeing whether it helps"),
        "f",
        gettext_lazy("not tied to a person; only while the PMR agrees"),
    ),
    (
        gettext_lazy("mails on their way"),
        gettext_lazy("telling people"),
        "b",
        gettext_lazy(
            "the text until it is sent, at most %(mail)s days; to whom and about what: %(mail_rows)s days"
        ),
    ),
    (
        gettext_lazy("staff lists that were read in"),
        gettext_lazy("making accounts"),
        "b",
        gettext_lazy("%(waiting)s days while they wait, %(report)s days as a report"),
    ),
    (
        gettext_lazy("who agreed to what: agreements, consent of the PMR"),
        gettext_lazy("being able to show it"),
        "f",
        gettext_lazy("while somebody works here; taking back your own yes erases it"),
    ),
)


def terms(words: dict[str, str]) -> Part:
    known: dict[str, Any] = {
        **words,
        "answers": ANSWERS_KEPT.days,
        "years": YEARS_KEPT_BEFORE,
        "mail": KEPT_DAYS,
        "mail_rows": ROWS_KEPT_DAYS,
        "waiting": WAITING_KEPT.days,
        "report": REPORT_KEPT.days,
    }
    rows = [(str(what), str(why), ground, str(term) % known) for what, why, ground, term in ROWS]
    head = (_("What is kept"), _("What for"), _("Ground"), _("How long"))
    backups = _("Back-ups keep what was erased for %(backup_days)s more days.") % words
    letters = _("The letters are those of article 6.1 of the GDPR: b agreement, c legal duty, f interest.")
    return Part(
        key="terms",
        title=_("What is kept, and for how long"),
        lines=[letters, backups],
        table=Table(_("What is kept, what for, and for how long"), head, rows, "terms"),
    )
