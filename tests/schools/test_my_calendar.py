from __future__ import annotations

import re

from django.test import Client
from django.urls import reverse

from schools.feeds import make_feed
from schools.models import FeedToken
from tests.people import Cast
from tests.popgroups.conftest import Enter, a_sunday_in_november, enter  # noqa: F401

ADDRESS = re.compile(r"http://localhost:8000(/agenda/[\w-]{43}\.ics)")


def make(client: Client) -> str:
    found = ADDRESS.search(client.post(reverse("make_my_feed"), follow=True).content.decode())
    assert found is not None
    return found[1]


def test_the_address_is_shown_once(cast: Cast, enter: Enter) -> None:  # noqa: F811
    client = enter(cast.noor)
    page = reverse("my_calendar")
    assert "You have no address yet." in client.get(page).content.decode()
    answer = client.post(reverse("make_my_feed"))
    assert answer.status_code == 302 and answer["Location"] == page, "a reload makes no second address"
    answer = client.get(page)
    found = ADDRESS.search(answer.content.decode())
    assert found is not None and answer["Cache-Control"] == "no-store"
    assert Client().get(found[1]).status_code == 200
    text = client.get(page).content.decode()
    assert "You made an address on" in text and not ADDRESS.search(text)
    assert not any(found[1] in str(value) for value in client.session.values())


def test_an_address_that_was_stopped_is_not_shown_any_more(cast: Cast, enter: Enter) -> None:  # noqa: F811
    client = enter(cast.noor)
    client.post(reverse("make_my_feed"))
    text = client.post(reverse("stop_my_feed"), follow=True).content.decode()
    assert "You have no address yet." in text and not ADDRESS.search(text)


def test_a_new_one_ends_the_old_one(cast: Cast, enter: Enter) -> None:  # noqa: F811
    client = enter(cast.noor)
    old, new = make(client), make(client)
    assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)
    assert FeedToken.objects.count() == 1


def test_stopping_ends_it_and_leaves_others_alone(cast: Cast, enter: Enter) -> None:  # noqa: F811
    client, other = enter(cast.noor), make_feed(cast.tom, cast.group.made_at)
    address = make(client)
    for _time in range(2):
        text = client.post(reverse("stop_my_feed"), follow=True).content.decode()
        assert "The address does not work any more." in text
    assert Client().get(address).status_code == 404
    assert Client().get(f"/agenda/{other}.ics").status_code == 200


def test_the_profile_leads_there_and_the_page_says_what_is_shown(cast: Cast, enter: Enter) -> None:  # noqa: F811
    client = enter(cast.noor)
    assert reverse("my_calendar") in client.get(reverse("profile")).content.decode()
    text = client.get(reverse("my_calendar")).content.decode()
    for words in ("Outlook", "Google", "Apple", "time, place and the name of your group"):
        assert words in text


NEW = "een-heel-ander-woord"


def give_password(client: Client, name: str, **more: str) -> str:
    sent = {"password1": NEW, "password2": NEW, **more}
    return str(client.post(reverse(name), sent, follow=True).content.decode())


def test_a_new_password_ends_the_address_and_says_so(cast: Cast, enter: Enter) -> None:  # noqa: F811
    """The first one too: whoever wants it may know that somebody looks in."""
    cast.noor.set_password("een-oud-woordje")
    cast.noor.save()
    for person, name, more in (
        (cast.noor, "account_change_password", {"oldpassword": "een-oud-woordje"}),
        (cast.tom, "account_set_password", {}),
    ):
        client = enter(person)
        address = make(client)
        assert "With a new password the address stops" in client.get(reverse("my_calendar")).content.decode()
        assert Client().get(address).status_code == 200
        text = give_password(client, name, **more)
        assert "The secret address of your calendar stopped too." in text
        assert Client().get(address).status_code == 404
        assert "You have no address yet." in client.get(reverse("my_calendar")).content.decode()


def test_a_new_password_without_an_address_says_nothing_of_it(cast: Cast, enter: Enter) -> None:  # noqa: F811
    client, other = enter(cast.tom), make_feed(cast.noor, cast.group.made_at)
    assert "secret address" not in give_password(client, "account_set_password")
    assert Client().get(f"/agenda/{other}.ics").status_code == 200
