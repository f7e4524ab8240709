"""What is planned, on the school's calendar, which itself knows nothing of meetings."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from popgroups.clashes import on_closed_days, standing
from schools.holidays import SchoolCalendar
from schools.models import School

register = template.Library()


@register.inclusion_tag("popgroups/_on_closed_days.html", takes_context=True)
def meetings_on_closed_days(
    context: template.Context, school: School, calendar: SchoolCalendar
) -> dict[str, Any]:
    """For a coordinator, who can move them."""
    at = timezone.now()
    return {
        "fallen": on_closed_days(standing(school).filter(starts_at__gte=at), calendar, at),
        "back": "school_calendar",
        "csrf_token": context.get("csrf_token"),
    }
