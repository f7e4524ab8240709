"""On whose walls a success stands, on the page of the portfolio, which itself knows nothing of groups."""

from __future__ import annotations

from typing import Any

from django import template

from popgroups.models import Celebration
from portfolio.models import Entry

register = template.Library()


@register.inclusion_tag("popgroups/_on_walls.html", takes_context=True)
def on_walls(context: template.Context, entry: Entry) -> dict[str, Any]:
    """For the owner; ``rows``: where it stands now."""
    rows = Celebration.objects.filter(entry=entry).select_related("group").order_by("group__name", "pk")
    return {"entry": entry, "rows": list(rows), "csrf_token": context.get("csrf_token")}
