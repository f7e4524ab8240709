"""The have/need map of a group: letting one's marks be added up in it, taking that back, making it, needs."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.lib.added_up import FEWEST, step_of
from coaching.lib.states import MoveRefused, StaleMove
from portfolio.models import MIDDLE, Competence, Framework, TalentScore
from schools.models import SchoolYear, User

from .models import GroupMap, GroupMember, GroupNeed, MapBar, MapContribution, MapMark, PopGroup


@dataclass(frozen=True)
class Line:
    """What goes in of one competence: yes, I do this well, or no. Never the mark itself."""

    competence: Competence
    well: bool


def competences_of(group: PopGroup) -> QuerySet[Competence]:
    """Those on the lists that the school of ``group`` works with; nobody's own."""
    frameworks = Framework.objects.chosen_by([group.school])
    rows = Competence.objects.to_score().filter(framework__in=frameworks).select_related("framework")
    return rows.order_by("framework", "order", "pk")


def lines_of(user: User, group: PopGroup) -> list[Line]:
    """What ``user`` would put into the map of ``group`` now: one a competence they scored, each in one map ever."""
    asked = list(competences_of(group).exclude(pk__in=added_up_before(user, group)))
    scores = TalentScore.objects.filter(owner=user, competence__in=[each.pk for each in asked])
    newest = {score.competence_id: score.good > MIDDLE for score in scores}  # in order: the last one stays
    return [Line(each, newest[each.pk]) for each in asked if each.pk in newest]


def added_up_before(user: User, group: PopGroup) -> QuerySet[MapBar, int]:
    """Competences on a map of another group, of any year, into which ``user`` put marks.

    The map of next year would else be a second picture of nearly the same people (coaching.lib.added_up): whoever
    saw both would know what who left had said, and who came. Also when they scored it anew or took it back since:
    most marks stay the same, and the earlier map was seen.
    """
    counted = MapContribution.objects.filter(place__membership__person=user, counted_at__isnull=False)
    elsewhere = counted.exclude(place__group=group).values("place__group")
    return MapBar.objects.filter(map__group__in=elsewhere).values_list("competence", flat=True)


def digest_of(lines: Iterable[Line]) -> str:
    """The same for the same list only."""
    told = ",".join(f"{line.competence.pk}:{line.well:d}" for line in lines)
    return hashlib.sha256(told.encode()).hexdigest()


# -- putting in and taking back ------------------------------------------------------------------------------


def is_over(group: PopGroup, at: dt.datetime) -> bool:
    return group.year.starts < SchoolYear.start_of(timezone.localdate(at)) or group.closed_on is not None


def is_open(group: PopGroup, at: dt.datetime) -> bool:
    """Whether the map of ``group`` is still to be made, and its year is not over."""
    return not is_over(group, at) and not GroupMap.objects.filter(group=group).exists()


def refusal(place: GroupMember, at: dt.datetime) -> str:
    """Why whoever has ``place`` can't put their marks in, as a sentence; empty when they can."""
    if not is_open(place.group, at):
        return _("The map of this group has been made. It stands for this school year.")
    if elsewhere(place).exists():
        return _(
            "Your marks are in the map of another group this school year. They count in one map a year, "
            "so that nobody can lay two beside each other."
        )
    return ""


def elsewhere(place: GroupMember) -> QuerySet[MapContribution]:
    """Of the same person, in the map of another group of that year: waiting there, or added up already.

    Two groups that differ in one person would else tell what that person said.
    """
    waiting = Q(ended_at__isnull=True, place__in=GroupMember.objects.current())
    rows = MapContribution.objects.filter(waiting | Q(counted_at__isnull=False))
    mine = rows.filter(place__membership__person=place.person, place__group__year=place.group.year_id)
    return mine.exclude(place__group=place.group_id)


def contribute(place: GroupMember, seen: str, at: dt.datetime) -> MapContribution:
    """Put in exactly what the screen showed (``seen``, a digest_of).

    Raises StaleMove when the marks are no longer those, MoveRefused when they can't go in.
    """
    with transaction.atomic():
        hold(place.group)
        User.objects.select_for_update().get(pk=place.person.pk)  # who is in two groups does this once
        if why := refusal(place, at):
            raise MoveRefused(why)
        lines = lines_of(place.person, place.group)
        if not lines:
            raise MoveRefused(
                _("You have no marks on the lists of your school that were not in a map before.")
            )
        if digest_of(lines) != seen:
            raise StaleMove(_("Your marks were changed meanwhile. Look at the list once more."))
        return put_in(place, lines, at)


