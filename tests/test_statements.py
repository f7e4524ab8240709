"""A page asks the database a fixed number of things, however much there is on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coaching.intervision.models import Contribution, Session
from coaching.introduction.checklist import POINTS
from coaching.introduction.materials import add_link
from coaching.lib.uploads import judge
from popgroups.celebrations import celebrate
from popgroups.models import Answer, GroupActivity, GroupGoal, GroupTheme, LookBack, TakenAway
from popgroups.plan_presence import writes
from portfolio import feedback
from portfolio.competences import score
from portfolio.files import keep
from portfolio.models import (
    ActionPlan,
    Competence,
    CoreQuadrant,
    Entry,
    FeedbackRequest,
    Goal,
    GoalAction,
    KeptTip,
    PersonalNote,
    ProgressNote,
    Share,
    Talk,
    TalkMove,
)
from portfolio.prompts import THEMES
from schools.hours import book_activity, correct
from schools.models import (
    Function,
    HandOverMove,
    HandOverTick,
    Invitation,
    Involved,
    Milestone,
    OutgoingMail,
    Phase,
    Role,
    School,
    SchoolPlanLine,
    SurveyCount,
    SurveyWave,
    TrainingAttendance,
    TrainingUnit,
)
from tests.lib.files import picture
from tests.people import make_group, make_meeting, make_person, make_place
from tests.scene import Scene
from tests.scene_dossier import more_school_agreements
from tests.scene_review import more_of_a_review
from tests.walk import ROWS, Row

pytestmark = pytest.mark.django_db
BUDGET = 12
OWN_BUDGET = {"home": 17, "group_plan": 13}
PAGES = {
    *(
        "about_me",
        "about_theme",
        "quadrant",
        "first_visit",
        "first_visit_choose",
        "first_visit_goal",
        "talents",
    ),
    *("allotment", "board", "calendar_feed", "case", "colleagues"),
    *("consents", "earlier", "group", "home", "meeting"),
    *("mine", "my_calendar", "my_groups", "my_hours", "person_hours"),
    *("group_map", "join_map", "make_map", "map_needs", "plan_line_goals", "school_plan"),
    *("celebrate", "entry", "entry_edit", "entry_new", "feedback", "feedback_ask", "feedback_request"),
    *("group_plan", "group_plan_now", "group_plan_hand_in", "group_plan_themes", "group_plan_readers"),
    "group_plan_taken_away",
    *("plan_queue", "plan_version", "plan_version_difference", "plan_promise", "change_promise"),
    *("trajectory", "hand_over", "unit", "trainings", "introductions", "introduction", "unit_attendance"),
    *("plan", "pop", "portfolio", "profile", "school_calendar", "school_groups"),
    *("school_hours", "school_hours_csv", "school_hours_xlsx", "session", "staff_columns"),
    *("school_agreement", "school_agreement_versions", "propose_school_agreement"),
    *("dossier", "fill_in_dossier", "pmr_dossier"),
    *("staff_list", "staff_lists", "stuck_mail", "take_along", "talk", "talks", "who_sees_what"),
    *("survey_results", "survey_csv", "plan_survey", "answer_survey", "board_surveys"),
    *("board_overview", "board_overview_csv", "not_seen", "school_overview", "school_overview_csv"),
}
STEPS = ("look_back", "choice", "problem", "analysis", "hypothesis", "tip_parade", "action_plan", "close")


@dataclass(frozen=True)
class Look:
    """One page in one person's eyes."""

    row: Row
    role: str

    @property
    def id(self) -> str:
        return f"{self.row.id}-{self.role}"


def looks() -> list[Look]:
    """Each page as its first reader and, in a session, as facilitator, presenter and participant."""
    inside = {"session", "mine"}
    steps = [
        Row(name, "session", "facilitator presenter participant", of="running", step=step)
        for name in sorted(inside)
        for step in STEPS
    ]
    pages = [row for row in ROWS if row.get and row.may and row.name in PAGES and not row.step]
    return [
        Look(row, role)
        for row in [*pages, *steps]
        for role in (row.may.split()[:3] if row.name in inside else row.may.split()[:1])
    ]


