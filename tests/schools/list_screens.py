"""Short words for what the tests of a staff list do with its screens."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from schools.models import StaffImport, User
from schools.staff_lists import Sheet, judge
from tests.people import Cast
from tests.schools.screens import as_, url

COLUMNS = "Naam;E-mail;Functie;wtf;Werkdagen;In dienst;Uit dienst"


def upload(person: User, cast: Cast, data: bytes, name: str = "personeel.csv") -> StaffImport:
    answer = as_(person).post(url("staff_lists", cast.zandplaat.pk), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.context["form"].errors
    return StaffImport.objects.latest("pk")


def listed(cast: Cast, *rows: str) -> StaffImport:
    return upload(cast.karin, cast, "\n".join([COLUMNS, *rows]).encode())


def of_member(person: User, rest: str = ";;;;") -> str:
    return f"{person.name};{person.email};{rest}"


def preview(staff_import: StaffImport) -> Sheet:
    return judge(StaffImport.objects.get(pk=staff_import.pk), timezone.localdate())


def form_for(staff_import: StaffImport, **changed: Any) -> dict[str, Any]:
    """What the preview posts when nothing on it is touched."""
    sheet, today = preview(staff_import), timezone.localdate().isoformat()
    ticked = [line.number for line in sheet.new + sheet.changed if line.ticked]
    form = {"seen": sheet.fingerprint, "lines": ticked, "fte_from": today, "last_day": today, "mail": "on"}
    return form | changed


def carry_out(person: User, staff_import: StaffImport, **changed: Any) -> str:
    """The page one ends on."""
    client = as_(person)
    answer = client.post(
        url("carry_out_list", staff_import.pk), form_for(staff_import, **changed), follow=True
    )
    return answer.content.decode()


def page_of(person: User, staff_import: StaffImport) -> str:
    return as_(person).get(url("staff_list", staff_import.pk)).content.decode()


def kinds(sheet: Sheet) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in sheet.lines:
        found.setdefault(line.kind, []).append(line.name)
    return found


def person(email: str) -> User:
    return User.objects.get(email=email)
