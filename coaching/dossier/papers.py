"""The dossier on paper."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from coaching.lib.printing import Paper
from coaching.visibility import VIEWERS

from .content import Dossier


def dossier_paper(dossier: Dossier, back: str) -> Paper:
    school = dossier.school.name
    signs = (_("Director"), _("Member of the PMR"), _("Coordinator"))
    context = {"dossier": dossier, "viewers": VIEWERS, "signs": signs}
    return Paper(
        html=render_to_string("dossier/pdf/dossier.html", context),
        title=_("Dossier for the PMR of %(school)s") % {"school": school},
        author=school,
        name=f"pmr-dossier-{dossier.facts.version}",
        back=back,
        for_all=True,
    )
