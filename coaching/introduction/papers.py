"""The plan of a trajectory on paper: for everybody involved in its design."""

from __future__ import annotations

import datetime as dt

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coaching.lib.printing import Paper
from schools.models import Trajectory, User

from .checklist import ticked
from .overview import Plan


def trajectory_paper(trajectory: Trajectory, reader: User, day: dt.date) -> Paper:
    """As ``reader`` may have it: who is from outside reads the days of looking back alone."""
    inside = trajectory.can_be_designed_from_inside_by(reader)
    school = trajectory.school
    context = {
        "trajectory": trajectory,
        "plan": Plan(trajectory, day),
        "points": ticked(trajectory),
        "inside": inside,
        "look_backs": list(trajectory.look_backs.all()),
        "people": [row.membership.person.name for row in trajectory.staff],
        "label": _("as it stood on %(day)s") % {"day": date_format(day, "j F Y")},
    }
    words = {"school": school.name, "year": trajectory.year}
    return Paper(
        html=render_to_string("introduction/pdf/trajectory.html", context),
        title=_("Introduction %(year)s of %(school)s") % words,
        author=school.name,
        name=f"invoering-{trajectory.pk}",
        back=reverse("trajectory", args=[trajectory.pk]),
    )
