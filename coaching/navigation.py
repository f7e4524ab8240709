"""The menu: first what a person does as colleague, then what their roles add."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from schools.models import Role, User
from schools.models.people import in_force

from .overview.doors import overviews


@dataclass(frozen=True)
class Link:
    label: str
    url: str

    def holds(self, path: str) -> bool:
        return path == self.url if self.url == "/" else path.startswith(self.url)


def links_for(user: User) -> list[Link]:
    links = [Link(_("Today"), reverse("home"))]
    if user.schools_as(Role.TEACHER, Role.COORDINATOR):
        links += [Link(_("My groups"), reverse("my_groups")), Link(_("My portfolio"), reverse("portfolio"))]
        links.append(Link(_("My POP"), reverse("my_pop")))
    for school in user.schools_as(Role.COORDINATOR):
        links.append(Link(_("Groups"), reverse("school_groups", args=[school.pk])))
        links.append(Link(_("Year plan"), reverse("planner", args=[school.pk])))
    for school in user.schools_as(Role.DIRECTOR):
        links.append(Link(_("GOPs"), reverse("plan_queue", args=[school.pk])))
    for school in user.schools_as(Role.COORDINATOR, Role.DIRECTOR):
        links.append(Link(_("Hours"), reverse("school_hours", args=[school.pk])))
    for school in user.schools_as(Role.DIRECTOR):
        links.append(Link(_("School plan"), reverse("school_plan", args=[school.pk])))
    for school in user.schools_designing:
        links.append(Link(_("Introduction"), reverse("introduction", args=[school.pk])))
    for school in user.schools_as(Role.COORDINATOR, Role.DIRECTOR, Role.CONSULTANT):
        links.append(Link(_("What it brings"), reverse("survey_results", args=[school.pk])))
    if not user.roles_now and user.boards_directed.filter(in_force(timezone.localdate())).exists():
        links.append(Link(_("What it brings"), reverse("board_surveys")))
        links.append(Link(_("Introduction"), reverse("introductions")))
    for school in user.schools_as(Role.COORDINATOR, Role.DIRECTOR)[:1]:
        links.append(Link(_("Colleagues"), reverse("colleagues", args=[school.pk])))
    links += [Link(_("Overview"), address) for _name, address in overviews(user)]
    return links


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: ``menu`` and, once, the school's name behind the person's."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"menu": []}
    # Lazy: a fragment or a live screen without the bar asks the database nothing.
    return {
        "menu": SimpleLazyObject(lambda: [(link, link.holds(request.path)) for link in links_for(user)]),
        "my_school": SimpleLazyObject(lambda: next(iter(user.schools_as()), None)),
    }
