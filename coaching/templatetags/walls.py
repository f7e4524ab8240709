"""On whose walls a success stands, on the page of the portfolio, which itself knows nothing of groups."""

from __future__ import annotations

from django import template

from popgroups.models import Celebration
from portfolio.models import Entry

register = template.Library()


@register.simple_tag
def walls_of(entry: Entry) -> list[Celebration]:
    """For the owner: where it stands now."""
    rows = Celebration.objects.filter(entry=entry).select_related("group")
    return list(rows.order_by("group__name", "pk"))