def statements(look: Look, scene: Scene, client: Client) -> list[str]:
    """The statements of one visit, without marks around transactions and the log-in's stamp of once a minute."""
    with transaction.atomic():
        look.row.prepare(scene)
        with CaptureQueriesContext(connection) as caught:
            reply = client.get(look.row.address(scene))
        transaction.set_rollback(True)
    assert reply.status_code == 200
    stamp = 'UPDATE "django_session"'
    return [
        query["sql"]
        for query in caught
        if "SAVEPOINT" not in query["sql"] and not query["sql"].startswith(stamp)
    ]


# -- and does not grow -------------------------------------------------------------------------------------


def more_groups(scene: Scene) -> None:
    for name in ("Middenbouw", "Onderbouw"):
        group = make_group(scene.school, name, [scene.cast.noor, scene.cast.tom, scene.cast.karin])
        make_meeting(group, starts_at=scene.at + dt.timedelta(days=3))


def more_people(scene: Scene) -> None:
    for number in (1, 2):
        person = make_person(f"Extra {number}", scene.school)
        make_place(scene.group, person)
        Invitation.objects.create(
            school=scene.school,
            email=f"wacht{number}@example.org",
            name=f"Wacht {number}",
            role=Role.TEACHER,
            function=Function.TEACHER,
            token_hash=f"{number}",
            made_by=scene.cast.karin,
            expires_at=scene.at + dt.timedelta(days=3),
        )


def more_meetings(scene: Scene) -> None:
    for days in (30, 37):
        make_meeting(scene.group, starts_at=scene.at + dt.timedelta(days=days))
        make_meeting(scene.group, starts_at=scene.at - dt.timedelta(days=days))
    for place in scene.group.current_members()[:2]:
        Answer.objects.get_or_create(meeting=scene.later, member=place, defaults={"comes": False})


def more_plans(scene: Scene) -> None:
    cast = scene.cast
    for number in (1, 2):
        for owner in (cast.noor, cast.samir, cast.tom):
            plan = ActionPlan.objects.create(owner=owner, intention=f"Plan {number}", buddy=cast.lieke)
            LookBack.objects.create(group=scene.group, action_plan=plan)
            Entry.objects.create(owner=owner, kind="success", title=f"Gelukt {number}")
            KeptTip.objects.create(
                owner=owner, plan=plan, text="Tip", mark="pick", source=f"{owner.pk}:{number}"
            )
            for viewer in cast.members:
                if viewer != owner:
                    Share.objects.create(owner=plan.owner, action_plan=plan, viewer=viewer)
            Competence.objects.create(framework=scene.framework, key=f"{number}{owner.pk}", title_nl="Meer")
        more_of_a_goal(scene, number)
    for viewer in (cast.lieke, cast.esra):
        Share.objects.create(owner=scene.plan.owner, action_plan=scene.plan, viewer=viewer)
        Share.objects.create(owner=scene.private_plan.owner, action_plan=scene.private_plan, viewer=viewer)


def more_of_a_goal(scene: Scene, number: int) -> None:
    goal = Goal.objects.create(plan=scene.pop, order=number + 1, question=f"Hoe {number}?")
    for what in ("Eerst", "Dan"):
        GoalAction.objects.create(goal=goal, what=what)
        ProgressNote.objects.create(goal=goal, text=what)
    goal.competences.set(Competence.objects.all())
    goal.proof.set(Entry.objects.filter(owner=scene.cast.samir))
    scene.pop.strengths.add(scene.talent, scene.listed)


def more_cards(scene: Scene) -> None:
    seat = scene.running.participants.get(person=scene.cast.tom)
    for step in scene.running.steps.all():
        kind = {"choice": "choice", "hypothesis": "hypothesis", "tip_parade": "tip"}.get(step.key, "question")
        for number in (1, 2):
            Contribution.objects.create(
                step=step,
                author=seat,
                written_by=seat,
                kind=kind,
                text=f"Nog {number}",
                shown_at=timezone.now(),
            )


