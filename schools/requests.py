"""What views ask of a request."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict

from .models import User


class MemberRequest(HttpRequest):
    """A request of somebody who is logged in; for annotations only, never made."""

    user: User


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, also when that is nothing; None for a form that is only shown."""
    return request.POST if request.method == "POST" else None
