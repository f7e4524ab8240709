"""The introductions at the schools of a board, for its director."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from coaching.lib.access import members
from schools.requests import MemberRequest

from ..board import school_rows


@members
def introductions(request: MemberRequest) -> HttpResponse:
    """For whoever directs no board there is no such page."""
    boards = request.user.boards_now
    if not boards:
        raise Http404
    context = {"boards": boards, "rows": school_rows(boards, timezone.localdate())}
    return render(request, "introduction/board.html", context)
