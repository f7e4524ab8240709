"""What is shared: taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from schools.requests import MemberRequest

from ..models import Share


@allow(Share, "is_given_by")
@require_POST
def share_revoke(request: MemberRequest, share: Share) -> HttpResponse:
    share.revoke(timezone.now())
    messages.success(request, _("%(name)s can't see it any more.") % {"name": share.viewer.name})
    return redirect("plan", pk=share.action_plan_id) if share.action_plan_id else redirect("portfolio")
