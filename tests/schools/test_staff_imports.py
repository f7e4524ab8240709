"""Carrying a staff list out: who comes in, what stays as it is, twice, and two at once."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from popgroups.models import GroupMember
from schools.invitations import invite
from schools.models import Fte, Membership, OutgoingMail, Role, SchoolYear, StaffImport, StaffRow, User
from schools.models.mail import MAX_TRIES
from tests.people import Cast, again, make_membership, make_person
from tests.schools.list_screens import (
    carry_out,
    form_for,
    kinds,
    listed,
    of_member,
    page_of,
    person,
    preview,
    upload,
)
from tests.schools.screens import as_, membership_of, roles, url
from tests.schools.staff_list import PEOPLE, as_csv, as_xlsx

pytestmark = pytest.mark.usefixtures("house_mail")

# -- the whole way -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "data"), [("lijst.csv", as_csv()), ("lijst.xlsx", as_xlsx())])
def test_fourteen_colleagues_come_in(cast: Cast, name: str, data: bytes) -> None:
    staff_import = upload(cast.karin, cast, data, name)
    columns = as_(cast.karin).get(url("staff_columns", staff_import.pk)).content.decode()
    assert "B: Roepnaam (Sanne, Bart)" in columns
    first = page_of(cast.karin, staff_import)
    assert all(given in first for _number, given, *_rest in PEOPLE) and not OutgoingMail.objects.exists()
    assert User.objects.filter(email__endswith="@kust.example").count() == 0
    report = carry_out(cast.karin, staff_import)
    made = Membership.objects.filter(person__email__endswith="@kust.example")
    assert made.count() == 14 and all(row.person.name in report for row in made)
    jorn = made.get(person__name="Jorn van der Heide")
    assert (jorn.function, jorn.work_days, jorn.valid_from) == ("teacher", "345", dt.date(2020, 8, 1))
    assert jorn.fte.get().value == Decimal("0.6") and jorn.fte.get().valid_from == dt.date(2020, 8, 1)
    assert made.get(person__name="Wim van ’t Hof").function == "caretaker"
    assert {role for row in made for role in roles(row.person)} == {Role.TEACHER}


def test_they_can_be_chosen_for_a_group_at_once(cast: Cast) -> None:
    carry_out(cast.karin, upload(cast.karin, cast, as_csv()))
    chosen = Membership.objects.filter(person__email__endswith="@kust.example")[:4]
    form = {
        "name": "Onderbouw",
        "kind": "bouw",
        "year": SchoolYear.start_of(timezone.localdate()),
        "members": [row.pk for row in chosen],
    }
    answer = as_(cast.karin).post(url("new_group", cast.zandplaat.pk), form)
    assert answer.status_code == 302, answer.context["form"].errors
    assert GroupMember.objects.filter(group__name="Onderbouw").count() == 4


def test_they_get_a_mail_and_log_in_with_a_code(cast: Cast) -> None:
    carry_out(cast.karin, listed(cast, "Anne Bos;anne@example.org;;;;;"))
    mail = OutgoingMail.objects.get()
    assert mail.to == "anne@example.org" and "Karin Bos" in mail.body and "/inloggen/code/" in mail.body
    assert not person("anne@example.org").has_usable_password()
    Client().post(reverse("account_request_login_code"), {"email": "anne@example.org"})
    assert OutgoingMail.objects.filter(to="anne@example.org").count() == 2


def test_a_welcome_that_stays_put_stands_under_the_stuck_mail_of_the_school(cast: Cast) -> None:
    carry_out(cast.karin, listed(cast, "Anne Bos;anne@example.org;;;;;"))
    OutgoingMail.objects.update(tries=MAX_TRIES, tried_at=timezone.now(), trouble="vol")
    page = as_(cast.karin).get(url("stuck_mail", cast.zandplaat.pk)).content.decode()
    assert OutgoingMail.objects.get().school == cast.zandplaat and "anne@example.org" in page


def test_no_mail_when_not_ticked(cast: Cast) -> None:
    staff_import = listed(cast, "Anne Bos;anne@example.org;;;;;")
    form = form_for(staff_import)
    del form["mail"]
    as_(cast.karin).post(url("carry_out_list", staff_import.pk), form)
    assert person("anne@example.org") and not OutgoingMail.objects.exists()


def test_nothing_happens_before_it_is_carried_out(cast: Cast) -> None:
    people, members = User.objects.count(), Membership.objects.count()
    staff_import = upload(cast.karin, cast, as_csv())
    page_of(cast.karin, staff_import)
    assert (User.objects.count(), Membership.objects.count()) == (people, members)


# -- other schools, other roles ----------------------------------------------------------------------------


def test_somebody_of_another_school_is_asked_first(cast: Cast) -> None:
    before = list(Membership.objects.filter(person=cast.vera).values())
    report = carry_out(cast.karin, listed(cast, f"Veronica E.;{cast.vera.email.upper()};IB'er;0,2;;;"))
    assert list(Membership.objects.filter(person=cast.vera).values()) == before
    asked = cast.zandplaat.invitations.get()
    assert (asked.name, asked.email) == ("Veronica E.", cast.vera.email)
    assert (asked.role, asked.function, asked.made_by) == ("teacher", "ib", cast.karin)
    mail = OutgoingMail.objects.get()
    assert mail.to == cast.vera.email and "/uitnodiging/" in mail.body
    colleagues = as_(cast.karin).get(url("colleagues", cast.zandplaat.pk)).content.decode()
    assert "Veronica E." in report and "Veronica E." in colleagues
    assert "Vera Elders" not in report + colleagues


def test_who_accepts_is_in_under_their_own_name(cast: Cast) -> None:
    carry_out(cast.karin, listed(cast, f"Veronica E.;{cast.vera.email};IB'er;;;;"))
    link = re.search(r"https?://[^/]+(/uitnodiging/\S+)", OutgoingMail.objects.get().body)
    assert link and as_(cast.vera).post(link[1], {}).status_code == 302
    here = Membership.objects.get(person=cast.vera, school=cast.zandplaat)
    assert (here.function, again(cast.vera).name) == ("ib", "Vera Elders")
    assert {held.role for held in here.roles.all()} == {"teacher"}


def test_an_invitation_without_a_mail_waits_to_be_sent(cast: Cast) -> None:
    staff_import = listed(cast, of_member(cast.vera))
    form = form_for(staff_import)
    del form["mail"]
    as_(cast.karin).post(url("carry_out_list", staff_import.pk), form)
    assert cast.zandplaat.invitations.waiting().count() == 1 and not OutgoingMail.objects.exists()
    assert not StaffImport.objects.get().mailed


@pytest.mark.parametrize("known", [True, False])
def test_who_has_been_invited_already_is_not_asked_twice(cast: Cast, known: bool) -> None:
    email = cast.vera.email if known else "niemand@example.org"
    invite(cast.zandplaat, "V.", email, Role.TEACHER, "teacher", cast.karin, timezone.now())
    staff_import = listed(cast, f"Iemand;{email};;;;;")
    (line,) = preview(staff_import).new
    assert not line.ticked and line.notes == ["Er wacht al een uitnodiging aan dit adres."]
    carry_out(cast.karin, staff_import, lines=[line.number])
    assert cast.zandplaat.invitations.count() == 1
    assert Membership.objects.filter(person__email=email, school=cast.zandplaat).exists() is not known


def test_who_left_is_asked_again(cast: Cast) -> None:
    last = timezone.localdate() - dt.timedelta(days=30)
    Membership.objects.filter(person=cast.tom).update(valid_until=last)
    carry_out(cast.karin, listed(cast, of_member(cast.tom, ";;;1-8-2019;")))
    assert membership_of(cast.tom).valid_until == last
    assert cast.zandplaat.invitations.waiting().get().email == cast.tom.email


def test_a_colleague_here_and_elsewhere_changes_here_alone(cast: Cast) -> None:
    make_membership(cast.tom, cast.duin, Role.TEACHER)
    carry_out(cast.karin, listed(cast, f"Thomas;{cast.tom.email};IB'er;;ma;;"))
    assert again(cast.tom).name == "Tom Veenstra"
    found = Membership.objects.filter(person=cast.tom)
    assert {(row.school_id, row.function, row.work_days) for row in found} == {
        (cast.zandplaat.pk, "ib", "1"),
        (cast.duin.pk, "teacher", "12345"),
    }


def test_a_report_tells_the_same_of_known_unknown_and_closed_accounts(cast: Cast) -> None:
    closed = make_person("Dicht Account", cast.vaart)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    told = []
    for email in (cast.vera.email, closed.email, "niemand@example.org"):
        staff_import = listed(cast, f"Iemand Anders;{email};;;;;")
        report = carry_out(cast.karin, staff_import)
        undone = as_(cast.karin).post(url("undo_list", staff_import.pk), follow=True).content.decode()
        assert "Vera Elders" not in report + undone and "Dicht Account" not in report + undone
        told.append([main_of(report), main_of(undone)])
    assert told[0] == told[1] == told[2] and "is uitgenodigd" in told[0][0]
    assert not Membership.objects.filter(person=closed, school=cast.zandplaat).exists()


def main_of(page: str) -> str:
    """What a page says, without what differs from list to list."""
    found = re.search(r"<main.*</main>", page, re.DOTALL)
    assert found
    return re.sub(r'(value|href|action)="[^"]*"', "", found[0])


def test_a_list_tells_nothing_of_accounts_at_other_schools(cast: Cast) -> None:
    """Trying addresses in a preview shows the same for somebody known elsewhere and for nobody."""
    emails = cast.vera.email, "niemand@example.org"
    lists = [listed(cast, f"Iemand Anders;{email};;;;;") for email in emails]
    shown = [preview(each).lines[0] for each in lists]
    assert len({(line.kind, line.name, line.problem, str(line.notes), line.ticked) for line in shown}) == 1
    assert "Vera Elders" not in page_of(cast.karin, lists[0])


def test_without_a_function_somebody_teaches(cast: Cast) -> None:
    carry_out(cast.karin, listed(cast, "Anne;anne@example.org;;;;;", "Bart;bart@example.org;Kok;;;;"))
    assert membership_of(person("anne@example.org")).function == "teacher"
    assert membership_of(person("bart@example.org")).function == "other"


def test_a_list_makes_no_coordinator_and_no_director(cast: Cast) -> None:
    rows = ["Anne;anne@example.org;Directeur;;;;", "Bart;bart@example.org;coördinator;;;;"]
    carry_out(cast.hanneke, listed(cast, *rows))
    assert roles(person("anne@example.org")) == roles(person("bart@example.org")) == {"teacher"}


def test_a_coordinator_does_not_end_or_lengthen_through_a_list(cast: Cast) -> None:
    soon = timezone.localdate() + dt.timedelta(days=30)
    Membership.objects.filter(person=cast.karin).update(valid_until=soon)
    rows = [of_member(cast.karin, ";;;;31-7-2099"), of_member(cast.hanneke, ";;;;31-7-2099")]
    report = carry_out(cast.karin, listed(cast, *rows))
    assert membership_of(cast.karin).valid_until == soon
    assert membership_of(cast.hanneke).valid_until is None
    assert not StaffRow.objects.filter(applied=True).exists()
    assert all(row.problem in report for row in StaffRow.objects.exclude(problem=""))


# -- twice, and two at once --------------------------------------------------------------------------------


def everything() -> list[Any]:
    """In an order of its own: whoever logged in meanwhile may stand elsewhere in the table."""
    rows: Any = Membership.objects.values(), Fte.objects.values(), User.objects.values("name")
    return [list(each.order_by("pk")) for each in rows]


def test_a_second_time_changes_nothing_and_says_so(cast: Cast) -> None:
    for data in (as_csv(), as_xlsx()):
        staff_import = upload(cast.karin, cast, data)
        carry_out(cast.karin, staff_import)
    sheet = preview(upload(cast.karin, cast, as_csv()))
    assert list(kinds(sheet)) == ["unchanged"] and len(sheet.unchanged) == 14
    before = everything()
    report = carry_out(cast.karin, upload(cast.karin, cast, as_csv()))
    assert everything() == before
    assert "14" in report and not StaffImport.objects.first().rows.filter(applied=True).exists()  # type: ignore[union-attr]
    assert OutgoingMail.objects.count() == 14


def test_pressing_twice_carries_out_once(cast: Cast) -> None:
    staff_import, client = listed(cast, "Anne Bos;anne@example.org;;;;;"), as_(cast.karin)
    form = form_for(staff_import)
    for _time in range(2):
        answer = client.post(url("carry_out_list", staff_import.pk), form, follow=True)
        assert answer.status_code == 200
    assert User.objects.filter(email="anne@example.org").count() == OutgoingMail.objects.count() == 1


def test_two_coordinators_at_once_the_second_looks_again(cast: Cast) -> None:
    first, second = (listed(cast, "Anne Bos;anne@example.org;;0,8;;;") for _who in range(2))
    form = form_for(second)
    carry_out(cast.karin, first)
    answer = as_(cast.hanneke).post(url("carry_out_list", second.pk), form, follow=True)
    said = answer.content.decode()
    assert re.search(r"alert-danger", said) and preview(second).unchanged
    second.refresh_from_db()
    assert second.is_waiting and Membership.objects.filter(person__email="anne@example.org").count() == 1


def test_a_change_by_hand_meanwhile_counts_too(cast: Cast) -> None:
    staff_import = listed(cast, of_member(cast.tom, "IB'er;;;;"))
    form = form_for(staff_import)
    Membership.objects.filter(person=cast.tom).update(function="assistant")
    as_(cast.karin).post(url("carry_out_list", staff_import.pk), form)
    assert membership_of(cast.tom).function == "assistant"


def test_a_change_between_the_look_and_the_lock(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The view saw the same list; under the lock it turns out to have changed."""
    staff_import = listed(cast, of_member(cast.tom, "IB'er;;;;"))
    form, seen = form_for(staff_import), preview(staff_import)
    Membership.objects.filter(person=cast.tom).update(function="assistant")
    monkeypatch.setattr("schools.views.imports.judge", lambda *_args: seen)
    as_(cast.karin).post(url("carry_out_list", staff_import.pk), form)
    assert membership_of(cast.tom).function == "assistant"
    staff_import.refresh_from_db()
    assert staff_import.is_waiting


