"""Before and after: preparing a case in private, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.emptied_log import flush_erased
from popgroups.models import Meeting
from schools.drafts import draft_text, drop_draft
from schools.requests import MemberRequest

from ..erasing import erase_case, erase_notes
from ..forms import CaseForm
from ..models import Case, Session

FIELDS = ("situation", "tried", "question")


@allow(Meeting, "can_be_attended_by")
def case(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    """Prepare a case for a meeting: nobody else sees it."""
    mine = Case.objects.filter(presenter=request.user, meeting=meeting).first() or Case(meeting=meeting)
    mine.presenter = request.user
    fields = {name: f"case:{meeting.pk}:{name}" for name in FIELDS}
    typed = {name: text for name, field in fields.items() if (text := draft_text(request.user, field))}
    form = CaseForm(request.POST or None, instance=mine, initial=typed)
    for name, field in fields.items():
        form.fields[name].widget.attrs["data-draft"] = field
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in FIELDS}
        Case.objects.update_or_create(presenter=request.user, meeting=meeting, defaults=said)
        for field in fields.values():
            drop_draft(request.user, field)
        messages.success(request, _("Saved. Only you see this."))
        return redirect("meeting", pk=meeting.pk)
    return render(request, "intervision/case.html", {"meeting": meeting, "form": form, "saved": mine.pk})


@allow(Case)
@require_POST
def delete_case(request: MemberRequest, case: Case) -> HttpResponse:
    meeting = case.meeting_id
    erase_case(case.presenter_id, meeting)
    flush_erased()
    messages.success(request, _("Your case has been deleted."))
    return redirect("meeting", pk=meeting)


@allow(Session, "case_can_be_withdrawn_by")
def withdraw(request: MemberRequest, session: Session) -> HttpResponse:
    """The presenter takes the case back: all working notes of this session go, for everybody, at once."""
    if request.method == "POST":
        erase_notes(session, timezone.now(), withdrawn=True)
        messages.success(request, _("The case and all notes about it have been deleted."))
        return redirect("session", pk=session.pk)
    return render(request, "intervision/withdraw.html", {"session": session})
