"""What somebody is typing has a limit, said in words; what was shown as saved stays saved."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools import drafts
from schools.drafts import draft_text, save_draft
from schools.models import Draft
from tests.people import Cast

LONG = "x" * 8_000


@pytest.fixture
def tom(cast: Cast, client: Client) -> Client:
    client.force_login(cast.tom)
    return client


def send(tom: Client, field: str, text: str, seq: int = 1) -> int:
    return tom.post(reverse("draft"), {"field": field, "text": text, "seq": seq}).status_code


def begin(cast: Cast, number: int, text: str = "bewaard", days: int = 0) -> None:
    at = timezone.now() - dt.timedelta(days=days)
    Draft.objects.bulk_create(
        Draft(writer=cast.tom, field=f"case:{n}:tried", text=text, seq=1, saved_at=at) for n in range(number)
    )


def test_so_many_texts_at_once_and_no_more(cast: Cast, tom: Client) -> None:
    begin(cast, drafts.MOST - 1)
    assert send(tom, "entry:new:title", "past nog") == 200
    assert send(tom, "entry:new:text", "past niet") == 409
    assert draft_text(cast.tom, "entry:new:text") == "" and Draft.objects.count() == drafts.MOST
    # What was there is saved on; who types elsewhere does not notice.
    assert send(tom, "case:7:tried", "bewaard en verder", seq=2) == 200
    assert draft_text(cast.tom, "case:7:tried") == "bewaard en verder"
    other = Client()
    other.force_login(cast.noor)
    assert send(other, "entry:new:text", "mijn eigen") == 200


def test_so_much_text_and_no_more(cast: Cast, tom: Client) -> None:
    begin(cast, drafts.MOST_CHARACTERS // len(LONG), LONG)
    assert send(tom, "entry:new:text", "nog") == 409
    assert send(tom, "case:1:tried", "korter", seq=2) == 200
    assert send(tom, "entry:new:text", "nu past het") == 200
    assert send(tom, "case:1:tried", LONG, seq=3) == 409
    assert draft_text(cast.tom, "case:1:tried") == "korter"


def test_what_was_too_much_before_can_be_shortened(cast: Cast, tom: Client) -> None:
    begin(cast, drafts.MOST + 3, LONG)
    assert send(tom, "case:1:tried", LONG[:-1], seq=2) == 200
    assert send(tom, "case:1:tried", LONG, seq=3) == 409


@pytest.mark.parametrize(("days", "status"), [(2, 200), (0, 409)])
def test_boxes_emptied_before_today_make_room(cast: Cast, tom: Client, days: int, status: int) -> None:
    begin(cast, drafts.MOST, "", days)
    assert send(tom, "entry:new:text", "nieuw") == status


def test_what_the_site_puts_back_is_never_refused(cast: Cast) -> None:
    begin(cast, drafts.MOST)
    save_draft(cast.tom, "session:1:step:1:write", "terug in het vak", 1, timezone.now())
    assert draft_text(cast.tom, "session:1:step:1:write") == "terug in het vak"


def test_the_page_has_words_for_it(cast: Cast, tom: Client) -> None:
    assert "data-full=" in tom.get(reverse("entry_new")).content.decode()


def test_too_long_is_said_only_of_what_is(tom: Client) -> None:
    for field, text, too_long in (("entry:new:text", "x" * 8_001, True), ("Vreemd-veld", "kort", False)):
        reply = tom.post(reverse("draft"), {"field": field, "text": text, "seq": 1})
        assert (reply.status_code, reply.json()["too_long"]) == (422, too_long)
