"""A GOP on paper: as it was handed in, with what was promised and answered; and what changed between two."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coaching.lib.printing import Paper
from portfolio.papers import Signed, apart

from .models import AnswerKind, GroupPlanVersion, Reaction
from .plan_differences import differences
from .plan_document import Document, minutes_of
from .plan_history import name_of, promises_of
from .plan_reading import readable

MONTHS = 12
FIRST_MONTH = 8  # a school year begins in August


@dataclass(frozen=True)
class Strip:
    """A line of the year strip: ``marks`` a month each, "", "planned" or "done"; ``day`` of the month it is due."""

    label: str
    marks: list[str]
    day: int


def version_paper(version: GroupPlanVersion) -> Paper:
    """Hours are told as a sum and never by person."""
    document = readable(version.content)
    for goal in document["goals"]:
        goal["any_done"] = any(each["done_on"] for each in goal["activities"])
    reaction = Reaction.objects.filter(version=version).select_related("by").order_by("at", "pk").last()
    context = {
        "gop": document,
        "version": version,
        "size": len(document["members"]),
        "minutes": minutes_of(document),
        "months": month_names(version),
        "strip": strip_of(document),
        "promises": [each for each in promises_of(version.plan) if not each.withdrawn_at],
        "reaction": reaction,
        "answer": AnswerKind(reaction.answer).label if reaction else "",
        "signed": signatures(version, reaction),
    }
    return Paper(
        html=render_to_string("popgroups/pdf/gop.html", context),
        title=title_of(document),
        author=document["group"],
        name=f"gop-versie-{version.number}",
        back=reverse("plan_version", args=[version.pk]),
    )


def title_of(document: Document) -> str:
    return _("GOP %(year)s of %(group)s") % {"year": document["year"], "group": document["group"]}


def signatures(version: GroupPlanVersion, reaction: Reaction | None) -> list[Signed]:
    """Who handed it in for the group, and the director who agreed; else a line to write on."""
    group = Signed(_("adopted by every member, handed in by"), name_of(version.made_by), version.made_at)
    if reaction is None or reaction.answer == AnswerKind.IN_TALK:
        return [group, Signed(_("director"))]
    label = f"{_('director')}: {AnswerKind(reaction.answer).label}"
    return [group, Signed(label, name_of(reaction.by), reaction.at)]


# -- the year as a strip -----------------------------------------------------------------------------------


def month_names(version: GroupPlanVersion) -> list[str]:
    """August to July, in short."""
    starts = version.plan.group.year.starts
    days = [
        dt.date(starts + (month > MONTHS), (month - 1) % MONTHS + 1, 1)
        for month in range(FIRST_MONTH, FIRST_MONTH + MONTHS)
    ]
    return [date_format(day, "b" if _is_dutch() else "M") for day in days]


def _is_dutch() -> bool:
    return not (get_language() or "nl").startswith("en")


def strip_of(document: Document) -> list[Strip]:
    """A line for each activity with a day, by goal, then the two looks back."""
    lines = [
        _line(f"{number}. {each['what']}", each["due"], done=each["done_on"])
        for number, goal in enumerate(document["goals"], start=1)
        for each in goal["activities"]
        if each["due"]
    ]
    looks = ((_("Halfway"), document["midterm_on"]), (_("Evaluation"), document["evaluation_on"]))
    return [*lines, *(_line(label, day) for label, day in looks if day)]


def _line(label: str, due: dt.date, done: dt.date | None = None) -> Strip:
    place = (due.month - FIRST_MONTH) % MONTHS
    marks = ["" for _month in range(MONTHS)]
    marks[place] = "done" if done else "planned"
    return Strip(label, marks, due.day)


# -- what changed ------------------------------------------------------------------------------------------


def difference_paper(old: GroupPlanVersion, new: GroupPlanVersion) -> Paper:
    document = readable(new.content)
    changes: list[dict[str, Any]] = [
        {"goal": each.goal, "label": each.label, "runs": [apart(run) for run in each.runs]}
        for each in differences(old.content, new.content)
    ]
    context = {"gop": document, "old": old, "new": new, "changes": changes}
    return Paper(
        html=render_to_string("popgroups/pdf/difference.html", context),
        title=_("%(gop)s: what changed") % {"gop": title_of(document)},
        author=document["group"],
        name=f"gop-verschil-{old.number}-{new.number}",
        back=reverse("plan_version", args=[new.pk]),
    )
