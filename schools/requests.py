"""What views ask of a request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from coaching.lib.states import MoveRefused, StaleMove

from .models import User


class MemberRequest(HttpRequest):
    """A request of somebody who is logged in; for annotations only, never made."""

    user: User


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, also when that is nothing; None for a form that is only shown."""
    return request.POST if request.method == "POST" else None


@contextmanager
def told(request: HttpRequest) -> Iterator[None]:
    """What could not be done is told to the reader, on the page they are sent to."""
    try:
        yield
    except (MoveRefused, StaleMove) as refused:
        messages.error(request, str(refused))


def asked_first(
    request: MemberRequest, back: str, *, empty: bool = False, comes_back: bool = False, **words: Any
) -> HttpResponse | None:
    """The question whether to take something away; None once it was answered, or for what is empty.

    ``comes_back``: it can be put back, and the text says how long.
    """
    if request.method == "POST" and (empty or request.POST.get("sure")):
        return None
    return render(request, "components/remove.html", {"back": back, "comes_back": comes_back, **words})