def more_mails(scene: Scene) -> None:
    for number in (1, 2):
        OutgoingMail.objects.create(
            to="x@example.org", school=scene.school, tries=1, message_id=f"<{number}>"
        )


def more_hours(scene: Scene) -> None:
    tom, by, at = scene.membership, scene.cast.tom, timezone.now()
    for minutes in (30, 60):
        line = book_activity(tom, activity="visit", day=at.date(), minutes=minutes, note="", by=by, at=at)
        correct(line, minutes=15, reason="Korter.", by=scene.cast.karin, at=at)


def more_keepsakes(scene: Scene) -> None:
    """Of entries: files, tags, answers; questions to a colleague, successes on the wall."""
    samir, tom = scene.cast.samir, scene.cast.tom
    for number in (1, 2):
        keep(scene.shared_entry, judge("foto.png", picture()), scene.at)
        scene.shared_entry.competences.add(
            Competence.objects.create(owner=samir, title_nl=f"Nog een {number}")
        )
        scene.shared_entry.write_parts({"task" if number == 1 else "action": "Nog meer."})
        asked = FeedbackRequest.objects.create(owner=samir, asked=tom, question=f"Vraag {number}")
        feedback.answer(asked, "Dit.", scene.at)
        FeedbackRequest.objects.create(owner=tom, asked=samir, question=f"Terug {number}")
        success = Entry.objects.create(owner=samir, kind="success", title=f"Muur {number}")
        celebrate(scene.cast.group, success, scene.at)


def more_about_me(scene: Scene) -> None:
    for number, theme in enumerate(THEMES[:2]):
        for owner in (scene.cast.noor, scene.cast.samir):
            CoreQuadrant.objects.create(owner=owner, quality=f"Nr. {number}")
            PersonalNote.objects.create(owner=owner, key=theme.prompts[2].key, text="Nog iets.")
            named = Competence.objects.create(owner=owner, title_nl=f"Eigen {number}")
            score(owner, named, scene.at - dt.timedelta(days=9), good=3, fun=9)
            score(owner, named, scene.at, good=4, fun=9)


def more_talks(scene: Scene) -> None:
    """With others, and more moves of the ones there are."""
    samir, hanneke, at = scene.cast.samir, scene.cast.hanneke, scene.at
    for number in (1, 2):
        when = at + dt.timedelta(days=30 + number)
        Talk.objects.create(person=samir, leader=hanneke, kind="goal", starts_at=when, proposed_by=hanneke)
        Talk.objects.create(person=scene.cast.noor, leader=hanneke, kind="goal", starts_at=when)
        for talk in (scene.talk, scene.asked_talk):
            TalkMove.objects.create(talk=talk, by=hanneke, at=at, verb="proposed", starts_at=when)


def more_of_a_gop(scene: Scene) -> None:
    for number in (1, 2):
        goal = GroupGoal.objects.filter(plan=scene.gop).order_by("order")[number - 1]
        goal.competences.set(Competence.objects.filter(owner=None))
        for place in scene.gop.group.current_members():
            GroupActivity.objects.create(goal=goal, what=f"Nog {number}", member=place)
        GroupTheme.objects.create(plan=scene.gop, text=f"Thema {number}", line=None, by=scene.cast.noor)
        line = SchoolPlanLine.objects.create(school=scene.cast.zandplaat, text=f"Regel {number}")
        GroupGoal.objects.filter(pk=goal.pk).update(line=line)
        kept = TakenAway.objects.get(pk=scene.gop_taken_away.pk)
        kept.pk, kept.by = None, scene.cast.esra
        kept.save()
        for person in (scene.cast.tom, scene.cast.lieke):
            writes(scene.gop, person, "gop-1-standing", timezone.now())


