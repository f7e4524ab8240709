"""Undoing a staff list, as long as nothing hangs on the people it brought in; and its end of term."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from popgroups.models import GroupMember
from schools.hours import record_hours
from schools.invitations import accept, invite
from schools.models import (
    Draft,
    Fte,
    Invitation,
    LineKind,
    Membership,
    OutgoingMail,
    Role,
    RoleHeld,
    StaffImport,
    User,
)
from tests.people import Cast, make_membership
from tests.schools.list_screens import carry_out, form_for, listed, of_member, page_of, upload
from tests.schools.screens import as_, membership_of, url
from tests.schools.staff_list import as_csv

pytestmark = pytest.mark.usefixtures("house_mail")

STUCK = "Mensen van deze lijst zijn hier al aan het werk; daarom kan de lijst niet terug."


def undo(person: User, staff_import: StaffImport) -> str:
    return as_(person).post(url("undo_list", staff_import.pk), follow=True).content.decode()


def everything() -> list[Any]:
    """All that a list may touch, without the marks it leaves of itself."""
    members = Membership.objects.order_by("pk").values()
    people = User.objects.order_by("pk").values("pk", "email", "name")
    rest = (model.objects.order_by("pk").values() for model in (Fte, RoleHeld))
    return [list(members), list(people), *map(list, rest)]


def anne(cast: Cast) -> tuple[StaffImport, Membership]:
    staff_import = listed(cast, "Anne Bos;anne@example.org;;0,8;;;")
    carry_out(cast.karin, staff_import)
    return StaffImport.objects.get(pk=staff_import.pk), Membership.objects.get(
        person__email="anne@example.org"
    )


def test_all_is_as_before(cast: Cast) -> None:
    today = timezone.localdate()
    Fte.objects.create(membership=membership_of(cast.tom), valid_from=today, value=Decimal("0.7"))
    before = everything()
    rows = [
        *("Anne Bos;anne@example.org;;0,8;;;", of_member(cast.tom, "IB'er;0,5;ma;;31-7-2099")),
        *(of_member(cast.vera, ";0,2;;;"), of_member(cast.noor, ";0,9;;;")),
    ]
    staff_import = listed(cast, *rows)
    carry_out(cast.karin, staff_import, ends=[membership_of(cast.samir).pk])
    assert everything() != before
    page = undo(cast.karin, staff_import)
    assert everything() == before and "Anne Bos" in page
    staff_import.refresh_from_db()
    assert (staff_import.state, staff_import.undone_by) == ("undone", cast.karin)


def test_fourteen_go_as_they_came(cast: Cast) -> None:
    before = everything()
    staff_import = upload(cast.karin, cast, as_csv())
    carry_out(cast.karin, staff_import)
    undo(cast.hanneke, staff_import)
    assert everything() == before
    again = upload(cast.karin, cast, as_csv())
    carry_out(cast.karin, again)
    assert Membership.objects.filter(person__email__endswith="@kust.example").count() == 14


def in_a_group(cast: Cast, place: Membership) -> None:
    GroupMember.objects.create(group=cast.group, membership=place, proposed_on=timezone.localdate())


def with_hours(cast: Cast, place: Membership) -> None:
    record_hours(place, kind=LineKind.HELD, day=timezone.localdate(), minutes=60, source="meeting:1")


def logged_in(cast: Cast, place: Membership) -> None:
    as_(place.person)
    User.objects.filter(pk=place.person_id).update(last_login=timezone.now())


def with_a_draft(cast: Cast, place: Membership) -> None:
    Draft.objects.create(writer=place.person, field="x:1", text="Iets")


def made_coordinator(cast: Cast, place: Membership) -> None:
    RoleHeld.objects.create(membership=place, role=Role.COORDINATOR)


def accepted(cast: Cast, place: Membership) -> None:
    now = timezone.now()
    Invitation.objects.create(
        school=cast.zandplaat, email=place.person.email, token_hash="x", expires_at=now, accepted_at=now
    )


@pytest.mark.parametrize(
    "hang", [in_a_group, with_hours, logged_in, with_a_draft, made_coordinator, accepted]
)
def test_what_hangs_on_somebody_keeps_the_list_and_is_not_told(cast: Cast, hang: Any) -> None:
    """Nobody reads here who was at a meeting, or has hours: a director may open this report too."""
    staff_import, place = anne(cast)
    hang(cast, place)
    before = everything()
    report = page_of(cast.karin, staff_import)
    assert STUCK in report and url("undo_list", staff_import.pk) not in report
    assert report.count("Anne Bos") == 1  # in the list of the new people
    refused = undo(cast.karin, staff_import)
    assert refused.count(STUCK) == 2 and refused.count("Anne Bos") == 1 and everything() == before
    staff_import.refresh_from_db()
    assert staff_import.is_done


def test_an_invitation_of_the_list_is_withdrawn(cast: Cast) -> None:
    staff_import = listed(cast, of_member(cast.vera))
    carry_out(cast.karin, staff_import)
    undo(cast.karin, staff_import)
    assert cast.zandplaat.invitations.get().revoked_at
    assert not StaffImport.objects.get().is_done


def test_an_invitation_made_by_hand_stays(cast: Cast) -> None:
    invite(cast.zandplaat, "V.", cast.vera.email, Role.TEACHER, "teacher", cast.karin, timezone.now())
    staff_import = listed(cast, of_member(cast.vera))
    carry_out(cast.karin, staff_import, lines=[2])
    undo(cast.karin, staff_import)
    assert not StaffImport.objects.get().is_done and cast.zandplaat.invitations.waiting().count() == 1


def test_an_accepted_invitation_keeps_the_list(cast: Cast) -> None:
    staff_import = listed(cast, of_member(cast.vera))
    carry_out(cast.karin, staff_import)
    accept(cast.zandplaat.invitations.get(), timezone.now(), person=cast.vera)
    assert STUCK in page_of(cast.karin, staff_import)
    undo(cast.karin, staff_import)
    assert StaffImport.objects.get().is_done
    assert Membership.objects.filter(person=cast.vera, school=cast.zandplaat).exists()


def test_a_stay_that_is_over_does_not_come_back(cast: Cast) -> None:
    stay, yesterday = membership_of(cast.tom), timezone.localdate() - dt.timedelta(days=1)
    staff_import = listed(cast, of_member(cast.noor))
    carry_out(cast.karin, staff_import, ends=[stay.pk], last_day=yesterday.isoformat())
    page = undo(cast.karin, staff_import)
    assert "Deze persoon is weg van school" in page
    assert membership_of(cast.tom).valid_until == yesterday and StaffImport.objects.get().is_done


@pytest.mark.parametrize("mailed", [True, False])
def test_an_undone_list_says_that_mails_went_out(cast: Cast, mailed: bool) -> None:
    staff_import = listed(cast, "Anne Bos;anne@example.org;;;;;")
    form = form_for(staff_import)
    if not mailed:
        del form["mail"]
    as_(cast.karin).post(url("carry_out_list", staff_import.pk), form)
    assert ("De mails aan de nieuwe mensen" in undo(cast.karin, staff_import)) is mailed


def test_an_account_that_was_there_may_have_logged_in(cast: Cast) -> None:
    User.objects.filter(pk=cast.vera.pk).update(last_login=timezone.now())
    staff_import = listed(cast, of_member(cast.vera))
    carry_out(cast.karin, staff_import)
    undo(cast.karin, staff_import)
    assert [row.school for row in cast.vera.memberships.all()] == [cast.vaart]


def test_a_new_account_stays_when_another_school_has_the_person_by_now(cast: Cast) -> None:
    staff_import, place = anne(cast)
    make_membership(place.person, cast.vaart, Role.TEACHER)
    undo(cast.karin, staff_import)
    assert [row.school for row in place.person.memberships.all()] == [cast.vaart]


def test_what_was_changed_by_hand_since_stays(cast: Cast) -> None:
    staff_import = listed(cast, of_member(cast.tom, "IB'er;0,5;ma;;31-7-2099"))
    carry_out(cast.karin, staff_import)
    Membership.objects.filter(person=cast.tom).update(function="assistant", valid_until=dt.date(2098, 1, 1))
    Fte.objects.update(value=Decimal("0.6"))
    undo(cast.karin, staff_import)
    stay = membership_of(cast.tom)
    assert (stay.function, stay.valid_until) == ("assistant", dt.date(2098, 1, 1))
    assert stay.work_days == "12345" and stay.fte.get().value == Decimal("0.6")


def test_undoing_is_no_way_to_lengthen_ones_own_stay(cast: Cast) -> None:
    staff_import = listed(cast, of_member(cast.karin, ";;;;31-7-2099"))
    carry_out(cast.hanneke, staff_import)
    undo(cast.karin, staff_import)
    assert membership_of(cast.karin).valid_until == dt.date(2099, 7, 31)
    undo(cast.hanneke, staff_import)
    assert membership_of(cast.karin).valid_until is None


def test_a_shorter_stay_that_comes_back_has_nothing_planned_after_it(cast: Cast) -> None:
    today, place = timezone.localdate(), membership_of(cast.tom)
    Membership.objects.filter(pk=place.pk).update(valid_until=today)
    staff_import = listed(cast, of_member(cast.tom, ";;;;31-7-2099"))
    carry_out(cast.karin, staff_import)
    tomorrow = today + dt.timedelta(days=1)
    record_hours(place, kind=LineKind.PLANNED, day=tomorrow, minutes=60, source="meeting:1")
    undo(cast.karin, staff_import)
    assert membership_of(cast.tom).valid_until == today and not place.hour_lines.exists()


def test_undoing_twice_and_too_early(cast: Cast) -> None:
    waiting = listed(cast, "Bart;bart@example.org;;;;;")
    undo(cast.karin, waiting)
    waiting.refresh_from_db()
    assert waiting.is_waiting
    staff_import, _place = anne(cast)
    for _time in range(2):
        undo(cast.karin, staff_import)
    assert not User.objects.filter(email="anne@example.org").exists()


def test_undoing_is_by_post_alone(cast: Cast) -> None:
    staff_import, _place = anne(cast)
    assert as_(cast.karin).get(url("undo_list", staff_import.pk)).status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_the_report_does_not_grow_in_statements(cast: Cast, number: int) -> None:
    staff_import = listed(cast, *[f"Nieuw {n};n{n}@example.org;;0,5;;;" for n in range(number)])
    carry_out(cast.karin, staff_import)
    client = as_(cast.karin)
    client.get(url("staff_list", staff_import.pk))
    with CaptureQueriesContext(connection) as asked:
        client.get(url("staff_list", staff_import.pk))
    assert len(asked) <= 12, [query["sql"][:90] for query in asked]


# -- the end of its term -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "stays"), [(6, True), (8, False)])
def test_a_list_that_was_not_carried_out_goes_after_a_week(cast: Cast, days: int, stays: bool) -> None:
    staff_import = upload(cast.karin, cast, as_csv())
    StaffImport.objects.update(uploaded_at=timezone.now() - dt.timedelta(days=days))
    call_command("clean_up")
    assert StaffImport.objects.filter(pk=staff_import.pk).exists() is stays
    assert bool(staff_import.rows.count()) is stays


@pytest.mark.parametrize(("days", "stays"), [(89, True), (91, False)])
def test_a_report_goes_after_three_months_and_its_people_stay(cast: Cast, days: int, stays: bool) -> None:
    staff_import, place = anne(cast)
    then = timezone.now() - dt.timedelta(days=days)
    StaffImport.objects.update(uploaded_at=then, done_at=then)
    call_command("clean_up")
    assert StaffImport.objects.filter(pk=staff_import.pk).exists() is stays
    assert Membership.objects.filter(pk=place.pk).exists() and OutgoingMail.objects.exists()