def put_in(place: GroupMember, lines: list[Line], at: dt.datetime) -> MapContribution:
    try:
        with transaction.atomic():
            row = MapContribution.objects.create(place=place, at=at)
    except IntegrityError as double:
        raise MoveRefused(_("Your marks are in already.")) from double
    MapMark.objects.bulk_create(
        MapMark(contribution=row, competence=line.competence, well=line.well) for line in lines
    )
    return row


def take_back(place: GroupMember, at: dt.datetime) -> bool:
    """At once: nothing is left of what was put in; False when there was nothing."""
    with transaction.atomic():
        hold(place.group)
        rows = MapContribution.objects.filter(place=place, ended_at__isnull=True)
        MapMark.objects.filter(contribution__in=rows).delete()
        return rows.update(ended_at=at) > 0


def forget_contributions(at: dt.datetime) -> int:
    """Those of people who are no longer in the group."""
    here = GroupMember.objects.current().filter(pk=OuterRef("place"))
    with transaction.atomic():
        gone = MapContribution.objects.filter(~Exists(here), ended_at__isnull=True)
        MapMark.objects.filter(contribution__in=gone).delete()
        return gone.update(ended_at=at)


def hold(group: PopGroup) -> None:
    """Of two who touch the map of ``group`` at the same time the second waits."""
    PopGroup.objects.select_for_update().get(pk=group.pk)


# -- making it -----------------------------------------------------------------------------------------------


def can_be_made(group: PopGroup) -> bool:
    """Five people are in; how many more there are is nobody's business."""
    return MapContribution.objects.standing().filter(place__group=group).count() >= FEWEST


def make_map(group: PopGroup, at: dt.datetime) -> GroupMap:
    """Add up what is in, in words, and forget the answers; once, as GroupMap says. Raises MoveRefused."""
    with transaction.atomic():
        hold(group)
        if not is_open(group, at):
            raise MoveRefused(_("The map of this group has been made. It stands for this school year."))
        made = created(group, at)
        counted = MapContribution.objects.standing().filter(place__group=group)
        marks = MapMark.objects.filter(contribution__in=counted)
        bars = bars_from(made, marks)
        if not bars:
            raise MoveRefused(_("There is no competence yet on which five people put something in."))
        MapBar.objects.bulk_create(bars)
        marks.exclude(competence__in=[bar.competence_id for bar in bars]).delete()
        marks.update(well=None)
        counted.update(counted_at=at)
    return made


def created(group: PopGroup, at: dt.datetime) -> GroupMap:
    try:
        with transaction.atomic():
            return GroupMap.objects.create(group=group, made_at=at)
    except IntegrityError as double:
        raise MoveRefused(_("The map of this group has been made just now.")) from double


def bars_from(made: GroupMap, marks: QuerySet[MapMark]) -> list[MapBar]:
    said: dict[int, list[bool]] = defaultdict(list)
    for competence, well in marks.values_list("competence", "well"):
        said[competence].append(bool(well))
    steps = {competence: step_of(sum(answers), len(answers)) for competence, answers in said.items()}
    return [MapBar(map=made, competence_id=key, step=step) for key, step in sorted(steps.items()) if step]


# -- what the group needs ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wish:
    """``was``: what the screen showed, None when nothing was chosen; ``people``: what is chosen now."""

    competence: int
    was: int | None
    people: int | None


def choose_needs(group: PopGroup, wishes: Iterable[Wish]) -> int:
    """How many were changed; all of them or none.

    Raises StaleMove when somebody else changed one of them since the screen was shown.
    """
    with transaction.atomic():
        changed = [wish for wish in wishes if wish.people != wish.was]
        late = [wish for wish in changed if not chosen(group, wish)]
        if late:
            raise StaleMove(_("Somebody in your group changed a number meanwhile. Look at it once more."))
    return len(changed)


def chosen(group: PopGroup, wish: Wish) -> bool:
    """Compare and set; False when it is no longer what it was."""
    rows = GroupNeed.objects.filter(group=group, competence=wish.competence)
    if wish.was is None and wish.people is not None:
        try:
            with transaction.atomic():
                rows.create(group=group, competence_id=wish.competence, people=wish.people)
        except IntegrityError:
            return rows.filter(people=wish.people).exists()
        return True
    known = rows.filter(people=wish.was or 0)  # 0: nothing was chosen, and nobody ever needs nobody
    done = known.delete()[0] if wish.people is None else known.update(people=wish.people)
    return done > 0
