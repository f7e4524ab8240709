"""The mails of a demo, where no mail server carries them."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from coaching.lib.access import public

from ..forms import MailFilter
from ..models import OutgoingMail, School
from ..survey_links import text_of

A_PAGE = 25


@public
@never_cache
def mailbox(request: HttpRequest) -> HttpResponse:
    """Newest first. Log-in codes stand in here: open only where no mail leaves and every school is a demo."""
    kinds = set(School.objects.values_list("is_demo", flat=True).distinct())
    if settings.MAIL_SERVER or kinds != {True}:
        raise Http404
    form = MailFilter(request.GET)
    rows = OutgoingMail.objects.select_related("survey")
    mails = Paginator(form.pick(rows), A_PAGE).get_page(form.page)
    for mail in mails:
        mail.body = text_of(mail)
    return render(request, "schools/mailbox.html", {"mails": mails, "form": form})
