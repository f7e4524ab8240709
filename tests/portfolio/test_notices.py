"""Who gets something shared is told that, and nothing more."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from portfolio.models import Entry, EntryKind, Share
from portfolio.notices import tell_shared
from portfolio.sharing import share
from schools.models import OutgoingMail, User
from tests.people import Cast

SECRET = "Het ging mis bij rekenen"


def given(owner: User, viewer: User, *, until: dt.date | None = None) -> Share:
    entry, _made = Entry.objects.get_or_create(
        owner=owner, kind=EntryKind.LEARNING, title=SECRET, text=SECRET
    )
    return share(entry, viewer, until=until, at=timezone.now())


def test_a_viewer_is_told_who_shares_and_where_to_read_but_not_what(cast: Cast) -> None:
    User.objects.filter(pk=cast.tom.pk).update(language="en")
    shares = [given(cast.noor, User.objects.get(pk=who.pk)) for who in (cast.lieke, cast.tom)]
    tell_shared(shares, timezone.now())
    dutch, english = (OutgoingMail.objects.get(person=who) for who in (cast.lieke, cast.tom))
    assert dutch.subject == f"{cast.noor.name} laat je iets lezen"
    assert english.subject == f"{cast.noor.name} lets you read something"
    for mail in (dutch, english):
        assert "/gedeeld-met-mij/" in mail.body and SECRET not in mail.subject + mail.body
        assert mail.school is None and not OutgoingMail.objects.visible_to(cast.karin).exists()


def test_a_later_end_date_is_no_news_and_sharing_anew_is(cast: Cast) -> None:
    first = given(cast.noor, cast.lieke)
    tell_shared([first], timezone.now())
    tell_shared([given(cast.noor, cast.lieke, until=timezone.localdate())], timezone.now())
    assert OutgoingMail.objects.filter(person=cast.lieke).count() == 1
    first.revoke(timezone.now())
    tell_shared([given(cast.noor, cast.lieke)], timezone.now())
    assert OutgoingMail.objects.filter(person=cast.lieke).count() == 2


def test_what_is_rolled_back_is_not_told(cast: Cast) -> None:
    with transaction.atomic():
        tell_shared([given(cast.noor, cast.lieke)], timezone.now())
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.filter(person=cast.lieke).exists()
