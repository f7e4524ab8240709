"""Home on GOPs: what waits for the director, what the director answered, and when a plan is looked back on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.lib.markup import day as in_words
from popgroups.models import AnswerKind, GroupPlanState

from .home_next import Next
from .today import Today

NEWS_FOR = dt.timedelta(days=14)
REMIND_BEFORE = dt.timedelta(days=14)
WAITING, RUNNING = GroupPlanState.SUBMITTED, GroupPlanState.RUNNING


# -- for the director --------------------------------------------------------------------------------------


def plan_waits(today: Today) -> Next | None:
    """The one that waits longest."""
    waiting = [version for version in today.plans_directed if version.plan.state == WAITING]
    if not waiting:
        return None
    days = (today.day - timezone.localdate(waiting[0].made_at)).days
    more = len(waiting) - 1
    text = _("Read the plan and choose: agreed, agreed provided that ..., or let us talk.")
    if waiting[0].number > 1:
        text = _("Read what changed and say: agreed, agreed provided that, or let us talk.")
    if more:
        text += " " + ngettext("%(n)s more waits.", "%(n)s more wait.", more) % {"n": more}
    return Next(
        label=ngettext("waits %(n)s day", "waits %(n)s days", days) % {"n": days} if days else _("New"),
        title=_("The GOP of %(group)s waits for your answer") % {"group": waiting[0].plan.group.name},
        text=text,
        url=reverse("plan_version", args=[waiting[0].pk]),
        action=_("Read the GOP"),
    )


def plan_dates(today: Today) -> Next | None:
    """A look back that comes near, of a plan that runs; as it was handed in."""
    for version, label, on in looks_ahead(today.plans_directed, today.day):
        return Next(
            label=label,
            title=_("%(group)s looks back on its GOP") % {"group": version.plan.group.name},
            text=_("Planned for %(day)s. The group hands in what it finds; you read it here.")
            % {"day": in_words(on)},
            url=reverse("plan_version", args=[version.pk]),
            action=_("Read the GOP"),
            quiet=True,
        )
    return None


# -- for the group -----------------------------------------------------------------------------------------


def plan_answered(today: Today) -> Next | None:
    for version in reversed(today.plans_of_groups):
        told = answer_to_read(version, today.at)
        if told:
            return told
    return None


def answer_to_read(version: Any, at: dt.datetime) -> Next | None:
    """While the group is asked to talk; else for two weeks after the answer."""
    asks = version.answer == AnswerKind.IN_TALK and version.plan.state == GroupPlanState.IN_TALK
    if not version.answer or not (asks or version.answered_at > at - NEWS_FOR):
        return None
    if version.answer == AnswerKind.IN_TALK and not asks:
        return None
    group = {"group": version.plan.group.name}
    if asks:
        title = _("The director would like to talk about the GOP of %(group)s") % group
    elif version.answer == AnswerKind.AGREED_IF:
        title = _("The director agrees to the GOP of %(group)s, provided that ...") % group
    else:
        title = _("The director agrees to the GOP of %(group)s") % group
    return Next(
        label=_("The director answered"),
        title=title,
        text=_("Read the answer together, with what is said about each goal."),
        url=reverse("plan_version", args=[version.pk]),
        action=_("Read the answer"),
        quiet=not asks,
    )


def plan_to_look_back_on_together(today: Today) -> Next | None:
    for version, label, on in looks_ahead(today.plans_of_groups, today.day):
        return Next(
            label=label,
            title=_("Look back on the GOP of %(group)s") % {"group": version.plan.group.name},
            text=_("You planned this for %(day)s. Write down together how it goes and hand it in.")
            % {"day": in_words(on)},
            url=reverse("group_plan", args=[version.plan_id]),
            action=_("To the GOP"),
        )
    return None


def looks_ahead(versions: list[Any], day: dt.date) -> Iterator[tuple[Any, str, dt.date]]:
    """Of plans that run: version, which look back, and its day; from two weeks before until it was handed in."""
    kinds = (("midterm_on", "halfway", _("Halfway")), ("evaluation_on", "ended", _("Evaluation")))
    for version in versions:
        for name, done, label in kinds if version.plan.state == RUNNING else ():
            on = parse_date(version.content[name])
            if on and not getattr(version, done) and on - REMIND_BEFORE <= day:
                yield version, label, on
