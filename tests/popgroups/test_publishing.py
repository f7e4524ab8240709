"""What is shown before a year plan is published."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from popgroups.models import Meeting, PopGroup
from popgroups.planner import YearPlan
from popgroups.planner_forms import mark_of
from popgroups.publishing import Publication
from schools.models import OutgoingMail, SchoolYear
from tests.people import Cast, make_group
from tests.popgroups.year import filled, keep, publishing, seen_on

pytestmark = pytest.mark.usefixtures("start_of_year")


def test_what_is_over_counts_in_no_mail_and_no_hours(cast: Cast) -> None:
    PopGroup.objects.update(year=SchoolYear.of(timezone.localdate()))
    starts = timezone.now(), timezone.now() + dt.timedelta(days=7)
    for starts_at in starts:
        Meeting(group=cast.group, starts_at=starts_at, minutes=60).propose()
    for hours, left in ((0, 2), (2, 1)):
        at = timezone.now() + dt.timedelta(hours=hours)
        found = Publication(YearPlan(cast.zandplaat, cast.group.year, at), {cast.group.pk}, per_person=True)
        assert len(found.mails) == 5 * left
        assert {claim.added for claim in found.claims} == {60 * left}


# -- which groups ------------------------------------------------------------------------------------------


@pytest.fixture
def two_groups(cast: Cast, karin: Client) -> PopGroup:
    """Each with seven concepts; returns the second, of two people."""
    other = make_group(cast.zandplaat, "Onderbouw", [cast.ilse, cast.karin])
    keep(karin, cast, filled(cast, groups=[cast.group.pk, other.pk], place=""))
    return other


def words(reply: Any) -> str:
    return " ".join(reply.content.decode().split())


def test_all_groups_are_ticked_and_one_can_be_left_out(
    cast: Cast, karin: Client, two_groups: PopGroup
) -> None:
    page = reverse("publish_plan", args=[cast.zandplaat.pk])
    form = seen_on(karin, page)
    assert form["groups"] == [str(cast.group.pk), str(two_groups.pk)]
    form["groups"] = [str(two_groups.pk)]
    text = words(karin.post(page, form))
    assert "2 colleagues get 14 mails" in text and "of the groups you ticked" in text
    assert not OutgoingMail.objects.exists(), "other groups than the screen told of: shown first"
    shown = publishing(text)
    assert shown["groups"] == [str(two_groups.pk)]
    assert "7 meetings are published." in words(karin.post(page, shown, follow=True))
    assert set(Meeting.objects.filter(state="planned").values_list("group", flat=True)) == {two_groups.pk}
    assert OutgoingMail.objects.count() == 14
    assert seen_on(karin, page)["groups"] == [str(cast.group.pk)], "the other one still waits"


def test_looking_again_publishes_nothing(cast: Cast, karin: Client, two_groups: PopGroup) -> None:
    page = reverse("publish_plan", args=[cast.zandplaat.pk])
    text = words(karin.post(page, {**seen_on(karin, page), "look": "1"}))
    assert "7 colleagues get 49 mails" in text
    assert not Meeting.objects.filter(state="planned").exists()


@pytest.mark.parametrize(
    ("groups", "message"),
    [([], "Choose at least one group."), (["0"], "not one of the available"), (["x"], "not one of the")],
)
def test_no_group_or_a_strange_one_is_said(
    cast: Cast, karin: Client, two_groups: PopGroup, groups: list[str], message: str
) -> None:
    page = reverse("publish_plan", args=[cast.zandplaat.pk])
    assert message in words(karin.post(page, seen_on(karin, page) | {"groups": groups}))
    assert not Meeting.objects.filter(state="planned").exists()


def test_a_second_press_on_publish_meets_no_fault_in_the_form(
    cast: Cast, karin: Client, two_groups: PopGroup
) -> None:
    page = reverse("publish_plan", args=[cast.zandplaat.pk])
    sent = seen_on(karin, page)
    assert "14 meetings are published." in words(karin.post(page, sent, follow=True))
    reply = karin.post(page, sent, follow=True)
    assert reply.redirect_chain[-1][0] == page
    assert "The plan changed meanwhile." in words(reply) and "Everything has been published" in words(reply)
    assert "not one of the available" not in words(reply) and OutgoingMail.objects.count() == 49


def test_a_group_without_concepts_publishes_nothing_and_says_so(
    cast: Cast, karin: Client, two_groups: PopGroup
) -> None:
    """As does a press at the very moment that another one publishes: nothing is left then."""
    page = reverse("publish_plan", args=[cast.zandplaat.pk])
    empty = make_group(cast.zandplaat, "Zorg", [cast.ilse])
    PopGroup.objects.filter(pk=empty.pk).update(year=two_groups.year)
    sent = seen_on(karin, page) | {"groups": [str(empty.pk)], "shown": mark_of({empty.pk})}
    text = words(karin.post(page, sent, follow=True))
    assert "The plan changed meanwhile." in text and "0 meetings" not in text
    assert not Meeting.objects.filter(state="planned").exists()


# -- removing a concept, and putting it back ---------------------------------------------------------------


@pytest.mark.parametrize("back", ["publish_plan", "planner"])
def test_a_date_is_removed_on_the_spot_and_put_back(
    cast: Cast, karin: Client, two_groups: PopGroup, back: str
) -> None:
    page, meeting = reverse(back, args=[cast.zandplaat.pk]), Meeting.objects.earliest("starts_at")
    drop = f"{reverse('drop_meeting', args=[meeting.pk])}?back={back}"
    assert drop in karin.get(page).content.decode()
    reply = karin.post(drop, follow=True)
    assert reply.redirect_chain[-1][0] == f"{page}?year=2026"
    text = words(reply)
    assert "Removed from the concept: " in text and "Put it back" in text
    assert Meeting.objects.count() == 13
    undo = f"{reverse('put_back_meeting', args=[cast.zandplaat.pk])}?back={back}&year=2026"
    assert undo.replace("&", "&amp;") in text
    reply = karin.post(undo, follow=True)
    assert reply.redirect_chain[-1][0] == f"{page}?year=2026"
    text = words(reply)
    assert "It stands in the concept again." in text and "Put it back" not in text
    again = Meeting.objects.get(group=meeting.group, starts_at=meeting.starts_at)
    assert (again.state, again.minutes, again.kind) == ("concept", 90, "intervision")
    assert "nothing to put back" in words(karin.post(undo, follow=True))
    assert Meeting.objects.count() == 14


def test_what_was_removed_is_put_back_only_here_and_only_for_an_hour(
    cast: Cast, karin: Client, two_groups: PopGroup
) -> None:
    karin.post(reverse("drop_meeting", args=[Meeting.objects.earliest("starts_at").pk]))
    page = reverse("planner", args=[cast.zandplaat.pk])
    assert "Put it back" not in words(karin.get(page, {"year": 2025}))
    assert "Put it back" in words(karin.get(page))
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=61)):
        assert "Put it back" not in words(karin.get(page))
        karin.post(reverse("put_back_meeting", args=[cast.zandplaat.pk]))
    assert Meeting.objects.count() == 13


def test_a_group_that_went_meanwhile_takes_nothing_back(
    cast: Cast, karin: Client, two_groups: PopGroup
) -> None:
    meeting = Meeting.objects.filter(group=two_groups).earliest("starts_at")
    karin.post(reverse("drop_meeting", args=[meeting.pk]))
    two_groups.delete()
    text = words(karin.post(reverse("put_back_meeting", args=[cast.zandplaat.pk]), follow=True))
    assert "nothing to put back" in text and Meeting.objects.count() == 7
