"""The pages of a trajectory: what stands on them, who changes what, two people at once, what is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.introduction import materials
from coaching.introduction.attended import forget_who_was_at_trainings
from coaching.introduction.checklist import POINTS
from coaching.lib.kept_files import path_of, sweep_strays
from schools.models import (
    HandOverTick,
    Involved,
    Material,
    Milestone,
    Proof,
    TrainingAttendance,
    Trajectory,
    User,
)
from tests.lib.files import HTML
from tests.people import Cast

pytestmark = pytest.mark.django_db
Browse = Callable[[User], Client]
HUGE = "9" * 40


def text(reply: object) -> str:
    return " ".join(reply.content.decode().split())  # type: ignore[attr-defined]


def milestone_of(trajectory: Trajectory, proof: Proof) -> Milestone:
    return trajectory.milestones.filter(proof=proof).first()  # type: ignore[return-value]


# -- designed together -------------------------------------------------------------------------------------


def test_who_comes_from_outside_does_not_learn_who_works_here(
    cast: Cast, trajectory: Trajectory, browse: Browse
) -> None:
    trajectory.involved.get_or_create(membership=cast.ilse.memberships.get())
    for name, keys in (("add_milestone", [trajectory.pk]), ("change_trajectory", [trajectory.pk])):
        inside, outside = (text(browse(who).get(reverse(name, args=keys))) for who in (cast.karin, cast.olaf))
        assert "Tom Veenstra" in inside and "Ilse Bakker" in inside
        assert "Tom Veenstra" not in outside and "Ilse Bakker" in outside
    data = {"title": "Stil", "phase": "secure", "owner": cast.tom.memberships.get().pk}
    browse(cast.olaf).post(reverse("add_milestone", args=[trajectory.pk]), data)
    assert not Milestone.objects.filter(title="Stil").exists()


def test_a_consultant_changes_a_milestone_and_the_menu_leads_there(
    cast: Cast, trajectory: Trajectory, browse: Browse
) -> None:
    olaf = browse(cast.olaf)
    home = text(olaf.get("/"))
    assert f'href="/scholen/{cast.zandplaat.pk}/invoering/">Invoering</a>' in home
    row = milestone_of(trajectory, Proof.OWN_SESSIONS)
    form = {"title": "Drie sessies", "phase": "secure", "due": "2027-02-01", "seen": "0", "owner": ""}
    karin = cast.karin.memberships.get()
    olaf.post(
        reverse("change_milestone", args=[row.pk]), {**form, "owner": karin.pk, "proof": "own_sessions"}
    )
    row.refresh_from_db()
    assert (row.title, row.phase, row.due, row.owner) == (
        "Drie sessies",
        "secure",
        dt.date(2027, 2, 1),
        karin,
    )
    olaf.post(reverse("milestone_done", args=[row.pk]))
    page = text(olaf.get(reverse("trajectory", args=[trajectory.pk])))
    assert "1 van 18 mijlpalen klaar" in page and "Karin Bos" in page and "Drie sessies" in page
    for name in ("milestone_open", "remove_milestone"):
        assert olaf.post(reverse(name, args=[row.pk])).status_code == 403, "what is done stays"
    browse(cast.karin).post(reverse("milestone_open", args=[row.pk]))
    olaf.post(reverse("add_milestone", args=[trajectory.pk]), {"title": "Nog iets", "phase": "do"})
    olaf.post(reverse("remove_milestone", args=[row.pk]))
    assert trajectory.milestones.count() == 18 and trajectory.milestones.filter(title="Nog iets").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 201),
        ("phase", "nergens"),
        ("owner", HUGE),
        ("owner", "olaf"),
        ("due", "9999-01-01"),
        ("proof", "geheim"),
        ("seen", HUGE),
        ("proof_text", "x" * 8001),
    ],
)
def test_what_a_milestone_can_not_be_changes_nothing(
    cast: Cast, trajectory: Trajectory, browse: Browse, field: str, value: str
) -> None:
    row = milestone_of(trajectory, Proof.CONSENT)
    value = str(cast.olaf.memberships.get().pk) if value == "olaf" else value
    form = {"title": "Anders", "phase": "do", "seen": "0", field: value}
    reply = browse(cast.karin).post(reverse("change_milestone", args=[row.pk]), form)
    assert reply.status_code == 200 and "Nog niet bewaard" in text(reply)
    row.refresh_from_db()
    assert row.title == "De PMR heeft ingestemd"


def test_two_at_once_and_nobody_is_overwritten_unseen(
    cast: Cast, trajectory: Trajectory, browse: Browse
) -> None:
    address = reverse("change_trajectory", args=[trajectory.pk])
    browse(cast.hanneke).post(address, {"goal": "Rust in het team.", "minutes": "12,5", "seen": "0"})
    late = browse(cast.olaf).post(address, {"goal": "Meer lesbezoeken.", "minutes": "12,5", "seen": "0"})
    page = text(late)
    assert "Rust in het team." in page and "Meer lesbezoeken." in page
    assert "Twee mensen wijzigden dit tegelijk" in page and 'name="seen" value="1"' in page
    trajectory.refresh_from_db()
    assert (trajectory.goal, trajectory.minutes) == ("Rust in het team.", 750)
    browse(cast.olaf).post(address, {"goal": "Allebei.", "minutes": "12,5", "seen": "1"})
    trajectory.refresh_from_db()
    assert trajectory.goal == "Allebei."


def test_a_colleague_who_is_asked_in_designs_along_until_they_stop(
    cast: Cast, trajectory: Trajectory, browse: Browse
) -> None:
    page, ilse = reverse("trajectory", args=[trajectory.pk]), cast.ilse.memberships.get()
    assert browse(cast.ilse).get(page).status_code == 403
    address = reverse("involve", args=[trajectory.pk])
    for wrong in (cast.olaf, cast.vera, cast.hanneke):
        browse(cast.karin).post(address, {"people": [wrong.memberships.get().pk]})
    browse(cast.karin).post(address, {"people": [HUGE]})
    assert not Involved.objects.exists()
    browse(cast.karin).post(address, {"people": [ilse.pk]})
    mine = browse(cast.ilse)
    assert "Invoering</a>" in text(mine.get("/")) and "Ilse Bakker" in text(mine.get(page))
    assert mine.get(address).status_code == 403
    mine.post(reverse("step_out", args=[trajectory.pk]))
    assert browse(cast.ilse).get(page).status_code == 403 and not Involved.objects.exists()


def test_two_screens_take_nobody_away_whom_they_did_not_show(
    cast: Cast, trajectory: Trajectory, browse: Browse
) -> None:
    ilse, noor, tom = (person.memberships.get().pk for person in (cast.ilse, cast.noor, cast.tom))
    unit = trajectory.units.all()[0]
    for address, rows in (
        (reverse("involve", args=[trajectory.pk]), trajectory.involved),
        (reverse("unit_attendance", args=[unit.pk]), unit.attendances),
    ):
        karin = browse(cast.karin)
        karin.post(address, {"people": [ilse], "shown": ""})
        shown = karin.get(address).context["form"]["shown"].value()
        assert shown == str(ilse)
        karin.post(address, {"people": [ilse, noor], "shown": shown})  # another screen
        karin.post(address, {"people": [tom], "shown": shown})  # which did not show Noor, and unticks Ilse
        assert set(rows.values_list("membership", flat=True)) == {noor, tom}
        karin.post(
            address, {"people": [ilse, tom], "shown": f"{ilse},{HUGE},x"}
        )  # Ilse was ticked, then gone
        assert set(rows.values_list("membership", flat=True)) == {noor, tom}


def test_home_tells_whose_milestone_waits_and_nobody_else(
    cast: Cast, trajectory: Trajectory, browse: Browse
) -> None:
    trajectory.milestones.update(owner=cast.karin.memberships.get())
    trajectory.milestones.filter(proof=Proof.CONSENT).update(due=timezone.localdate() - dt.timedelta(days=1))
    Milestone.objects.filter(pk=trajectory.milestones.latest("pk").pk).update(owner=None)
    assert "had er moeten zijn op 6 sep 2026" in text(browse(cast.karin).get("/"))
    for other in (cast.hanneke, cast.olaf, cast.noor):
        assert "De PMR heeft ingestemd" not in text(browse(other).get("/"))
    trajectory.milestones.filter(owner=None).update(due=timezone.localdate())
    assert "uiterlijk 7 sep 2026" in text(browse(cast.olaf).get("/"))


# -- trainings ---------------------------------------------------------------------------------------------


def test_staff_reads_a_training_with_its_material(cast: Cast, trajectory: Trajectory, browse: Browse) -> None:
    unit, karin = trajectory.units.all()[0], browse(cast.karin)
    add = reverse("add_material", args=[unit.pk])
    karin.post(add, {"link": "https://lees.example/a", "title": "Lezen"})
    file = SimpleUploadedFile("kaart.txt", b"Eerst luisteren.")
    karin.post(add, {"file": file, "title": "Kaartje"})
    link, kept = Material.objects.order_by("pk")
    assert kept.stored and sweep_strays(timezone.now() + dt.timedelta(days=3)) == 0
    noor = browse(cast.noor)
    page = text(noor.get(reverse("unit", args=[unit.pk])))
    assert 'href="https://lees.example/a"' in page and "Kaartje" in page and "Haal" not in page
    sent = noor.get(reverse("material", args=[kept.pk]))
    assert b"".join(sent.streaming_content) == b"Eerst luisteren."  # type: ignore[attr-defined]
    assert sent["Content-Disposition"] == 'attachment; filename="Kaartje.txt"' and "sandbox" in str(
        sent.headers
    )
    assert noor.get(reverse("material", args=[link.pk])).status_code == 404
    assert noor.get(reverse("trainings", args=[cast.zandplaat.pk])).status_code == 200


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"link": "javascript:alert(1)"},
        {"link": "ftp://lees.example/"},
        {"link": "https://lees.example/", "file": "x"},
        {"file": "html"},
    ],
)
def test_material_that_is_refused_leaves_nothing(
    cast: Cast, trajectory: Trajectory, browse: Browse, data: dict[str, str]
) -> None:
    unit, posted = trajectory.units.all()[0], dict[str, object](data)
    if "file" in data:
        content = HTML if data["file"] == "html" else b"Tekst."
        posted["file"] = SimpleUploadedFile("a.pdf" if data["file"] == "html" else "a.txt", content)
    reply = browse(cast.karin).post(reverse("add_material", args=[unit.pk]), posted)
    assert reply.status_code == 422 and not Material.objects.exists()


def test_files_go_with_their_training_and_a_school_has_a_quota(
    cast: Cast,
    trajectory: Trajectory,
    browse: Browse,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    unit, karin = trajectory.units.all()[0], browse(cast.karin)
    add = reverse("add_material", args=[unit.pk])
    monkeypatch.setattr(materials, "QUOTA", 20)
    karin.post(add, {"file": SimpleUploadedFile("a.txt", b"Eerst luisteren.")})
    refused = karin.post(add, {"file": SimpleUploadedFile("b.txt", b"Eerst luisteren.")})
    assert refused.status_code == 422 and "300 MB" in text(refused)
    kept = Material.objects.get()
    assert kept.stored and path_of(kept.stored).exists()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        karin.post(reverse("remove_unit", args=[unit.pk]))
    assert not Material.objects.exists() and not path_of(kept.stored).exists()


def test_who_was_there_is_for_coordinators_with_consent_and_for_oneself(
    cast: Cast, trajectory: Trajectory, browse: Browse
) -> None:
    unit, noor = trajectory.units.all()[0], cast.noor.memberships.get()
    note, page = reverse("unit_attendance", args=[unit.pk]), reverse("unit", args=[unit.pk])
    browse(cast.karin).post(note, {"people": [noor.pk, cast.vera.memberships.get().pk]})
    assert not TrainingAttendance.objects.exists()
    browse(cast.karin).post(note, {"people": [noor.pk]})
    assert "Noor de Wit" in text(browse(cast.karin).get(page))
    assert "Je was erbij" in text(browse(cast.noor).get(page))
    for other in (cast.hanneke, cast.olaf, cast.tom):
        seen = text(browse(other).get(page))
        assert "Noor de Wit" not in seen and "Je was erbij" not in seen
    cast.zandplaat.consents.update(revoked_at=timezone.now())
    assert "Noor de Wit" not in text(browse(cast.karin).get(page))
    assert "Je was erbij" not in text(browse(cast.noor).get(page))
    assert browse(cast.karin).get(note).status_code == 403
    assert forget_who_was_at_trainings(timezone.now()) == 1


def test_what_has_been_given_is_not_erased_from_outside_and_who_was_there_by_nobody(
    cast: Cast, trajectory: Trajectory, browse: Browse
) -> None:
    unit, today = trajectory.units.all()[0], timezone.localdate()
    material = materials.add_link(unit, "Kaart", "https://kaart.example/", timezone.now())
    remove, change = (reverse(name, args=[unit.pk]) for name in ("remove_unit", "change_unit"))
    gone = reverse("remove_material", args=[material.pk])
    trajectory.units.filter(pk=unit.pk).update(day=today + dt.timedelta(days=1))
    TrainingAttendance.objects.create(unit=unit, membership=cast.noor.memberships.get())
    for other in (cast.olaf, cast.hanneke):
        assert browse(other).post(remove).status_code == 403, "they can't see who was there"
    trajectory.units.filter(pk=unit.pk).update(day=today)
    for address in (remove, gone):
        assert browse(cast.olaf).post(address).status_code == 403
    assert "Haal deze training weg" not in text(browse(cast.olaf).get(change))
    later = {"title": "Later", "day": str(today + dt.timedelta(days=9)), "seen": 0}
    assert "Deze training is gegeven" in text(browse(cast.olaf).post(change, later))
    assert "Er staat wie erbij was" in text(browse(cast.karin).post(remove, follow=True))
    assert trajectory.units.filter(pk=unit.pk, day=today).exists()
    unit.attendances.all().delete()
    browse(cast.karin).post(gone)
    browse(cast.karin).post(remove)
    assert not trajectory.units.filter(pk=unit.pk).exists()


# -- the hand-over -----------------------------------------------------------------------------------------


def test_the_list_and_the_press(cast: Cast, trajectory: Trajectory, browse: Browse) -> None:
    karin, page = browse(cast.karin), reverse("hand_over", args=[trajectory.pk])
    point = reverse("tick_point", args=[trajectory.pk])
    for _twice in range(2):
        browse(cast.olaf).post(point, {"key": "dates", "on": "1"})
    assert HandOverTick.objects.get().by == cast.olaf
    karin.post(point, {"key": "nergens", "on": "1"})
    for key in ("papers", "steered"):
        browse(cast.olaf).post(point, {"key": key, "on": "1"})
    assert HandOverTick.objects.count() == 1, "that is not for the consultant to say"
    karin.post(point, {"key": "hours", "on": "1"})
    refused = browse(cast.olaf).post(point, {"key": "hours"}, follow=True)
    assert "Wie de invoering van binnenuit stuurt" in text(refused)
    karin.post(point, {"key": "hours"})
    assert f"1 van {len(POINTS)}" in text(karin.get(page)) and "tot en met 14 jun 2027" in text(
        karin.get(page)
    )
    karin.post(point, {"key": "dates"})
    assert not HandOverTick.objects.exists()
    move = reverse("move_hand_over", args=[trajectory.pk])
    assert karin.post(move, {"day": "2026-01-01"}).status_code == 422
    assert karin.post(move, {"day": "geen dag"}).status_code == 422
    karin.post(move, {"day": "2027-06-22"})
    assert "tot en met 21 jun 2027" in text(karin.get(page))
    assert browse(cast.olaf).post(move, {"day": "2027-07-22"}).status_code == 403
    olaf = browse(cast.olaf)
    karin.post(reverse("hand_over_today", args=[trajectory.pk]))
    assert olaf.get(page).status_code == 404
    done = text(karin.get(page))
    assert "Overgedragen op 7 sep 2026" in done and "door Karin Bos" in done and "Nu overdragen" not in done


def test_looking_back_is_proposed_by_itself_and_written_by_the_school(
    cast: Cast, trajectory: Trajectory, browse: Browse
) -> None:
    page = text(browse(cast.hanneke).get(reverse("hand_over", args=[trajectory.pk])))
    assert "15 jun 2028 · voorgesteld" in page and "15 jun 2029 · voorgesteld" in page
    first = trajectory.look_backs.get(years=1)
    address = reverse("change_look_back", args=[first.pk])
    assert browse(cast.olaf).get(address).status_code == 403
    browse(cast.hanneke).post(address, {"day": "2028-06-20", "text": "Het loopt door.", "seen": "0"})
    page = text(browse(cast.karin).get(reverse("hand_over", args=[trajectory.pk])))
    assert "Het loopt door." in page and "20 jun 2028" in page and "15 jun 2028" not in page


# -- the board ---------------------------------------------------------------------------------------------


def test_a_board_sees_phases_and_numbers_of_its_schools_alone(
    cast: Cast, trajectory: Trajectory, browse: Browse
) -> None:
    for row in trajectory.milestones.filter(phase="design"):
        row.finish(timezone.localdate())
    Trajectory.objects.filter(pk=trajectory.pk).update(
        goal="kanariedoel", steered_by=cast.karin.memberships.get()
    )
    page = text(browse(cast.bram).get(reverse("introductions")))
    assert "De Zandplaat" in page and "Start <span" in page and "4 van 18" in page and "Het Duin" in page
    assert not [word for word in ("De Vaart", "kanariedoel", "Karin", "Olaf") if word in page]
    assert browse(cast.hanneke).get(reverse("introductions")).status_code == 404


def test_the_title_of_a_milestone_is_seen_whole_and_stays_one_line(
    cast: Cast, trajectory: Trajectory, browse: Browse
) -> None:
    milestone = milestone_of(trajectory, Proof.CONSENT)
    page, browser = reverse("change_milestone", args=[milestone.pk]), browse(cast.karin)
    assert '<textarea name="title"' in browser.get(page).content.decode()
    fields = {
        "phase": "learn",
        "seen": "0",
        "owner": "",
        "due": "",
        "proof": "",
        "proof_text": "",
    }
    browser.post(page, {**fields, "title": " De PMR\r\n heeft   ja gezegd "})
    milestone.refresh_from_db()
    assert milestone.title == "De PMR heeft ja gezegd"
