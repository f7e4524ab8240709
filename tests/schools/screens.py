"""Short words for what the tests of this room do with its screens."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from schools.models import Membership, RoleHeld, User


def as_(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(name: str, pk: int) -> str:
    return reverse(name, args=[pk])


def membership_of(person: User) -> Membership:
    return person.memberships.get()


def roles(person: User) -> set[str]:
    return set(RoleHeld.objects.filter(membership__person=person).values_list("role", flat=True))


def edit(person: User, **changed: Any) -> dict[str, Any]:
    form = {
        "function": "teacher",
        "roles": sorted(roles(person)),
        "fte": "",
        "fte_from": "",
        "valid_until": "",
    }
    return form | changed
