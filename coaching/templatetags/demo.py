"""The log-ins of the demo on the log-in page."""

from __future__ import annotations

from typing import Any

from django import template

from coaching.demo.log_ins import PASSWORD, demo_log_ins
from schools.models import School

register = template.Library()


@register.inclusion_tag("schools/_demo_logins.html", name="demo_log_ins")
def show_demo_log_ins() -> dict[str, Any]:
    """Nothing but in a database of the demo, which never holds a real school."""
    if not School.objects.filter(is_demo=True).exists():
        return {"log_ins": []}
    return {"log_ins": demo_log_ins(), "password": PASSWORD}
