"""The mails of a demo, where no mail server carries them."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from coaching.lib.access import public

from ..models import OutgoingMail, School

NEWEST = 100


@public
@never_cache
def mailbox(request: HttpRequest) -> HttpResponse:
    """Log-in codes stand in here: open only where no mail leaves and every school is a demo."""
    kinds = set(School.objects.values_list("is_demo", flat=True).distinct())
    if settings.MAIL_SERVER or kinds != {True}:
        raise Http404
    return render(request, "schools/mailbox.html", {"mails": OutgoingMail.objects.all()[:NEWEST]})
