"""Who is in the school, and who changes that."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.states import MoveRefused

from ..forms import EndForm, FteForm, InviteForm, MembershipForm, PasteForm, SendPastedForm
from ..invitations import invite, invite_all, resend, revoke
from ..memberships import change, end, staff_of
from ..models import Fte, Invitation, Membership, School
from ..pasted import judged
from ..requests import MemberRequest, posted
from ..submissions import once


@allow(School, "people_can_be_managed_by")
def colleagues(request: MemberRequest, school: School) -> HttpResponse:
    context = {
        "school": school,
        "memberships": staff_of(school, timezone.localdate()),
        "invitations": school.invitations.waiting(),
        "now": timezone.now(),
        "sees_mail": school.is_coordinated_by(request.user),
    }
    return render(request, "schools/colleagues.html", context)


@allow(School, "people_can_be_managed_by")
def invite_colleague(request: MemberRequest, school: School) -> HttpResponse:
    form = InviteForm(posted(request), school=school, by=request.user)
    if form.is_valid():
        data = form.cleaned_data
        words = data["name"], data["email"], data["role"], data["function"]
        try:
            once(data["once_key"], lambda: invite(school, *words, request.user, timezone.now()))
        except MoveRefused as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(
                request, _("The invitation for %(name)s is on its way.") % {"name": data["name"]}
            )
            return redirect("colleagues", school.pk)
    return render(request, "schools/invite.html", {"school": school, "form": form})


@allow(School, "people_can_be_managed_by")
def paste_colleagues(request: MemberRequest, school: School) -> HttpResponse:
    form = PasteForm(posted(request))
    context = {"school": school, "form": form}
    if form.is_valid():
        text = form.cleaned_data["lines"]
        lines = judged(school, text)
        good = [line for line in lines if not line.problem]
        context |= {"good": good, "wrong": [line for line in lines if line.problem]}
        if good:
            context["send"] = SendPastedForm(initial={"lines": text})
    return render(request, "schools/paste.html", context)


@allow(School, "people_can_be_managed_by")
@require_POST
def send_pasted(request: MemberRequest, school: School) -> HttpResponse:
    """Invite the good lines; the wrong ones stay on the page to be mended."""
    form = SendPastedForm(request.POST)
    if not form.is_valid():
        return redirect("paste_colleagues", school.pk)
    lines, key = judged(school, form.cleaned_data["lines"]), form.cleaned_data["once_key"]
    wrong = once(key, lambda: invite_all(school, lines, request.user, timezone.now()))
    if wrong is None:
        return redirect("colleagues", school.pk)
    if sent := len(lines) - len(wrong):
        text = ngettext(
            "%(count)s invitation is on its way.", "%(count)s invitations are on their way.", sent
        )
        messages.success(request, text % {"count": sent})
    if not wrong:
        return redirect("colleagues", school.pk)
    rest = PasteForm(initial={"lines": "\n".join(line.text for line in wrong)})
    return render(request, "schools/paste.html", {"school": school, "form": rest, "wrong": wrong})


@allow(Invitation, "can_be_managed_by")
@require_POST
def resend_invitation(request: MemberRequest, invitation: Invitation) -> HttpResponse:
    try:
        resend(invitation, timezone.now())
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("A new link is on its way; the old one no longer works."))
    return redirect("colleagues", invitation.school_id)


@allow(Invitation, "can_be_managed_by")
@require_POST
def revoke_invitation(request: MemberRequest, invitation: Invitation) -> HttpResponse:
    try:
        revoke(invitation, timezone.now())
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The invitation has been withdrawn."))
    return redirect("colleagues", invitation.school_id)


@allow(Membership, "can_be_managed_by")
def membership(request: MemberRequest, membership: Membership) -> HttpResponse:
    form = MembershipForm(posted(request), membership=membership, by=request.user)
    if form.is_valid():
        try:
            change(membership, form.terms(), request.user)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return back_to_list(request, membership)
    return render(request, "schools/membership.html", {"membership": membership, "form": form})


@allow(Fte, "can_be_changed_by")
def change_fte(request: MemberRequest, row: Fte) -> HttpResponse:
    form = FteForm(posted(request), row=row)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved. Everybody's hours are counted anew."))
        return redirect("membership", row.membership_id)
    return render(request, "schools/change_fte.html", {"row": row, "form": form})


@allow(Fte, "can_be_changed_by")
@require_POST
def remove_fte(request: MemberRequest, row: Fte) -> HttpResponse:
    """Of one that was never true; what somebody worked before belongs to the past and stays."""
    row.delete()
    messages.success(request, _("Removed."))
    return redirect("membership", row.membership_id)


@allow(Membership, "can_be_managed_by")
def end_stay(request: MemberRequest, membership: Membership) -> HttpResponse:
    form = EndForm(posted(request))
    if form.is_valid():
        try:
            end(membership, form.cleaned_data["last_day"], request.user)
        except MoveRefused as refused:
            form.add_error("last_day", str(refused))
        else:
            messages.success(request, _("Saved."))
            return back_to_list(request, membership)
    return render(request, "schools/end_stay.html", {"membership": membership, "form": form})


def back_to_list(request: MemberRequest, membership: Membership) -> HttpResponse:
    """Who just gave up managing people can't open the list any more."""
    if membership.person_id == request.user.pk:
        return redirect("profile")
    return redirect("colleagues", membership.school_id)
