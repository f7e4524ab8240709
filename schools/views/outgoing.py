"""Mail about a school that does not get through: where it should go and what is wrong, never what is in it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.states import MoveRefused

from ..models import OutgoingMail, School
from ..requests import MemberRequest

SHOWN = 100


@allow(School, "is_coordinated_by")
def stuck_mail(request: MemberRequest, school: School) -> HttpResponse:
    rows = school.mails.stuck(timezone.now()).order_by("made_at", "pk")[:SHOWN]
    return render(request, "schools/stuck_mail.html", {"school": school, "mails": rows})


@allow(OutgoingMail, "can_be_retried_by")
@require_POST
def retry_mail(request: MemberRequest, mail: OutgoingMail) -> HttpResponse:
    try:
        mail.try_again(timezone.now())
        messages.success(request, _("It is tried again in a moment."))
    except MoveRefused as refused:
        messages.error(request, str(refused))
    return redirect("stuck_mail", mail.school_id)
