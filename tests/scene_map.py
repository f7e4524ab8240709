"""What the scene has of the school plan."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schools.models import School, SchoolPlanLine


def school_plan_of(school: School, at: dt.datetime) -> dict[str, Any]:
    """A line out of use, which its director may change and use again."""
    line = SchoolPlanLine.objects.create(school=school, number="7", text="Buiten leren", retired_at=at)
    return {"plan_line": line}
