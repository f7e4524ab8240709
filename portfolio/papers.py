"""What goes onto paper of a POP, and who reads what on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.lib.printing import Paper
from coaching.lib.word_differences import Run
from schools.models import User

from .differences import differences
from .document import Document, document_of, readable
from .models import DevelopmentPlan, PlanVersion, Share, Signature, SignatureKind
from .sharing import with_rests
from .versions import shown_to

# Parts of a POP in the order of the page; their owner leaves out what they like.
SECTIONS: dict[str, Any] = {
    "standing": gettext_lazy("Where am I?"),
    "heading": gettext_lazy("Where do I want to go?"),
    "wish": gettext_lazy("What would I like to do one day?"),
    "goals": gettext_lazy("My goals"),
    "proof": gettext_lazy("Examples from my portfolio"),
    "progress": gettext_lazy("Progress"),
    "evaluation": gettext_lazy("How it ended"),
    "agreements": gettext_lazy("What do we agree on?"),
    "looking_back": gettext_lazy("How do I look back on this year?"),
    "signatures": gettext_lazy("Signatures"),
}
# Characters: a quarter of a page in half its width, and what a new line counts for.
SHORT, SHORT_LINE = 1_000, 50


@dataclass(frozen=True)
class Signed:
    """``name`` and ``day`` are empty while nobody signed: then there is a line to write on."""

    label: str
    name: str = ""
    day: dt.date | dt.datetime | None = None


def plan_paper(plan: DevelopmentPlan, sections: Collection[str], day: dt.date) -> Paper:
    """The living text, for its owner alone."""
    unsigned = [Signed(str(kind.label)) for kind in SignatureKind]
    context = {"signed": unsigned, "label": _("concept of %(day)s") % {"day": on(day)}, "shares": []}
    back = reverse("pop", args=[plan.pk])
    return pop_paper(document_of(plan), sections, context, name=f"pop-{plan.pk}", back=back)


def version_paper(version: PlanVersion, reader: User, sections: Collection[str], day: dt.date) -> Paper:
    """A shared version as it was frozen. A viewer reads no other viewer's name on it, a colleague no agreements."""
    words = {"number": version.number, "day": on(version.made_at)}
    context = {
        "signed": signatures_of(version, reader),
        "label": _("version %(number)s of %(day)s") % words,
        "shares": shares_on(version, reader, day),
    }
    back = reverse("version", args=[version.pk])
    return pop_paper(
        shown_to(version, reader), sections, context, name=f"pop-versie-{version.number}", back=back
    )


def shares_on(version: PlanVersion, reader: User, day: dt.date) -> list[Share]:
    """With whom it is shared as ``reader`` may know: all for the owner, only themselves for a viewer."""
    shares = version.shares.in_force(day).select_related("viewer")
    found = (
        with_rests(shares, version.plan.owner, day).filter(rests=False, apart=False).order_by("made_at", "pk")
    )
    return list(found if version.is_mine(reader) else found.filter(viewer=reader))


def signatures_of(version: PlanVersion, reader: User) -> list[Signed]:
    return [_signed(str(kind.label), version.signed(kind), reader) for kind in SignatureKind]


def _signed(label: str, signature: Signature | None, reader: User) -> Signed:
    return Signed(label, signature.name_for(reader), signature.at) if signature else Signed(label)


def difference_paper(old: PlanVersion, new: PlanVersion | None, reader: User) -> Paper:
    """From one version to another, or to the owner's living text where ``new`` is None."""
    before = shown_to(old, reader)
    after = shown_to(new, reader) if new else document_of(DevelopmentPlan.objects.get(pk=old.plan_id))
    context = {"document": after, "old": old, "new": new, "changes": changes(before, after)}
    until = new.number if new else _("now")
    return Paper(
        html=render_to_string("portfolio/pdf/difference.html", context),
        title=_("POP %(year)s: what changed") % {"year": after["year"]},
        author=after["owner"],
        name=f"pop-verschil-{old.number}-{until}",
        back=reverse("version", args=[old.pk]) if new else reverse("pop_difference", args=[old.plan_id]),
    )


def changes(before: Document, after: Document) -> list[dict[str, Any]]:
    """What differs, the blanks around each run apart: the words that mark it stand close to its own."""
    return [
        {"goal": each.goal, "label": each.label, "runs": [apart(run) for run in each.runs]}
        for each in differences(before, after)
    ]


def apart(run: Run) -> dict[str, str]:
    words = run.text.strip()
    before, _words, after = run.text.partition(words) if words else ("", "", run.text)
    return {"kind": run.kind, "before": before, "words": words, "after": after}


def pop_paper(document: Document, sections: Collection[str], context: Any, *, name: str, back: str) -> Paper:
    content = laid_out(readable(document))
    shown = {section: section in sections for section in SECTIONS}
    title = _("POP %(year)s of %(name)s") % {"year": content["year"], "name": content["owner"]}
    return Paper(
        html=render_to_string("portfolio/pdf/pop.html", {"pop": content, "shown": shown, **context}),
        title=title,
        author=content["owner"],
        name=name,
        back=back,
    )


def laid_out(content: Document) -> Document:
    """With which texts are short enough to stand ``beside`` each other.

    Columns that run over a page would be read aloud page by page, half a text at a time.
    """
    goals = [
        {
            **goal,
            "beside": are_short(goal["why"], goal["support"]),
            "log_beside": are_short(
                "\n".join(note["text"] for note in goal["progress"]),
                "\n".join(entry["title"] for entry in goal["proof"]),
            ),
        }
        for goal in content["goals"]
    ]
    strengths = "\n".join(content["strengths"])
    beside = are_short(content["standing"] + strengths, content["heading"] + content["wish"])
    return {**content, "goals": goals, "beside": beside}


def are_short(*texts: str) -> bool:
    return all(len(text) + SHORT_LINE * text.count("\n") < SHORT for text in texts)


def on(day: dt.date | dt.datetime) -> str:
    return date_format(day, "j F Y")
