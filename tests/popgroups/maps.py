"""A group that puts marks into its have/need map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from popgroups.maps import contribute, digest_of, lines_of
from popgroups.models import MapContribution, PopGroup
from portfolio.competences import choose, score
from portfolio.models import Competence, Framework
from schools.models import School, User


def make_list(school: School, *titles: str) -> list[Competence]:
    """A list that ``school`` works with."""
    own = Framework.objects.create(school=school, key="kaart", title_nl="Wat wij kunnen")
    choose(school, [own])
    return [
        Competence.objects.create(framework=own, key=str(order), order=order, title_nl=title)
        for order, title in enumerate(titles, start=1)
    ]


def mark(person: User, competence: Competence, good: int, at: dt.datetime | None = None) -> None:
    score(person, competence, at or timezone.now(), good=good, fun=9, learned=False)


def put_in(group: PopGroup, person: User) -> MapContribution:
    place = group.place_of(person)
    assert place is not None
    place.group = group
    return contribute(place, digest_of(lines_of(person, group)), timezone.now())


def all_in(group: PopGroup, people: Sequence[User], competence: Competence, marks: Sequence[int]) -> None:
    for person, good in zip(people, marks, strict=True):
        mark(person, competence, good)
        put_in(group, person)
