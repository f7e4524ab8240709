"""What of one person goes into their ZIP on paper, with no name on it but their own. By path in the ZIP."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from coaching.lib.printing import Paper
from portfolio.models import Entry, KeptTip, PlanVersion, SignatureKind
from portfolio.my_data import paps_of, pops_of
from portfolio.papers import SECTIONS, Signed, on, plan_paper, pop_paper
from portfolio.selections import selection_paper
from schools.models import User


def papers_of(user: User, day: dt.date) -> dict[str, Paper]:
    return dict([*pops(user, day), *cards(user, day), *portfolio(user, day)])


def pops(user: User, day: dt.date) -> Iterator[tuple[str, Paper]]:
    """Each POP as it is now, and its versions as they were."""
    for plan in pops_of(user):
        plan.owner = user
        name = f"pdf/pop-{plan.year.starts}-{plan.year.starts + 1}"
        yield f"{name}.pdf", plan_paper(plan, SECTIONS, day)
        for version in plan.versions.all():
            yield f"{name}-versie-{version.number}.pdf", version_paper(version, user)


def version_paper(version: PlanVersion, owner: User) -> Paper:
    words = {"number": version.number, "day": on(version.made_at)}
    label = _("version %(number)s of %(day)s") % words
    context = {"signed": signatures_of(version, owner), "label": label, "shares": []}
    return pop_paper(version.content, SECTIONS, context, name="", back="")


def signatures_of(version: PlanVersion, owner: User) -> list[Signed]:
    by_kind = {each.kind: each for each in version.signatures.all()}
    found = []
    for kind in SignatureKind:
        signed = by_kind.get(kind)
        name = owner.name if signed and signed.person_id == owner.pk else _("a colleague")
        found.append(Signed(str(kind.label), name, signed.at) if signed else Signed(str(kind.label)))
    return found


def cards(user: User, day: dt.date) -> Iterator[tuple[str, Paper]]:
    schools = user.schools_as()
    tips = list(KeptTip.objects.filter(owner=user))
    for plan in paps_of(user):
        plan.owner = user
        plan.buddy = User(name=_("a colleague")) if plan.buddy_id else None
        context = {
            "plan": plan,
            "school": schools[0].name if schools else "",
            "tips": [tip for tip in tips if tip.plan_id == plan.pk],
            "shares": [],
            "today": day,
        }
        html = render_to_string("portfolio/pdf/plan.html", context)
        yield f"pdf/actieplan-{plan.pk}.pdf", Paper(html, _("Action plan (PAP)"), "", "", user.name)


def portfolio(user: User, day: dt.date) -> Iterator[tuple[str, Paper]]:
    """The entries in one document; their pictures lie beside it in the ZIP."""
    entries = Entry.objects.filter(owner=user)
    if entries.exists():
        yield "pdf/portfolio.pdf", selection_paper(user, entries, False, day)
