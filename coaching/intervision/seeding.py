"""Putting the shipped methods in the database, by key, as often as you like."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from .models import Method, Step
from .shipped import METHODS, MethodText

OF_METHOD = ("title_nl", "title_en", "about_nl", "about_en", "level", "group_min", "group_max")


def seed_methods() -> int:
    """Sessions hold copies of the steps, so a shipped method may change. Returns how many there are."""
    with transaction.atomic():
        for order, text in enumerate(METHODS, start=1):
            seed_method(text, order)
    return len(METHODS)


def seed_method(text: MethodText, order: int) -> Method:
    values: dict[str, Any] = {name: getattr(text, name) for name in OF_METHOD}
    method, _new = Method.objects.update_or_create(
        key=text.key, school=None, defaults={**values, "order": order}
    )
    for place, step in enumerate(text.steps, start=1):
        columns = {**vars(step), "not_here": " ".join(step.not_here)}
        Step.objects.update_or_create(method=method, order=place, defaults=columns)
    method.steps.filter(order__gt=len(text.steps)).delete()
    return method
