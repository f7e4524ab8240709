"""What somebody changes about themselves."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from coaching.lib.access import members

from ..forms import ProfileForm
from ..models import User
from ..requests import MemberRequest, posted


@members
def profile(request: MemberRequest) -> HttpResponse:
    # A row of its own: a refused form must not show a half-changed name in the menu.
    person = User.objects.get(pk=request.user.pk)
    form = ProfileForm(posted(request), instance=person)
    if form.is_valid():
        form.save()
        with translation.override(person.language):
            messages.success(request, _("Saved."))
        return redirect("profile")
    memberships = person.memberships.select_related("school").prefetch_related("roles", "fte")
    context = {"form": form, "memberships": memberships.order_by("-valid_from")}
    return render(request, "schools/profile.html", context)
