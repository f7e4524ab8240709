"""Successes on the wall of a group: put there by their owner, and taken back at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone

from portfolio.models import Entry, EntryKind
from portfolio.structures import Answer, answers_of
from schools.models import SchoolYear, User

from .models import Celebration, GroupMember, PopGroup


@dataclass(frozen=True)
class Offer:
    """A group on whose wall a success may be shared, and who would read it there today."""

    group: PopGroup
    readers: list[User]
    shared: bool


@dataclass(frozen=True)
class Shown:
    """A shared success as the group reads it: title and text, never its files."""

    celebration: Celebration
    answers: list[Answer]
    mine: bool


def celebrate(group: PopGroup, entry: Entry, at: dt.datetime) -> Celebration:
    """A second time changes nothing."""
    return Celebration.objects.get_or_create(group=group, entry=entry, defaults={"at": at})[0]


def offers_for(entry: Entry) -> list[Offer]:
    """The groups of its owner this school year; in two statements."""
    shared = Celebration.objects.filter(entry=entry, group=OuterRef("pk"))
    year = SchoolYear.start_of(timezone.localdate())
    groups = PopGroup.objects.with_member(entry.owner).filter(closed_on__isnull=True, year__starts=year)
    found = list(groups.annotate(shared=Exists(shared)).order_by("name", "pk"))
    places = GroupMember.objects.current().filter(group__in=found).select_related("membership__person")
    readers: dict[int, list[User]] = {group.pk: [] for group in found}
    for place in places.order_by("membership__person__name"):
        if place.person != entry.owner:
            readers[place.group_id].append(place.person)
    return [Offer(group, readers[group.pk], group.shared) for group in found]


def wall_of(group: PopGroup, reader: User) -> list[Shown]:
    """What members of today share with ``group``, newest first; in two statements."""
    rows = Celebration.objects.visible_to(reader).filter(group=group, entry__kind=EntryKind.SUCCESS)
    return [
        Shown(row, answers_of(row.entry), row.is_mine(reader))
        for row in rows.select_related("entry__owner").prefetch_related("entry__parts")
    ]


def forget_celebrations() -> int:
    """Take down what belongs to people who are no longer in the group."""
    here = GroupMember.objects.current().filter(
        group=OuterRef("group"), membership__person=OuterRef("entry__owner")
    )
    return Celebration.objects.filter(~Exists(here)).delete()[0]
