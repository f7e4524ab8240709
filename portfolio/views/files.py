"""Files of an entry: added, sent, shown small, deleted; every one through who may see its entry."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching.lib.access import allow
from coaching.lib.kept_files import path_of, send, thumbnail_of
from coaching.lib.uploads import THUMBNAIL_TYPE, TYPES, UploadRefused
from schools.requests import MemberRequest

from ..files import keep
from ..forms.entries import FileForm
from ..models import Entry, EntryFile
from ..sharing import note_opening
from .entries import own_entry


@allow(Entry, "is_mine")
@require_POST
def file_add(request: MemberRequest, entry: Entry) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return own_entry(request, entry, status=422, file_form=form)
    try:
        keep(entry, form.upload, timezone.now(), form.cleaned_data["once_key"])
    except UploadRefused as refused:
        form.add_error("file", str(refused))
        return own_entry(request, entry, status=422, file_form=form)
    messages.success(request, _("%(name)s is added.") % {"name": form.upload.name})
    return redirect("entry", pk=entry.pk)


def note_viewer(request: MemberRequest, file: EntryFile) -> None:
    """Whoever reads a file, large or small, opened what was shared."""
    if not file.is_mine(request.user):
        note_opening(file.entry, request.user, timezone.now())


@allow(EntryFile)
def file(request: MemberRequest, file: EntryFile) -> HttpResponseBase:
    note_viewer(request, file)
    sent = send(path_of(file.stored), TYPES.get(file.kind, "application/octet-stream"), file.name)
    return sent or render(request, "portfolio/file_gone.html", {"file": file}, status=410)


@allow(EntryFile)
def thumbnail(request: MemberRequest, file: EntryFile) -> HttpResponseBase:
    """A picture on a page; a missing one is no reason for a page of its own."""
    note_viewer(request, file)
    sent = send(thumbnail_of(file.stored), THUMBNAIL_TYPE) if file.has_thumbnail else None
    if sent is None:
        raise Http404
    return sent


@allow(EntryFile, "is_mine")
def file_delete(request: MemberRequest, file: EntryFile) -> HttpResponse:
    if request.method != "POST":
        return render(request, "portfolio/file_delete.html", {"file": file})
    file.erase()
    messages.success(request, _("Deleted."))
    return redirect("entry", pk=file.entry_id)
