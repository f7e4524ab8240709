"""The markers every view wears exactly one of: ``@public``, ``@members`` or ``@allow(Model, "rule")``.

``allow`` is how an object reaches a view: found among what the user may see (else 404), then asked its rule
by name (else 403). tests/test_access.py fails on a view without a marker.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Access:
    """What a view's marker says; read by the tests, never by the views."""

    kind: str
    model: type[Model] | None = None
    rule: str = ""


def public(view: View) -> View:
    """Open to everybody, logged in or not."""
    view.access = Access("public")  # type: ignore[attr-defined]
    return login_not_required(view)


def members(view: View) -> View:
    """Open to whoever is logged in; the view shows only what ``visible_to(request.user)`` gives."""
    view.access = Access("members")  # type: ignore[attr-defined]
    return view


def find(model: type[Model], user: Any, pk: int) -> Any:
    """The row ``pk`` of what ``user`` may see, else 404. A queryset may have its own way: ``visible_one``."""
    rows: Any = model.objects  # type: ignore[attr-defined]
    if not hasattr(rows, "visible_one"):
        return get_object_or_404(rows.visible_to(user), pk=pk)
    found = rows.visible_one(user, pk)
    if found is None:
        raise Http404
    return found


def allow(model: type[Model], rule: str = "", key: str = "pk") -> Callable[[View], View]:
    """Hand the view the ``model`` with URL part ``key``: 404 when not visible, 403 when ``rule`` says no."""

    def mark(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            found = find(model, request.user, kwargs.pop(key))
            if rule and not getattr(found, rule)(request.user):
                raise PermissionDenied
            return view(request, found, *args, **kwargs)

        checked.access = Access("allow", model, rule)  # type: ignore[attr-defined]
        return checked

    return mark
