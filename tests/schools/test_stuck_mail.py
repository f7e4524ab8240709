"""What is stuck: of one's own school, without a word of what is in it, and once more at a press."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.models import OutgoingMail, Role
from schools.models.mail import MAX_TRIES
from tests.people import Cast, make_person
from tests.popgroups.conftest import Enter, a_sunday_in_november, enter  # noqa: F401


def mail(cast: Cast, to: str = "vol@example.org", **values: Any) -> OutgoingMail:
    earlier = timezone.now() - dt.timedelta(hours=5)
    own = {
        "school": cast.zandplaat,
        "subject": "GEHEIM",
        "body": "GEHEIM",
        "message_id": f"<{to}>",
        "made_at": earlier,
        "tries": 3,
        "tried_at": earlier,
        "try_again_at": timezone.now() + dt.timedelta(hours=3),
        "trouble": "SMTPRecipientsRefused",
    }
    return OutgoingMail.objects.create(to=to, **{**own, **values})


def shown(client: Any, cast: Cast) -> str:
    return str(client.get(reverse("stuck_mail", args=[cast.zandplaat.pk])).content.decode())


def press(client: Any, row: OutgoingMail) -> str:
    answer = client.post(reverse("retry_mail", args=[row.pk]), follow=True)
    return str(answer.content.decode())


def test_a_coordinator_sees_where_since_when_and_why(cast: Cast, enter: Enter) -> None:  # noqa: F811
    client = enter(cast.karin)
    assert "All mail has gone out." in shown(client, cast)
    mail(cast)
    text = shown(client, cast)
    assert "vol@example.org" in text and "tried 3 times" in text
    assert "does not take this address" in text and "GEHEIM" not in text


def test_only_what_is_stuck_and_about_this_school(cast: Cast, enter: Enter) -> None:  # noqa: F811
    now = timezone.now()
    mail(cast, "weg@example.org", sent_at=now)
    mail(cast, "elders@example.org", school=cast.vaart)
    mail(cast, "code@example.org", school=None)
    mail(cast, "vers@example.org", tries=0, tried_at=None, made_at=now, trouble="")
    mail(cast, "ligt@example.org", tries=0, tried_at=None, trouble="")
    text = shown(enter(cast.karin), cast)
    for name, there in (("weg", 0), ("elders", 0), ("code", 0), ("vers", 0), ("ligt", 1)):
        assert (f"{name}@example.org" in text) == bool(there), name
    assert "Nobody carries mail now." in text


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("ConnectionRefusedError 111", "be reached"),
        ("gaierror -2", "be reached"),
        ("SMTPDataError 552", "did not take it"),
        ("", "something stopped"),
    ],
)
def test_the_trouble_in_words(cast: Cast, enter: Enter, trouble: str, words: str) -> None:  # noqa: F811
    mail(cast, trouble=trouble)
    text = shown(enter(cast.karin), cast)
    assert words in text and trouble in text


def test_try_again_now(cast: Cast, enter: Enter) -> None:  # noqa: F811
    row, client = mail(cast), enter(cast.karin)
    assert "tried again in a moment" in press(client, row)
    row.refresh_from_db()
    assert row.try_again_at <= timezone.now() and row.tries == 3


def test_one_that_was_given_up_gets_one_more_try(cast: Cast, enter: Enter) -> None:  # noqa: F811
    row, client = mail(cast, tries=MAX_TRIES), enter(cast.karin)
    assert "given up" in shown(client, cast)
    press(client, row)
    row.refresh_from_db()
    assert row.tries == MAX_TRIES - 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"sent_at": "now"}, "does not wait any more"),
        ({"body": ""}, "does not wait any more"),
        ({"tried_at": "now"}, "tried a moment ago"),
    ],
)
def test_what_can_not_be_tried_again(
    cast: Cast,
    enter: Enter,  # noqa: F811
    values: dict[str, Any],
    words: str,
) -> None:
    """Being tried at this moment: a second try beside it could be a second mail."""
    now = timezone.now()
    given: dict[str, Any] = {key: now if value == "now" else value for key, value in values.items()}
    row = mail(cast, **given)
    before = row.try_again_at
    client = enter(cast.karin)
    assert words in press(client, row)
    row.refresh_from_db()
    assert row.try_again_at == before
    if "body" in values:
        assert "Too old" in shown(client, cast) and "Try again now" not in shown(client, cast)


def test_a_coordinator_elsewhere_gets_nowhere(cast: Cast, enter: Enter) -> None:  # noqa: F811
    row = mail(cast)
    client = enter(make_person("Wim Elders", cast.vaart, Role.COORDINATOR))
    assert client.get(reverse("stuck_mail", args=[cast.zandplaat.pk])).status_code == 404
    assert client.post(reverse("retry_mail", args=[row.pk])).status_code == 404
    director = enter(cast.hanneke)
    assert director.get(reverse("stuck_mail", args=[cast.zandplaat.pk])).status_code == 403
    assert director.post(reverse("retry_mail", args=[row.pk])).status_code == 404
    assert "stuck" not in director.get(reverse("colleagues", args=[cast.zandplaat.pk])).content.decode()