def test_the_report_says_what_was_and_what_became(cast: Cast) -> None:
    today = timezone.localdate() - dt.timedelta(days=5)
    Fte.objects.create(membership=membership_of(cast.tom), valid_from=today, value=Decimal("0.7"))
    report = carry_out(cast.karin, listed(cast, of_member(cast.tom, ";0,5;ma di;;31-7-2099")))
    text = " ".join(re.sub(r"<[^>]*>", " ", report).split())
    for words in (
        "(wtf): 0,7 → wordt 0,5",
        "Werkdagen: ma di wo do vr → wordt ma di",
        "dag: – → wordt 31-7-2099",
    ):
        assert words in text


@pytest.mark.parametrize("bad", [{"fte_from": "x"}, {"last_day": "x"}, {"lines": ["999"]}, {"ends": ["x"]}])
def test_nonsense_carries_nothing_out(cast: Cast, bad: dict[str, Any]) -> None:
    staff_import = listed(cast, "Anne Bos;anne@example.org;;;;;")
    page = carry_out(cast.karin, staff_import, **bad)
    assert "Anne Bos" in page and "alert-danger" in page
    assert not User.objects.filter(email="anne@example.org").exists()


def test_the_preview_says_from_when_somebody_is_a_colleague(cast: Cast) -> None:
    page = page_of(cast.karin, listed(cast, "Anne Bos;anne@example.org;;;;1-8-2099;"))
    assert "vanaf hun eerste dag" in page and "1-8-2099" in page
