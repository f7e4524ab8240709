"""A GOP on paper."""

from __future__ import annotations

from coaching.lib.printing import Paper

from .models import GroupPlanVersion


def version_paper(version: GroupPlanVersion) -> Paper:
    raise NotImplementedError


def difference_paper(old: GroupPlanVersion, new: GroupPlanVersion) -> Paper:
    raise NotImplementedError
