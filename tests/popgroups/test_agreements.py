from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from popgroups.models import Agreement, AgreementAcceptance, GroupMember, PopGroup
from tests.people import Cast
from tests.popgroups.conftest import Enter


def agree(client: Any, group: PopGroup, version: int) -> Any:
    return client.post(reverse("accept_agreement", args=[group.pk, version]), follow=True)


def change(client: Any, group: PopGroup, text: str, seen: Any = 1, key: str = "") -> Any:
    form = {"text": text, "seen": seen, "once_key": key or str(uuid.uuid4())}
    return client.post(reverse("change_agreement", args=[group.pk]), form)


def test_a_member_agrees_once_with_a_date(cast: Cast, enter: Enter) -> None:
    client = enter(cast.noor)
    agree(client, cast.group, 1)
    text = agree(client, cast.group, 1).content.decode()
    assert "You agreed on" in text
    assert "4 members have not agreed yet" in text
    acceptance = AgreementAcceptance.objects.get()
    assert (acceptance.member.person, acceptance.aloud_noted_by) == (cast.noor, None)


def test_others_see_who_agreed_and_who_said_so_aloud(cast: Cast, enter: Enter) -> None:
    agreement = Agreement.objects.get()
    for place in cast.group.current_members():
        aloud = cast.noor if place.person == cast.tom else None
        agreement.accept(place, timezone.now(), aloud_noted_by=aloud)
    text = enter(cast.samir).get(reverse("group", args=[cast.group.pk])).content.decode()
    assert "Everybody has agreed" in text
    assert text.count("aloud,") == 1


def test_nobody_agrees_to_a_text_they_did_not_read(cast: Cast, enter: Enter) -> None:
    cast.group.agreements.create(version=2, text="nieuw")
    assert "has a new text" in agree(enter(cast.noor), cast.group, 1).content.decode()
    assert not AgreementAcceptance.objects.exists()


@pytest.mark.parametrize("version", [0, 9, 10**30])
def test_a_version_that_is_none(cast: Cast, enter: Enter, version: int) -> None:
    agree(enter(cast.noor), cast.group, version)
    assert not AgreementAcceptance.objects.exists()


@pytest.mark.parametrize("who", ["karin", "ilse"])
def test_only_members_agree_or_change(cast: Cast, enter: Enter, who: str) -> None:
    GroupMember.objects.create(group=cast.group, membership=cast.ilse.memberships.get())
    client = enter(getattr(cast, who))
    assert agree(client, cast.group, 1).status_code == 403
    assert change(client, cast.group, "Alles mag").status_code == 403
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize("who", ["gone", "late", "hanneke", "vera"])
def test_others_do_not_find_it(cast: Cast, enter: Enter, who: str) -> None:
    client = enter(getattr(cast, who))
    assert agree(client, cast.group, 1).status_code == 404
    assert change(client, cast.group, "Alles mag").status_code == 404
    assert Agreement.objects.count() == 1


def test_a_change_is_a_new_version_that_all_accept_anew(cast: Cast, enter: Enter) -> None:
    client = enter(cast.noor)
    agree(client, cast.group, 1)
    change(client, cast.group, "We beginnen met koffie. 🌱\nمرحبا")
    agreement = cast.group.current_agreement()
    assert agreement is not None
    assert (agreement.version, agreement.made_by) == (2, cast.noor)
    assert agreement.not_yet_accepted().count() == 5
    text = client.get(reverse("group", args=[cast.group.pk])).content.decode()
    assert "Do you agree to this?" in text
    assert "We beginnen met koffie. 🌱" in text


def test_sent_twice_it_is_one_version(cast: Cast, enter: Enter) -> None:
    client, key = enter(cast.noor), str(uuid.uuid4())
    for _time in range(2):
        answer = change(client, cast.group, "Nieuw", key=key)
    assert answer.status_code == 302
    assert Agreement.objects.count() == 2


def test_two_who_write_at_once(cast: Cast, enter: Enter) -> None:
    change(enter(cast.noor), cast.group, "Van Noor")
    text = change(enter(cast.samir), cast.group, "Van Samir", seen=1).content.decode()
    assert "Somebody changed the agreement just now" in text
    assert "Van Samir" in text
    assert "Van Noor" in text
    assert Agreement.objects.count() == 2


def test_the_same_text_is_no_new_version(cast: Cast, enter: Enter) -> None:
    change(enter(cast.noor), cast.group, " Wat hier gezegd wordt,\n blijft hier.")
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize("text", ["", "  ", "a\x00b", "x" * 8001, "x" * 1_000_000])
def test_bad_text_is_refused_and_kept(cast: Cast, enter: Enter, text: str) -> None:
    answer = change(enter(cast.noor), cast.group, text)
    assert "Not saved yet" in answer.content.decode()
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30])
def test_a_form_without_its_version_changes_nothing(cast: Cast, enter: Enter, seen: str) -> None:
    assert change(enter(cast.noor), cast.group, "Nieuw", seen=seen).status_code == 200
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize("who", ["noor", "karin"])
def test_the_history_is_readable(cast: Cast, enter: Enter, who: str) -> None:
    cast.group.agreements.create(version=2, text="Tweede <b>tekst</b>", made_by=cast.noor)
    text = enter(getattr(cast, who)).get(reverse("agreement_history", args=[cast.group.pk])).content.decode()
    assert "Wat hier gezegd wordt, blijft hier." in text
    assert "Tweede &lt;b&gt;tekst&lt;/b&gt;" in text
    assert text.index("Version 2") < text.index("Version 1")
