"""The competences that entries are tagged with."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from schools.models import User

from .models import Competence, Framework


def offered_tags(writer: User, tagged: Iterable[Competence]) -> list[tuple[str, list[Competence]]]:
    """By list: those of the schools of ``writer``, their own, and ``tagged``, which were chosen already."""
    frameworks = list(Framework.objects.chosen_for(writer))
    mine = Q(framework__in=frameworks, children__isnull=True) | Q(owner=writer)
    rows = (
        Competence.objects.filter(mine | Q(pk__in=[tag.pk for tag in tagged]))
        .select_related("framework")
        .distinct()
    )
    lists: dict[str, list[Competence]] = {}
    for row in sorted(rows, key=lambda row: (row.owner_id is None, row.framework_id or 0, row.order, row.pk)):
        lists.setdefault(row.framework.title if row.framework else _("my own"), []).append(row)
    return list(lists.items())


def tags_in_use(owner: User) -> QuerySet[Competence]:
    return Competence.objects.filter(entries__owner=owner).distinct().order_by("title_nl", "pk")
