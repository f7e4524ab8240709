"""What changed between two documents of a GOP, word by word."""

from __future__ import annotations

from django.utils.translation import gettext as _

from coaching.lib.markup import hours
from coaching.lib.word_differences import (
    Difference,
    Lines,
    amount,
    changed,
    changed_in_goals,
    compared,
    day_of,
)

from .plan_document import Document, minutes_of
from .plan_reading import readable


def differences(old: Document, new: Document) -> list[Difference]:
    """Only what differs, in the order of the document; ``goal`` is its place in ``new``, 0 for the plan itself."""
    before, after = readable(old), readable(new)
    plan = changed(0, _plan_lines(before), _plan_lines(after))
    return compared([*plan, *changed_in_goals(before["goals"], after["goals"], _goal_lines)])


def _plan_lines(plan: Document) -> Lines:
    return {
        _("Why this plan? Where do we stand?"): plan["standing"],
        _("Themes"): "\n".join(_with_line(theme["text"], theme["line"]) for theme in plan["themes"]),
        _("What do we agree on with each other?"): plan["agreements"],
        _("How do we notice that it works?"): plan["indicators"],
        _("Hours we ask for, a person"): amount(plan["asked_minutes"], hours),
        _("Hours of all we do together"): amount(minutes_of(plan) or None, hours),
        _("Money we ask for"): amount(plan["asked_money"], lambda euros: f"€ {euros}"),
        _("Whose knowledge or help do we ask for?"): plan["asked_expertise"],
        _("When do we look halfway?"): day_of(plan["midterm_on"]),
        _("When do we look back?"): day_of(plan["evaluation_on"]),
        _("How are we doing halfway?"): plan["midterm"],
        _("How do we look back?"): plan["evaluation"],
    }


def _goal_lines(goal: Document) -> Lines:
    if not goal:
        return {}
    return {
        _("Our goal"): goal["title"],
        _("What will be visible when it works?"): goal["visible"],
        _("Line of the school plan"): goal["line"],
        _("Competences"): ", ".join(goal["competences"]),
        _("What we do"): "\n".join(_activity(activity) for activity in goal["activities"]),
        _("How did it end?"): goal["outcome"],
        _("What did we learn?"): goal["learned"],
    }


def _with_line(text: str, line: str) -> str:
    return " · ".join(filter(None, [text, line if line != text else ""]))


def _activity(activity: Document) -> str:
    done = _("done on %(day)s") % {"day": day_of(activity["done_on"])} if activity["done_on"] else ""
    """Hours are told as a sum and never by person, as on the page and on paper."""
    told = [activity["what"], activity["who"], day_of(activity["due"])]
    if not activity["who"]:
        told.append(amount(activity["minutes"], hours))
    return " · ".join(filter(None, [*told, done]))
