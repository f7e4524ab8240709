"""What the school agreed on: read by all, written by director and coordinator together, accepted one by one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.states import StaleMove

from ..forms import SchoolAgreementForm
from ..models import School
from ..requests import MemberRequest, posted, told
from ..school_agreements import accept, default_text, newest_of, propose, settle, standing_of, take_back
from ..submissions import once


@allow(School, "has_as_member")
def school_agreement(request: MemberRequest, school: School) -> HttpResponse:
    standing, newest = standing_of(school, request.user), newest_of(school)
    writes = school.people_can_be_managed_by(request.user)
    proposal = newest if newest and newest.in_force_from is None and writes else None
    context = {
        "school": school,
        "standing": standing,
        "on_staff": school.has_on_staff(request.user),
        "mine": standing.mine,
        "writes": writes,
        "proposal": proposal,
        "settles": proposal and proposal.can_be_settled_by(request.user),
    }
    return render(request, "schools/school_agreement.html", context)


@allow(School, "has_as_member")
def school_agreement_versions(request: MemberRequest, school: School) -> HttpResponse:
    versions = school.agreements.in_force().select_related("proposed_by", "settled_by")
    context: dict[str, object] = {"school": school, "versions": versions}
    if school.people_can_be_managed_by(request.user):
        context["replaced"] = school.agreements.replaced().select_related("proposed_by")
    return render(request, "schools/school_agreement_versions.html", context)


@allow(School, "people_can_be_managed_by")
def propose_school_agreement(request: MemberRequest, school: School) -> HttpResponse:
    newest = newest_of(school)
    before = newest.text if newest else default_text(school)
    start = {"text": before, "seen": newest.pk if newest else 0}
    form = SchoolAgreementForm(posted(request), initial=start)
    if form.is_valid():
        data, at = form.cleaned_data, timezone.now()
        words = {"seen": data["seen"], "by": request.user, "at": at}
        try:
            once(data["once_key"], lambda: propose(school, data["text"], **words))
        except StaleMove as stale:
            form.add_error(None, str(stale))
        else:
            messages.success(request, _("Proposed. It holds once the other of the two has said yes."))
            return redirect("school_agreement", school.pk)
    context = {"school": school, "form": form, "newest": newest}
    return render(request, "schools/propose_school_agreement.html", context)


@allow(School, "people_can_be_managed_by")
@require_POST
def settle_school_agreement(request: MemberRequest, school: School, proposal: int) -> HttpResponse:
    with told(request):
        settle(school, proposal, request.user, timezone.now())
        messages.success(request, _("The text holds from now. Everybody is asked to accept it, you too."))
    return redirect("school_agreement", school.pk)


@allow(School, "has_on_staff")
@require_POST
def accept_school_agreement(request: MemberRequest, school: School, version: int) -> HttpResponse:
    """``version`` is what the reader saw: nobody agrees to a text they have not read."""
    with told(request):
        accept(school, version, request.user, timezone.now())
        messages.success(request, _("You have agreed."))
    return redirect("school_agreement", school.pk)


@allow(School, "has_on_staff")
@require_POST
def take_back_acceptance(request: MemberRequest, school: School) -> HttpResponse:
    take_back(school, request.user)
    messages.success(request, _("Your yes is taken back. Nobody is told."))
    return redirect("school_agreement", school.pk)