def more_of_the_introduction(scene: Scene) -> None:
    trajectory, ilse = scene.trajectory, scene.cast.ilse.memberships.get()
    for number in (1, 2):
        for phase in Phase:
            Milestone.objects.create(trajectory=trajectory, phase=phase, title=f"Nr. {number}", owner=ilse)
        TrainingUnit.objects.create(trajectory=trajectory, title=f"Training {number}")
        add_link(scene.unit, "", f"https://lees.example/{number}", scene.at)
        person = make_person(f"Betrokken {number}", scene.school)
        TrainingAttendance.objects.create(unit=scene.unit, membership=person.memberships.get())
        Involved.objects.create(trajectory=trajectory, membership=person.memberships.get())
        HandOverTick.objects.create(trajectory=trajectory, key=POINTS[number].key, by=ilse.person)
        day = trajectory.hand_over_on
        HandOverMove.objects.create(trajectory=trajectory, by=person, before=day, after=day)
        make_person(f"Advies {number}", scene.school, Role.CONSULTANT)
        School.objects.create(name=f"Nieuw {number}", board=scene.school.board)


def more_surveys(scene: Scene) -> None:
    """Rounds that are over, and their counts."""
    for number in (2, 3):
        at = scene.at - dt.timedelta(days=150 * number)
        wave = SurveyWave.objects.create(
            school=scene.school, kind="end", items=1, opens=at, closes=at, state="closed", closed_at=at
        )
        SurveyCount.objects.bulk_create(
            SurveyCount(wave=wave, item=row.item, value=row.value, people=number, shown=True)
            for row in scene.past_wave.counts.all()
        )


def more_texts(scene: Scene) -> None:
    more_school_agreements(scene.cast, scene.at)


def more_of_everything(scene: Scene) -> None:
    adds = (
        more_groups,
        more_people,
        more_meetings,
        more_plans,
        more_cards,
        more_past_sessions,
        more_hours,
        more_about_me,
        more_of_a_gop,
        more_of_a_review,
        more_texts,
    )
    for add in (*adds, more_keepsakes, more_mails, more_talks, more_of_the_introduction, more_surveys):
        add(scene)


def more_past_sessions(scene: Scene) -> None:
    for days in (40, 41):
        meeting = make_meeting(scene.group, starts_at=scene.at - dt.timedelta(days=days))
        Session.objects.create(meeting=meeting, title_nl="Eerder", state="closed", closed_at=scene.at)


# -- the looks ---------------------------------------------------------------------------------------------

LOOKS = looks()
Asked = dict[int, list[str]]  # statements, by the identity of the look


@pytest.fixture(scope="module")
def chosen(request: pytest.FixtureRequest) -> list[Look]:
    """The looks of this run, each once."""
    here = [item for item in request.session.items if item.path == request.path]
    found = [item.callspec.params["look"] for item in here if hasattr(item, "callspec")]
    return list({id(look): look for look in found}.values())


@pytest.fixture(scope="module")
def few(chosen: list[Look], scene: Scene, clients: dict[str, Client]) -> Asked:
    return {id(look): statements(look, scene, clients[look.role]) for look in chosen}


@pytest.fixture(scope="module")
def many(few: Asked, chosen: list[Look], scene: Scene, clients: dict[str, Client]) -> Asked:
    """With more of everything, which is built once and is gone afterwards."""
    with transaction.atomic():
        more_of_everything(scene)
        asked = {id(look): statements(look, scene, clients[look.role]) for look in chosen}
        transaction.set_rollback(True)
    return asked


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.id)
def test_a_page_stays_within_its_budget(look: Look, few: Asked) -> None:
    asked = few[id(look)]
    assert len(asked) <= OWN_BUDGET.get(look.row.name, BUDGET), f"{len(asked)} statements:\n" + "\n".join(
        sql[:160] for sql in asked
    )


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.id)
def test_a_page_asks_no_more_when_there_is_more(look: Look, few: Asked, many: Asked) -> None:
    assert len(many[id(look)]) <= len(few[id(look)]), "\n".join(sql[:200] for sql in many[id(look)])
