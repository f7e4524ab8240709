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
from schools.models import User

from .differences import differences
from .document import Document, document_of
from .models import DevelopmentPlan, PlanVersion, Share, SignatureKind
from .readable import readable
from .sharing import share_in_force, with_rests

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
# Between somebody and their director; whoever else a version was shared with does not read it (domain.md §5).
LEADERS_ONLY = frozenset({"agreements"})


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
    return _pop(document_of(plan), sections, context, name=f"pop-{plan.pk}", back="")


def version_paper(version: PlanVersion, reader: User, sections: Collection[str], day: dt.date) -> Paper:
    """A shared version as it was frozen. A viewer reads no other viewer's name on it, a colleague no agreements."""
    if not version.is_mine(reader):
        share = share_in_force(version, reader)
        sections = [each for each in SECTIONS if share_opens(share, each)]
    words = {"number": version.number, "day": on(version.made_at)}
    context = {
        "signed": signatures_of(version),
        "label": _("version %(number)s of %(day)s") % words,
        "shares": shares_on(version, reader, day),
    }
    return _pop(version.content, sections, context, name=f"pop-versie-{version.number}", back="")


def share_opens(share: Share | None, section: str) -> bool:
    return section not in LEADERS_ONLY or bool(share and share.as_leader)


def shares_on(version: PlanVersion, reader: User, day: dt.date) -> list[Share]:
    """With whom it is shared as ``reader`` may know: all for the owner, only themselves for a viewer."""
    shares = version.shares.in_force(day).select_related("viewer")
    found = with_rests(shares, version.plan.owner, day).filter(rests=False).order_by("made_at", "pk")
    return list(found if version.is_mine(reader) else found.filter(viewer=reader))


def signatures_of(version: PlanVersion) -> list[Signed]:
    found = {row.kind: row for row in version.signatures.select_related("person")}
    return [
        Signed(str(kind.label), row.person.name if row.person else _("a colleague"), row.at)
        if (row := found.get(kind))
        else Signed(str(kind.label))
        for kind in SignatureKind
    ]


def difference_paper(old: PlanVersion, new: PlanVersion | None, reader: User) -> Paper:
    """From one version to another, or to the owner's living text where ``new`` is None."""
    content = new.content if new else document_of(old.plan)
    sections = differences(shown_to(old, reader), content if new is None else shown_to(new, reader))
    changed = [section for section in sections if section.changed]
    context = {
        "document": content,
        "old": old,
        "new": new,
        "changed": changed,
        "same": [section.title for section in sections if not section.changed],
    }
    until = str(new.number) if new else _("now")
    return Paper(
        html=render_to_string("portfolio/pdf/difference.html", context),
        title=_("POP %(year)s: what changed") % {"year": content["year"]},
        author=content["owner"],
        name=f"pop-verschil-{old.number}-{until}",
        back=reverse("portfolio"),
    )


def shown_to(version: PlanVersion, reader: User) -> Document:
    """Its content without what ``reader`` may not read of it."""
    if version.is_mine(reader) or share_opens(share_in_force(version, reader), "agreements"):
        return dict(version.content)
    nothing = {"agreements": "", "agreed_minutes": None, "agreed_money": None, "talk_on": ""}
    return {**version.content, **nothing}


def _pop(document: Document, sections: Collection[str], context: Any, *, name: str, back: str) -> Paper:
    content = readable(document)
    shown = {section: section in sections for section in SECTIONS}
    title = _("POP %(year)s of %(name)s") % {"year": content["year"], "name": content["owner"]}
    return Paper(
        html=render_to_string("portfolio/pdf/pop.html", {"pop": content, "shown": shown, **context}),
        title=title,
        author=content["owner"],
        name=name,
        back=back or reverse("portfolio"),
    )


def on(day: dt.date | dt.datetime) -> str:
    return date_format(day, "j F Y")
