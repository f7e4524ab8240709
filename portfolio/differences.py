"""What changed between two documents of a POP, word by word."""

from __future__ import annotations

from django.utils.translation import gettext as _

from coaching.lib.markup import hours
from coaching.lib.word_differences import Difference, amount, changed, changed_in_goals, compared, day_of

from .document import Document, readable


def differences(old: Document, new: Document) -> list[Difference]:
    """Only what differs, in the order of the document."""
    before, after = readable(old), readable(new)
    plan = changed(0, _plan_lines(before), _plan_lines(after))
    return compared([*plan, *changed_in_goals(before["goals"], after["goals"], _goal_lines)])


def _plan_lines(plan: Document) -> dict[str, str]:
    return {
        _("Where am I?"): plan["standing"],
        _("My strengths"): ", ".join(plan["strengths"]),
        _("Where do I want to go?"): plan["heading"],
        _("What would I like to do one day?"): plan["wish"],
        _("What do we agree on?"): plan["agreements"],
        _("Hours"): amount(plan["agreed_minutes"], hours),
        _("Money"): amount(plan["agreed_money"], lambda euros: f"€ {euros}"),
        _("When do we talk?"): day_of(plan["talk_on"]),
        _("How do I look back on this year?"): plan["looking_back"],
    }


def _goal_lines(goal: Document) -> dict[str, str]:
    if not goal:
        return {}
    return {
        _("My learning question: how can I ..."): goal["question"],
        _("What will be visible when it works?"): goal["visible"],
        _("Why does this matter to me?"): goal["why"],
        _("Competences"): ", ".join(goal["competences"]),
        _("What I do"): "\n".join(_action(action) for action in goal["actions"]),
        _("What or whom do I need?"): goal["support"],
        _("By when?"): day_of(goal["due"]),
        _("Examples"): "\n".join(entry["title"] for entry in goal["proof"]),
        _("How it goes"): "\n".join(f"{day_of(note['day'])}: {note['text']}" for note in goal["progress"]),
        _("How did it end?"): goal["outcome"],
        _("What did I learn?"): goal["learned"],
        _("What comes next?"): goal["next_step"],
    }


def _action(action: Document) -> str:
    done = _("done on %(day)s") % {"day": day_of(action["done_on"])} if action["done_on"] else ""
    told = [action["what"], action["form"], day_of(action["due"]), amount(action["minutes"], hours), done]
    return " · ".join(filter(None, told))
