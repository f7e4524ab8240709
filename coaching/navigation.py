"""The menu: first what a person does as colleague, then what their roles add."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from popgroups.models import GroupMember
from schools.models import Role, User

from .overview.doors import overviews

WORKING = (Role.TEACHER, Role.COORDINATOR)


@dataclass(frozen=True)
class Link:
    label: str
    url: str

    def holds(self, path: str) -> bool:
        return path == self.url if self.url == "/" else path.startswith(self.url)


def links_for(user: User) -> list[Link]:
    """What stands in the bar."""
    links = [Link(_("Today"), reverse("home"))]
    if user.schools_as(*WORKING):
        links += [Link(_("My groups"), reverse("my_groups")), Link(_("My portfolio"), reverse("portfolio"))]
        links.append(Link(_("My POP"), reverse("my_pop")))
    elif user.boards_now and _is_in_a_group(user):
        links.append(Link(_("My groups"), reverse("my_groups")))
    links += [Link(_("Overview"), address) for _name, address in overviews(user)]
    links += _by_school(user, _("GOPs"), "plan_queue", Role.DIRECTOR)
    links += _by_school(user, _("Groups"), "school_groups", Role.COORDINATOR)
    links += _by_school(user, _("Year plan"), "planner", Role.COORDINATOR)
    links += _by_school(user, _("Hours"), "school_hours", Role.COORDINATOR)
    if not user.schools_as(*WORKING):
        links += _by_school(user, _("What it brings"), "survey_results", Role.DIRECTOR, Role.CONSULTANT)
    for school in user.schools_designing:
        links.append(Link(_("Introduction"), reverse("introduction", args=[school.pk])))
    if not user.roles_now and user.boards_now:
        links.append(Link(_("What it brings"), reverse("board_surveys")))
        links.append(Link(_("Introduction"), reverse("introductions")))
    if user.schools_as(Role.DIRECTOR):
        links.append(Link(_("Talks"), reverse("talks")))
    return links


def more_links_for(user: User) -> list[Link]:
    """What is needed now and then: behind one's name."""
    directs_only = [school for school in user.schools_as(Role.DIRECTOR) if not school.is_coordinated_by(user)]
    talks = user.schools_as(*WORKING) and not user.schools_as(Role.DIRECTOR)
    return [
        *([Link(_("My talks"), reverse("talks"))] if talks else []),
        *(Link(_("Hours"), reverse("school_hours", args=[school.pk])) for school in directs_only),
        *_by_school(user, _("Colleagues"), "colleagues", Role.COORDINATOR, Role.DIRECTOR),
    ]


def _is_in_a_group(user: User) -> bool:
    """Asked only of who directs a board: they may teach as well, without a role of their own."""
    return GroupMember.objects.current().filter(membership__person=user).exists()


def _by_school(user: User, label: str, page: str, *roles: str) -> list[Link]:
    schools = user.schools_as(*roles)
    return [
        Link(f"{label} · {school}" if len(schools) > 1 else label, reverse(page, args=[school.pk]))
        for school in schools
    ]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: ``menu``, ``more_menu`` and, once, the school's name behind the person's."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"menu": [], "more_menu": []}
    # Lazy: a fragment or a live screen without the bar asks the database nothing.
    return {
        "menu": SimpleLazyObject(lambda: [(link, link.holds(request.path)) for link in links_for(user)]),
        "more_menu": SimpleLazyObject(lambda: more_links_for(user)),
        "my_school": SimpleLazyObject(lambda: next(iter(user.schools_as()), None)),
    }
