"""Whatever is kept about a person is taken along, or it stands on a list with the reason why not."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, Model

from coaching.taking_along.mine import REGISTERS
from schools.models import User

OURS = {"schools", "portfolio", "popgroups", "intervision"}
TOLD = [model for register in REGISTERS for model in register.TOLD]
LEFT_OUT: dict[type[Model], str] = {
    model: why for register in REGISTERS for model, why in register.LEFT_OUT.items()
}


def keys_of(model: type[Model]) -> set[Any]:
    found = (field for field in model._meta.get_fields() if isinstance(field, ForeignKey | ManyToManyField))
    return {field.related_model for field in found}


def about_people() -> set[type[Model]]:
    """Models with a key to a person, or to something that has one: a seat, an entry, a version of a plan."""
    models = {model for model in apps.get_models() if model._meta.app_label in OURS}
    found: set[type[Model]] = {User}
    while more := {model for model in models - found if keys_of(model) & found}:
        found |= more
    return found


def test_all_that_is_about_a_person_is_told_or_left_out_for_a_reason() -> None:
    listed = {*TOLD, *LEFT_OUT}
    assert not {model.__name__ for model in about_people() - listed}, "put it in my_data.py of its room"
    assert not {model.__name__ for model in listed - about_people()}


def test_nothing_is_on_both_lists_and_every_reason_is_one() -> None:
    assert not set(TOLD) & set(LEFT_OUT) and len(TOLD) == len(set(TOLD))
    assert all(len(why.split()) > 3 for why in LEFT_OUT.values())


def test_each_room_tells_of_its_own_models() -> None:
    for register in REGISTERS:
        room = register.__name__.removesuffix(".my_data")
        assert {model.__module__.rpartition(".models")[0] for model in register.TOLD} == {room}
