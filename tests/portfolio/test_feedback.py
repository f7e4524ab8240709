"""Feedback asked of one colleague: asked, answered or not, kept or let go, taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.lib.states import MoveRefused, StaleMove
from portfolio import feedback
from portfolio.erasing import stray_drafts
from portfolio.models import FEEDBACK_MOVES, Entry, EntryKind, FeedbackRequest, FeedbackState
from portfolio.sharing import share
from schools.models import Draft, OutgoingMail, Role, User
from tests.people import Cast
from tests.portfolio.pops import make_goal, make_pop
from tests.portfolio.test_versions import shared_with
from tests.portfolio.test_views import page, statements

NOW = timezone.now
QUESTION, ANSWER = "Wat viel je op dinsdag?", "Je wachtte na je vraag echt even."


@pytest.fixture
def asks(cast: Cast) -> FeedbackRequest:
    return feedback.ask(cast.noor, cast.tom, QUESTION, NOW())


@pytest.fixture
def tom(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.tom)
    return browser


def again(asks: FeedbackRequest) -> FeedbackRequest:
    return FeedbackRequest.objects.get(pk=asks.pk)


def answered(asks: FeedbackRequest, text: str = ANSWER) -> FeedbackRequest:
    feedback.answer(asks, text, NOW())
    return again(asks)


def press(client: Client, name: str, asks: FeedbackRequest, **told: Any) -> str:
    reply = client.post(reverse(name, args=[asks.pk]), told, follow=True)
    assert reply.status_code == 200
    return reply.content.decode()


# -- asking ------------------------------------------------------------------------------------------------


def test_a_question_reaches_the_colleague_and_a_mail_without_its_words(
    cast: Cast, noor: Client, tom: Client
) -> None:
    sent = {"asked": cast.tom.pk, "question": QUESTION, "once_key": uuid4()}
    for _twice in range(2):
        assert noor.post(reverse("feedback_ask"), sent).status_code == 302
    asks = FeedbackRequest.objects.get()
    mail = OutgoingMail.objects.get()
    assert (mail.person, mail.to) == (cast.tom, cast.tom.email)
    assert "Noor de Wit" in mail.subject and reverse("feedback_request", args=[asks.pk]) in mail.body
    assert QUESTION not in mail.subject + mail.body + mail.html
    for name in (("home",), ("feedback",), ("feedback_request", asks.pk)):
        assert QUESTION in page(tom, *name)


def test_the_mail_is_in_the_language_of_whoever_is_asked(cast: Cast) -> None:
    User.objects.filter(pk=cast.tom.pk).update(language="en")
    feedback.ask(cast.noor, User.objects.get(pk=cast.tom.pk), QUESTION, NOW())
    assert OutgoingMail.objects.get().subject == "Noor de Wit asks for your feedback"


@pytest.mark.parametrize("who", ["noor", "vera", "olaf"])
def test_only_a_colleague_can_be_asked(cast: Cast, noor: Client, who: str) -> None:
    sent = {"asked": getattr(cast, who).pk, "question": QUESTION}
    text = noor.post(reverse("feedback_ask"), sent).content.decode()
    assert QUESTION in text and not FeedbackRequest.objects.exists() and not OutgoingMail.objects.exists()


def test_the_colleague_is_told_for_whom_their_name_is(
    tom: Client, noor: Client, asks: FeedbackRequest
) -> None:
    assert "met jouw naam erbij" in page(tom, "feedback_request", asks.pk)
    text = page(noor, "feedback_ask")
    assert "valt die naam weg" in text and "Kies een collega" in text


def test_one_open_question_at_a_time_to_one_colleague(
    cast: Cast, noor: Client, asks: FeedbackRequest
) -> None:
    sent = {"asked": cast.tom.pk, "question": "En op woensdag?"}
    text = noor.post(reverse("feedback_ask"), sent).content.decode()
    assert "Tom Veenstra heeft nog een vraag van jou" in text and "En op woensdag?" in text
    assert FeedbackRequest.objects.get() == asks and OutgoingMail.objects.count() == 1
    answered(asks)
    assert noor.post(reverse("feedback_ask"), sent).status_code == 302
    assert feedback.ask(cast.noor, cast.samir, "Een ander mag", NOW())
    assert feedback.ask(cast.samir, cast.tom, "En van een ander", NOW())


def test_nobody_is_mailed_all_day(cast: Cast, noor: Client) -> None:
    sent = {"asked": cast.tom.pk, "question": QUESTION}
    for _each in range(feedback.TIMES):
        assert noor.post(reverse("feedback_ask"), sent).status_code == 302
        feedback.withdraw(FeedbackRequest.objects.latest("pk"))
    text = noor.post(reverse("feedback_ask"), sent).content.decode()
    assert "veel gevraagd in één uur" in text and QUESTION in text
    assert OutgoingMail.objects.count() == FeedbackRequest.objects.count() == feedback.TIMES


# -- answering ---------------------------------------------------------------------------------------------


def test_an_answer_reaches_whoever_asked_and_can_be_changed_until_kept(
    cast: Cast, noor: Client, tom: Client, asks: FeedbackRequest
) -> None:
    press(tom, "feedback_answer", asks, answer=ANSWER)
    text = page(noor, "feedback_request", asks.pk)
    assert ANSWER in text and "Het antwoord van Tom Veenstra" in text and "zie alleen jij het" in text
    assert QUESTION in page(noor, "home")
    assert ANSWER in page(tom, "feedback_request", asks.pk)
    press(tom, "feedback_answer", asks, answer="Toch nog iets anders")
    assert again(asks).answer == "Toch nog iets anders"
    assert again(asks).state == FeedbackState.ANSWERED


def test_what_is_being_typed_is_kept_and_seen_by_nobody_else(
    cast: Cast, noor: Client, tom: Client, asks: FeedbackRequest
) -> None:
    Draft.objects.create(writer=cast.tom, field=f"feedback:{asks.pk}:answer", text="halverwege gedacht")
    assert "halverwege gedacht" in page(tom, "feedback_request", asks.pk)
    assert "halverwege gedacht" not in page(noor, "feedback_request", asks.pk)
    press(tom, "feedback_answer", asks, answer=ANSWER)
    assert not Draft.objects.exists()


def test_an_empty_answer_is_refused(tom: Client, asks: FeedbackRequest) -> None:
    assert tom.post(reverse("feedback_answer", args=[asks.pk]), {"answer": " "}).status_code == 422
    assert again(asks).state == FeedbackState.ASKED


def test_not_now_needs_no_reason(noor: Client, tom: Client, asks: FeedbackRequest) -> None:
    press(tom, "feedback_refuse", asks)
    assert again(asks).state == FeedbackState.REFUSED
    assert "Nu niet, zegt je collega" in page(noor, "feedback_request", asks.pk)
    assert QUESTION not in page(tom, "feedback")


def test_an_answer_to_a_question_that_was_taken_back_is_shown_to_its_writer(
    noor: Client, tom: Client, asks: FeedbackRequest
) -> None:
    press(noor, "feedback_withdraw", asks)
    reply = tom.post(reverse("feedback_answer", args=[asks.pk]), {"answer": ANSWER})
    assert reply.status_code == 409
    assert ANSWER in reply.content.decode()
    assert again(asks).answer == ""


# -- keeping -----------------------------------------------------------------------------------------------


def test_a_kept_answer_is_an_entry_and_stands_nowhere_else(
    cast: Cast, noor: Client, tom: Client, asks: FeedbackRequest
) -> None:
    mark = answered(asks).answer_mark
    assert ANSWER in press(noor, "feedback_keep", asks, seen=mark)
    kept = Entry.objects.get(owner=cast.noor)
    assert (kept.kind, kept.title, kept.text) == (EntryKind.FEEDBACK, QUESTION, ANSWER)
    assert (kept.given_by, kept.source, again(asks).entry) == (cast.tom, f"feedback:{asks.pk}", kept)
    assert again(asks).answer == ""
    assert ANSWER not in page(tom, "feedback_request", asks.pk)
    press(noor, "feedback_keep", asks, seen=mark)
    assert Entry.objects.count() == 1


def test_an_answer_changed_since_it_was_read_is_not_kept_unread(noor: Client, asks: FeedbackRequest) -> None:
    mark = answered(asks).answer_mark
    answered(asks, "Nu heel anders")
    text = press(noor, "feedback_keep", asks, seen=mark)
    assert "Nu heel anders" in text and "intussen veranderd" in text
    assert not Entry.objects.exists()


def test_an_answer_that_is_let_go_is_erased(cast: Cast, noor: Client, asks: FeedbackRequest) -> None:
    answered(asks)
    Draft.objects.create(writer=cast.tom, field=f"feedback:{asks.pk}:answer", text="nog iets")
    press(noor, "feedback_decline", asks)
    assert (again(asks).state, again(asks).answer) == (FeedbackState.DECLINED, "")
    assert not Entry.objects.exists() and not Draft.objects.exists()


def test_a_viewer_of_kept_feedback_never_reads_who_gave_it(
    cast: Cast, client: Client, asks: FeedbackRequest
) -> None:
    made = feedback.keep(asks, answered(asks).answer_mark, NOW())
    share(made, cast.hanneke, until=None, at=NOW())
    client.force_login(cast.hanneke)
    text = page(client, "entry", made.pk)
    assert ANSWER in text and "Tom" not in text


def test_no_page_of_a_viewer_names_who_gave_it(cast: Cast, client: Client, asks: FeedbackRequest) -> None:
    """On the lists, in a POP that it is proof in, and in who the page says it is of."""
    made = feedback.keep(asks, answered(asks).answer_mark, NOW())
    share(made, cast.hanneke, until=None, at=NOW())
    plan = make_pop(cast.noor)
    make_goal(plan, "Hoe wacht ik langer?").proof.add(made)
    version = shared_with(plan, cast.hanneke)
    client.force_login(cast.hanneke)
    for name in (("home",), ("shared_with_me",), ("entry", made.pk), ("version", version.pk)):
        assert "Tom" not in page(client, *name)
    assert QUESTION in page(client, "shared_with_me") and QUESTION in page(client, "version", version.pk)
    client.force_login(cast.noor)
    assert "van Tom Veenstra" in page(client, "entry", made.pk)


VERBS: dict[str, Any] = {
    FeedbackState.REFUSED: feedback.refuse,
    FeedbackState.WITHDRAWN: feedback.withdraw,
    FeedbackState.DECLINED: feedback.decline,
    FeedbackState.KEPT: lambda asks: feedback.keep(asks, asks.answer_mark, NOW()),
    FeedbackState.ANSWERED: lambda asks: feedback.answer(asks, "Opnieuw", NOW()),
}


@pytest.mark.parametrize("before", FeedbackState.values)
@pytest.mark.parametrize("after", VERBS)
def test_only_what_the_table_allows_happens(asks: FeedbackRequest, before: str, after: str) -> None:
    FeedbackRequest.objects.filter(pk=asks.pk).update(state=before, answer="x", answered_at=NOW())
    allowed = after in FEEDBACK_MOVES.get(before, ()) or before == after == FeedbackState.ANSWERED
    if allowed:
        VERBS[after](again(asks))
    else:
        with pytest.raises(MoveRefused):
            VERBS[after](again(asks))
    assert again(asks).state == (after if allowed else before)


def test_two_at_the_same_moment(asks: FeedbackRequest) -> None:
    seen = again(asks)
    feedback.withdraw(asks)
    with pytest.raises(StaleMove):
        feedback.answer(seen, ANSWER, NOW())
    assert again(asks).answer == ""


# -- who sees it, and what is left -------------------------------------------------------------------------


def test_nobody_else_sees_it_and_neither_does_the_other_ones_verbs(
    cast: Cast, noor: Client, tom: Client, client: Client, asks: FeedbackRequest
) -> None:
    for person in (cast.samir, cast.hanneke, cast.karin, cast.olaf, cast.vera):
        client.force_login(person)
        assert client.get(reverse("feedback_request", args=[asks.pk])).status_code == 404
        assert QUESTION not in page(client, "feedback")
    assert tom.post(reverse("feedback_keep", args=[asks.pk])).status_code == 403
    noor.force_login(cast.noor)  # the same browser as ``client``
    assert noor.post(reverse("feedback_answer", args=[asks.pk]), {"answer": "x"}).status_code == 403


def test_who_left_the_school_sees_the_question_no_more(
    cast: Cast, tom: Client, asks: FeedbackRequest
) -> None:
    cast.tom.memberships.update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    assert tom.get(reverse("feedback_request", args=[asks.pk])).status_code == 404


def test_who_came_to_lead_the_asker_reads_it_no_more_and_the_answer_stays(
    cast: Cast, noor: Client, tom: Client, asks: FeedbackRequest
) -> None:
    answered(asks)
    open_one = feedback.ask(cast.noor, cast.tom, "Nog een vraag", NOW())
    place = cast.tom.memberships.get()
    place.roles.create(role=Role.DIRECTOR)
    for each in (asks, open_one):
        assert tom.get(reverse("feedback_request", args=[each.pk])).status_code == 404
        assert tom.post(reverse("feedback_answer", args=[each.pk]), {"answer": "x"}).status_code == 404
    assert "Nog een vraag" not in page(tom, "feedback") + page(tom, "home")
    assert ANSWER in page(noor, "feedback_request", asks.pk)
    assert ANSWER in press(noor, "feedback_keep", asks, seen=again(asks).answer_mark)


def test_what_is_asked_of_a_director_reaches_them(cast: Cast, client: Client) -> None:
    made = feedback.ask(cast.noor, cast.hanneke, QUESTION, NOW())
    client.force_login(cast.hanneke)
    assert made.as_leader and QUESTION in page(client, "feedback_request", made.pk)


def test_drafts_of_what_is_over_are_cleaned_up(cast: Cast, asks: FeedbackRequest) -> None:
    open_one = feedback.ask(cast.noor, cast.lieke, QUESTION, NOW())
    feedback.refuse(asks)
    for row in (asks, open_one):
        Draft.objects.create(writer=cast.tom, field=f"feedback:{row.pk}:answer", text="te laat")
    assert [draft.field for draft in stray_drafts()] == [f"feedback:{asks.pk}:answer"]


def test_the_list_costs_the_same_with_more_rows(cast: Cast, noor: Client) -> None:
    counts = []
    for _number in range(3):
        for owner, asked in ((cast.noor, cast.tom), (cast.samir, cast.noor)):
            FeedbackRequest.objects.create(owner=owner, asked=asked, question=QUESTION)
        counts.append(statements(noor, "feedback"))
    assert counts[0] == counts[2] <= 12
