"""The overview of a school year on paper, for the director."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.lib.printing import Paper
from schools.models import School

from .numbers import Numbers


def year_paper(numbers: Numbers, school: School) -> Paper:
    """What stands on the page of one school, and nothing else."""
    return Paper(
        html=render_to_string("overview/pdf/year.html", {"numbers": numbers, "school": school}),
        title=_("Overview %(year)s of %(school)s") % {"year": numbers.year, "school": school.name},
        author=school.name,
        name=f"overzicht-{numbers.year.starts}-{numbers.year.starts + 1}",
        back=f"{reverse('school_overview', args=[school.pk])}?year={numbers.year.starts}",
    )
