"""The pages of the survey: planned by the coordinator, answered without log-in, read alike by all staff."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from schools import surveys
from schools.models import Consent, ConsentKind, OutgoingMail, SurveyCount, SurveyLink, SurveyWave, User
from tests.people import Cast, again
from tests.schools.screens import as_, url
from tests.schools.survey import DAY, KEYS, agreed, answer, open_now, people_asked, token_of

pytestmark = pytest.mark.usefixtures("house_mail")
BUTTONS = ("Herinner iedereen", "Nu sluiten", "Plan een vragenlijst")


@pytest.fixture
def wave(cast: Cast) -> SurveyWave:
    agreed(cast.zandplaat)
    return open_now(cast.zandplaat)


def results(cast: Cast, who: str) -> str:
    page = as_(again(getattr(cast, who))).get(url("survey_results", cast.zandplaat.pk))
    return page.content.decode()


def close_with(wave: SurveyWave, values: list[int]) -> None:
    for person, value in zip(people_asked(wave), values, strict=False):
        answer(wave, person, value, joy_energy=4)
    surveys.close(wave, timezone.now())


# -- answering ---------------------------------------------------------------------------------------------


def page_of(wave: SurveyWave, person: User) -> str:
    return reverse("answer_survey", args=[token_of(wave, person)])


def said(item: str) -> dict[int, int]:
    return {row.value: row.people for row in SurveyCount.objects.filter(item=item) if row.people}


def test_whoever_has_a_link_answers_without_log_in(cast: Cast, wave: SurveyWave) -> None:
    visitor, page = Client(), page_of(wave, cast.tom)
    shown = visitor.get(page)
    html = shown.content.decode()
    assert "Ik ga met plezier naar mijn werk." in html and html.count('type="radio"') == 12 * 6
    assert html.count("<fieldset") == html.count("<legend") == 12
    assert "no-store" in shown["Cache-Control"] and "Tom" not in html
    done = visitor.post(page, {"joy.pleasure": "5", "own.steps": "0", "own.choice": "2"}, follow=True)
    assert "Dank je wel" in done.content.decode() and page not in done.redirect_chain[0][0]
    assert said("joy.pleasure") == {5: 1} and said("own.choice") == {2: 1}
    assert said("own.steps") == said("support.ask") == {0: 1}


def test_sent_twice_is_one_answer_and_the_page_is_warm(cast: Cast, wave: SurveyWave) -> None:
    visitor, page = Client(), page_of(wave, cast.tom)
    visitor.post(page, dict.fromkeys(KEYS, "3"))
    for reply in (visitor.post(page, dict.fromkeys(KEYS, "1")), visitor.get(page)):
        assert reply.status_code == 410 and "ze tellen één keer" in reply.content.decode()
    assert said("joy.pleasure") == {3: 1}


@pytest.mark.parametrize("why", ["made up", "closed", "past", "no consent"])
def test_a_link_that_opens_nothing(cast: Cast, wave: SurveyWave, why: str) -> None:
    page = page_of(wave, cast.tom) if why != "made up" else reverse("answer_survey", args=["x" * 43])
    if why == "closed":
        surveys.close(wave, timezone.now())
    elif why == "past":
        first = timezone.localdate() - 9 * DAY
        SurveyWave.objects.update(opens=first, closes=first + DAY)
    elif why == "no consent":
        Consent.objects.filter(kind=ConsentKind.SURVEYS).update(revoked_at=timezone.now())
    for reply in (Client().get(page), Client().post(page, dict.fromkeys(KEYS, "3"))):
        assert reply.status_code == 410 and "Hier hoef je niets meer te doen" in reply.content.decode()
    assert said("joy.pleasure") == {}


@pytest.mark.parametrize("sent", [{}, {"joy.pleasure": "6"}, {"joy.pleasure": "ja"}, {"iets": "1"}])
def test_nothing_or_nonsense_costs_nobody_their_link(
    cast: Cast, wave: SurveyWave, sent: dict[str, str]
) -> None:
    reply = Client().post(page_of(wave, cast.tom), sent)
    html = reply.content.decode()
    assert reply.status_code == 200 and ("Er is nog niets ingevuld" in html or "text-danger" in html)
    assert wave.links.count() == 9 and said("joy.pleasure") == {}


def test_the_other_language_keeps_what_was_chosen(cast: Cast, wave: SurveyWave) -> None:
    visitor, page = Client(), page_of(wave, cast.tom)
    reply = visitor.post(page, {"switch": "en", "joy.pleasure": "5"})
    html = reply.content.decode()
    assert "I enjoy going to work." in html and '<html lang="en">' in html
    chosen = " ".join(re.findall(r"<input[^>]*checked[^>]*>", html))
    assert re.findall(r'name="([^"]+)"', chosen) == ["joy.pleasure"] and 'value="5"' in chosen
    assert said("joy.pleasure") == {} and "alert-danger" not in html
    assert "I enjoy going to work." in visitor.get(page).content.decode()
    assert "Ik ga met plezier" in visitor.post(page, {"switch": "xx"}).content.decode()


def test_the_button_on_the_site_opens_the_same_questions(cast: Cast, wave: SurveyWave) -> None:
    assert "Vul de vragenlijst in" in results(cast, "tom") and "Vul de vragenlijst in" not in results(
        cast, "olaf"
    )
    assert as_(cast.tom).post(url("my_survey", wave.pk))["Location"] == page_of(wave, cast.tom)
    for person in (cast.hanneke, cast.olaf):
        reply = as_(person).post(url("my_survey", wave.pk), follow=True)
        assert "staat niet voor je open" in reply.content.decode()


def test_home_says_the_same_before_and_after_answering(cast: Cast, wave: SurveyWave) -> None:
    before = as_(cast.tom).get(reverse("home")).content.decode()
    assert "Korte vragenlijst van De Zandplaat" in before
    answer(wave, cast.tom, 3)
    assert "Korte vragenlijst van De Zandplaat" in as_(cast.tom).get(reverse("home")).content.decode()
    assert "Korte vragenlijst" not in as_(cast.hanneke).get(reverse("home")).content.decode()
    surveys.close(wave, timezone.now())
    assert "Korte vragenlijst" not in as_(cast.tom).get(reverse("home")).content.decode()


# -- what came out -----------------------------------------------------------------------------------------


def test_all_staff_read_the_same_and_only_the_coordinator_gets_buttons(cast: Cast, wave: SurveyWave) -> None:
    close_with(wave, [5, 4, 4, 3, 2, 4])
    pages = {who: results(cast, who) for who in ("tom", "hanneke", "olaf", "karin")}
    numbers = {
        re.sub(r"\s+", " ", page[page.index("Door de tijd") :].split("page-foot")[0])
        for page in pages.values()
    }
    assert len(numbers) == 1
    assert "6 mensen vulden in" in pages["tom"] and ">3,7<" in pages["tom"]
    assert pages["tom"].count("niet getoond") == 1 and "Niet getoond: minder dan vijf" in pages["tom"]
    assert re.search(r'data-label="nulmeting \d{4}[–-]\d{4}">3,7<', pages["tom"]), (
        "on a phone a cell names its moment"
    )
    assert [button in pages["karin"] for button in BUTTONS] == [False, False, True]
    assert not [who for who in ("tom", "hanneke", "olaf") for button in BUTTONS if button in pages[who]]


def test_while_it_runs_nobody_sees_a_number(cast: Cast, wave: SurveyWave) -> None:
    before = {who: results(cast, who) for who in ("tom", "karin", "hanneke")}
    for person, value in zip(people_asked(wave)[1:], (5, 4, 4, 3, 2, 4), strict=False):
        answer(wave, person, value)
    hidden = re.compile(r'value="[^"]{20,}"|nonce="[^"]*"|X-CSRFToken[^}]*')
    for who, page in before.items():
        assert hidden.sub("", page) == hidden.sub("", results(cast, who)), who
    assert "Hij ging naar 9 collega" in before["hanneke"]


def test_without_consent_there_is_nothing_to_see_or_to_do(cast: Cast, wave: SurveyWave) -> None:
    close_with(wave, [5, 4, 4, 3, 2, 4])
    Consent.objects.filter(kind=ConsentKind.SURVEYS).update(revoked_at=timezone.now())
    page = results(cast, "karin")
    assert "Vragenlijsten staan uit" in page and "Door de tijd" not in page and ">3,7<" not in page
    assert not [button for button in BUTTONS if button in page]
    assert len(table(cast, "survey_csv", cast.karin)) == 1


def table(cast: Cast, name: str, person: User) -> list[list[str]]:
    args = [] if name == "board_surveys_csv" else [cast.zandplaat.pk]
    reply = as_(again(person)).get(reverse(name, args=args))
    assert reply["Content-Type"].startswith("text/csv")
    return list(csv.reader(StringIO(reply.content.decode("utf-8-sig")), delimiter=";"))


def test_the_csv_holds_what_the_page_shows(cast: Cast, wave: SurveyWave) -> None:
    close_with(wave, [5, 4, 4, 3, 2, 4])
    head, *rows = table(cast, "survey_csv", cast.olaf)
    assert len(rows) == len(KEYS) and len({len(row) for row in [head, *rows]}) == 1
    found = {row[4]: row for row in rows}
    assert found["Ik ga met plezier naar mijn werk."][5:] == ["", "", "", "6", "3,7"]
    assert found["Samenwerken met mijn collega’s geeft me energie."][5:] == [""] * 3 + ["niet getoond", ""]
    assert {row[2] for row in rows} == {"6"}


def test_columns_of_three_or_more_and_no_average_beside_them(cast: Cast, wave: SurveyWave) -> None:
    close_with(wave, [5, 4, 4, 3, 3, 3])
    page = " ".join(results(cast, "tom").split())
    row = page.partition("Ik ga met plezier naar mijn werk.")[2].partition("</tr>")[0]
    cells = re.findall(r"</span>(\d|–)</td>", row)
    assert cells == ["0", "3", "3", "–"] and "3,7" not in row and "niet of een beetje (1–2)" in row
    found = {line[4]: line for line in table(cast, "survey_csv", cast.olaf)}
    assert found["Ik ga met plezier naar mijn werk."][5:] == ["0", "3", "3", "6", ""]


def test_a_board_director_reads_schools_together(cast: Cast, wave: SurveyWave) -> None:
    close_with(wave, [5, 4, 4, 3, 2, 4])
    page = as_(cast.bram).get(reverse("board_surveys")).content.decode()
    assert "Nog niets op te tellen" in page and "Zandplaat" not in page
    assert len(table(cast, "board_surveys_csv", cast.bram)) == 1
    assert reverse("board_surveys") in as_(cast.bram).get(reverse("home")).content.decode()


# -- planning ----------------------------------------------------------------------------------------------


def plan(cast: Cast, first: int, last: int, **more: str) -> str:
    today = timezone.localdate()
    data = {"kind": "end", "opens": str(today + first * DAY), "closes": str(today + last * DAY), **more}
    reply = as_(cast.karin).post(url("plan_survey", cast.zandplaat.pk), data, follow=True)
    return str(reply.content.decode())


def test_the_coordinator_plans_reminds_closes_and_drops(cast: Cast) -> None:
    agreed(cast.zandplaat)
    key = {"once_key": "6a1f7f5e-0c86-4c1e-9a3b-0d6f0c2d7a11"}
    assert "De vragenlijst is gepland" in plan(cast, 0, 13, **key)
    plan(cast, 0, 13, **key)
    wave = SurveyWave.objects.get()
    assert OutgoingMail.objects.filter(survey=wave).count() == 9
    assert "acht weken" in plan(cast, 20, 30)
    assert gettext("The last day comes before the first.") in plan(cast, 0, -1)
    assert SurveyWave.objects.count() == 1

    def press(name: str, pk: int) -> str:
        return str(as_(cast.karin).post(url(name, pk), {"sure": "1"}, follow=True).content.decode())

    assert "minder dan drie dagen" in press("remind_survey", wave.pk)
    SurveyWave.objects.update(opens=timezone.localdate() - 4 * DAY)
    assert "nog een keer" in press("remind_survey", wave.pk)
    assert "is gesloten" in press("close_survey", wave.pk) and not SurveyLink.objects.exists()
    for name in ("close_survey", "remind_survey", "drop_survey"):
        assert "alert-danger" in press(name, wave.pk)
    plan(cast, 60, 70)
    assert "Gepland: aan het eind" in results(cast, "tom") and "Niet laten doorgaan" not in results(
        cast, "hanneke"
    )
    assert "gaat niet door" in press("drop_survey", SurveyWave.objects.get(state="planned").pk)
    assert SurveyWave.objects.count() == 1


def test_nothing_is_planned_without_consent(cast: Cast) -> None:
    assert "tot de PMR heeft ingestemd" in plan(cast, 0, 13)
    assert not SurveyWave.objects.exists()


def test_reminding_and_closing_are_asked_first(cast: Cast, wave: SurveyWave) -> None:
    SurveyWave.objects.update(opens=timezone.localdate() - 4 * DAY)
    before = OutgoingMail.objects.count()
    for name, words in (
        ("remind_survey", "9 collega’s krijgen een mail."),
        ("close_survey", "niet terugdraaien"),
    ):
        for reply in (as_(cast.karin).get(url(name, wave.pk)), as_(cast.karin).post(url(name, wave.pk))):
            assert reply.status_code == 200 and words in reply.content.decode()
    wave.refresh_from_db()
    assert (wave.state, wave.reminders, OutgoingMail.objects.count()) == ("open", 0, before)


def test_the_form_starts_with_the_first_day_that_is_possible(cast: Cast, wave: SurveyWave) -> None:
    page = as_(cast.karin).get(url("plan_survey", cast.zandplaat.pk))
    first = wave.closes + surveys.APART
    form = page.context["form"]
    assert (form["opens"].value(), form["kind"].value()) == (first, "middle")
    html = page.content.decode()
    assert "Ik ga met plezier naar mijn werk." in html and "Niemand ziet wie invulde" in html
    data = {name: str(form[name].value()) for name in ("kind", "opens", "closes")}
    done = as_(cast.karin).post(url("plan_survey", cast.zandplaat.pk), data, follow=True)
    assert "De vragenlijst is gepland" in done.content.decode()
