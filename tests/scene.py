"""The cast in the middle of a school year: a closed session, a running one, one in its lobby, plans and shares.

Every private text in it is a word of its own (``WORDS``), so that tests can look for it everywhere.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.test import override_settings
from django.utils import timezone

from coaching.intervision.closing import keep_learning, keep_plan
from coaching.intervision.models import (
    Case,
    Contribution,
    Guest,
    Session,
    SessionParticipant,
    SessionStep,
    Taps,
)
from coaching.intervision.writing import contribute, mark_tip, next_in_parade, reveal, show_next_tip
from popgroups.models import Agreement, GroupMember, LookBack, Meeting, MeetingState
from portfolio.competences import choose, score
from portfolio.models import ActionPlan, Competence, Entry, Framework, Share
from portfolio.sharing import share
from schools.consents import make_link
from schools.drafts import save_draft
from schools.hours import book_activity
from schools.invitations import invite
from schools.models import (
    Activity,
    ClosedDays,
    Function,
    Holiday,
    HourLine,
    Membership,
    Role,
    StaffImport,
    User,
)
from schools.staff_columns import guess
from schools.staff_files import FileRow, Table
from schools.staff_imports import keep
from tests import people
from tests.people import Cast, make_meeting, make_person, make_place, make_session
from tests.scene_dossier import DOSSIER_WORDS, school_agreement
from tests.scene_gop import GOP_WORDS, gop_of
from tests.scene_map import school_plan_of
from tests.scene_portfolio import PORTFOLIO_WORDS, portfolio_of
from tests.scene_review import REVIEW_WORDS, reviewed
from tests.scene_survey import surveys_of
from tests.scene_talks import talks_of
from tests.scene_trajectory import TRAJECTORY_WORDS, introduction_of

WORDS = {
    "situation": "kanariesituatie",
    "tried": "kanariegeprobeerd",
    "case_question": "kanariecasusvraag",
    "case_draft": "kanariecasusconcept",
    "other_case": "kanarieanderecasus",
    "choice": "kanariekeuze",
    "question": "kanariegroepsvraag",
    "theme": "kanariethema",
    "asked": "kanariesessievraag",
    "hidden_hypothesis": "kanarieverborgenhypothese",
    "typed_for": "kanarienamens",
    "hidden_tip": "kanarieverborgentip",
    "shown_tip": "kanarietoontip",
    "notes": "kanarienotities",
    "typing": "kanarietypen",
    "old_question": "kanarieoudevraag",
    "old_hypothesis": "kanarieoudehypothese",
    "old_chosen": "kanariegekozenhypothese",
    "old_hidden": "kanarieoudverborgen",
    "old_situation": "kanarieoudesituatie",
    "old_draft": "kanarieoudconcept",
    "old_case_draft": "kanarieoudcasusconcept",
    "picked_tip": "kanariegepaktetip",
    "kept_tip": "kanariebewaardetip",
    "passed_tip": "kanarienietvoornu",
    "intention": "kanarieikga",
    "where": "kanariewaar",
    "works_when": "kanariewerktals",
    "if_then": "kanarieals",
    "happened": "kanariegebeurd",
    "plan_draft": "kanarieplanconcept",
    "closed_title": "kanariegeslotenplan",
    "learning": "kanariegeleerd",
    "competence": "kanariebekwaamheid",
    "reflection": "kanariereflectie",
    "agreement": "kanarieafspraak",
    **PORTFOLIO_WORDS,
    **GOP_WORDS,
    **REVIEW_WORDS,
    **TRAJECTORY_WORDS,
    **DOSSIER_WORDS,
}


@dataclass
class Scene:
    cast: Cast
    at: dt.datetime
    asked: User  # asked into the group, not welcomed yet
    guest: User  # outside consultant, guest of the running session with everybody's yes
    was_guest: User  # outside consultant, was a guest of the closed session
    extra: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        """What was made along the way is found by its name: ``scene.running``, ``scene.plan`` ..."""
        try:
            return self.__dict__["extra"][name]
        except KeyError:
            raise AttributeError(name) from None

    def person(self, role: str) -> User:
        """Who plays ``role`` in the access table."""
        own = {"asked": self.asked, "guest": self.guest, "was_guest": self.was_guest}
        return own.get(role) or getattr(self.cast, ROLES[role])


# Role in the access table → who of the cast plays it.
ROLES = {
    "facilitator": "noor",
    "presenter": "samir",
    "participant": "tom",
    "late": "late",
    "gone": "gone",
    "asked": "asked",
    "elsewhere": "ilse",
    "coordinator": "karin",
    "director": "hanneke",
    "board": "bram",
    "consultant": "olaf",
    "guest": "guest",
    "was_guest": "was_guest",
    "other": "vera",
}


def build() -> Scene:
    cast, at = people.build(), timezone.localtime()
    scene = Scene(
        cast,
        at,
        asked=make_person("Anouk Gevraagd", cast.zandplaat),
        guest=make_person("Olga Gast", cast.zandplaat, Role.CONSULTANT),
        was_guest=make_person("Otto Geweest", cast.zandplaat, Role.CONSULTANT),
    )
    Agreement.objects.filter(group=cast.group).update(text=WORDS["agreement"])
    past_session(scene)
    make_place(cast.group, cast.late, joined=timezone.localdate())
    running_session(scene)
    around(scene)
    scene.extra |= talks_of(cast, at)
    gop_of(scene)
    reviewed(scene)
    scene.extra |= school_plan_of(cast.zandplaat, at)
    scene.extra |= introduction_of(cast, at)
    scene.extra |= surveys_of(cast.zandplaat, cast.tom, at)
    return scene


def seats(session: Session) -> dict[int, SessionParticipant]:
    return {row.person_id: row for row in session.participants.select_related("person")}


def step_of(session: Session, key: str) -> SessionStep:
    return session.steps.get(key=key)


def move_to(session: Session, key: str, by: User, at: dt.datetime) -> SessionStep:
    step = step_of(session, key)
    session.go(step.order, seen=session.position, by=by, at=at)
    session.refresh_from_db()
    return step


def card(session: Session, step: SessionStep, who: User, word: str, **more: Any) -> Contribution:
    author = seats(session)[who.pk]
    by = seats(session)[more.pop("by").pk] if "by" in more else author
    text = WORDS[word]
    return contribute(session, step=step, author=author, written_by=by, text=text, at=timezone.now(), **more)


def admit_guest(session: Session, person: User, cast: Cast) -> Guest:
    asked = Guest.objects.create(session=session, person=person, invited_by=cast.noor)
    for seat in session.participants.filter(guest=False):
        asked.answer_yes(seat)
    session.join(person, timezone.now())
    return asked


def past_session(scene: Scene) -> None:
    """Closed 60 days ago: three tips of which one was taken up, a plan, a line of learning, taps."""
    cast, day = scene.cast, scene.at - dt.timedelta(days=60)
    meeting = make_meeting(cast.group, starts_at=day)
    session = make_session(meeting, cast.members, running=True)
    session.put(presenter=seats(session)[cast.samir.pk])
    admit_guest(session, scene.was_guest, cast)
    Case.objects.create(presenter=cast.samir, meeting=meeting, situation=WORDS["old_situation"])
    save_draft(cast.samir, f"case:{meeting.pk}:tried", WORDS["old_case_draft"], 1, day)
    save_draft(cast.tom, f"session:{session.pk}:notes", WORDS["old_draft"], 1, day)
    session.put(question=WORDS["old_question"])
    step = move_to(session, "hypothesis", cast.noor, day)
    card(session, step, cast.lieke, "old_hypothesis")
    reveal(session, step, day)
    session.put(hypothesis=WORDS["old_chosen"])
    step = move_to(session, "tip_parade", cast.noor, day)
    parade(session, step, cast, day)
    step = move_to(session, "action_plan", cast.noor, day)
    scene.extra["plan"] = keep_plan(session, plan_of(cast), day)
    move_to(session, "close", cast.noor, day)
    scene.extra["learned"] = keep_learning(session, seats(session)[cast.tom.pk], WORDS["learning"], day)
    for person in cast.members:
        Taps.objects.create(participant=seats(session)[person.pk], safe=3, useful=3, fits=2)
    session.close(seen=session.position, by=cast.noor, at=day)
    scene.extra |= {"closed": session, "held": meeting}


def parade(session: Session, step: SessionStep, cast: Cast, at: dt.datetime) -> None:
    """Three tips shown and marked; a fourth stays hidden."""
    for person, word in ((cast.noor, "picked_tip"), (cast.tom, "kept_tip"), (cast.lieke, "passed_tip")):
        card(session, step, person, word)
    for seen, mark in enumerate(("pick", "keep", "not_now")):
        shown = show_next_tip(session, step, at, seen=seen)
        assert shown is not None and next_in_parade(step) is not shown
        mark_tip(shown, mark)
    card(session, step, cast.esra, "old_hidden")


def plan_of(cast: Cast) -> ActionPlan:
    """The presenter's plan, its first line for the group, the rest for the buddy."""
    return ActionPlan(
        owner=cast.samir,
        intention=WORDS["intention"],
        where=WORDS["where"],
        works_when=WORDS["works_when"],
        if_then=WORDS["if_then"],
        buddy=cast.tom,
        due=timezone.localdate() + dt.timedelta(days=7),
    )


def running_session(scene: Scene) -> None:
    """In the TIP-parade with one tip shown; two hypotheses were never shown."""
    cast, at = scene.cast, scene.at
    meeting = make_meeting(cast.group, starts_at=at - dt.timedelta(minutes=30))
    Case.objects.create(
        presenter=cast.samir,
        meeting=meeting,
        situation=WORDS["situation"],
        tried=WORDS["tried"],
        question=WORDS["case_question"],
    )
    scene.extra["other_case"] = Case.objects.create(
        presenter=cast.lieke, meeting=meeting, situation=WORDS["other_case"]
    )
    session = make_session(meeting, cast.members, running=True)
    session.put(presenter=seats(session)[cast.samir.pk])
    scene.extra["guest_row"] = admit_guest(session, scene.guest, cast)
    scene.extra["waiting_guest"] = Guest.objects.create(session=session, person=cast.olaf)
    scene.extra["choice"] = card(session, move_to(session, "choice", cast.noor, at), cast.samir, "choice")
    step = move_to(session, "analysis", cast.noor, at)
    card(session, step, cast.tom, "question")
    card(session, step, cast.lieke, "theme", kind="theme")
    session.put(question=WORDS["asked"])
    step = move_to(session, "hypothesis", cast.noor, at)
    scene.extra["hypothesis"] = card(session, step, cast.tom, "hidden_hypothesis")
    step = move_to(session, "tip_parade", cast.noor, at)
    scene.extra["tip"] = card(session, step, cast.tom, "shown_tip")
    show_next_tip(session, step, at, seen=0)
    scene.extra["hidden_tip"] = card(session, step, cast.tom, "hidden_tip")
    scene.extra["typed_tip"] = card(session, step, cast.lieke, "typed_for", by=cast.noor)
    save_draft(cast.tom, f"session:{session.pk}:step:{step.pk}:write", WORDS["typing"], 1, at)
    save_draft(cast.tom, f"session:{session.pk}:notes", WORDS["notes"], 1, at)
    scene.extra |= {"running": Session.objects.get(pk=session.pk), "now": meeting, "case": cast.samir.cases}


def around(scene: Scene) -> None:
    """What stands around the sessions, and the single rows addresses are about."""
    own_things(scene)
    coming_meetings(scene)
    at_school(scene)
    cast = scene.cast
    tom = Membership.objects.get(person=cast.tom)
    visit = book_activity(
        tom, activity=Activity.VISIT, day=timezone.localdate(), minutes=45, note="", by=cast.tom, at=scene.at
    )
    scene.extra |= {
        "line": HourLine.objects.get(membership=tom, source=scene.held.source),
        "visit": visit,
        "school": cast.zandplaat,
        "board_row": cast.board,
        "group": cast.group,
        "membership": tom,
        "place": cast.group.members.get(membership__person=cast.tom),
        "case": Case.objects.get(presenter=cast.samir, meeting=scene.now),
        "share": Share.objects.get(action_plan=scene.plan, viewer=cast.tom),
        "look_back": LookBack.objects.get(action_plan=scene.plan),
        "days": ClosedDays.objects.create(
            school=cast.zandplaat, name="Studiedag", first_day=scene.at.date(), last_day=scene.at.date()
        ),
        "holiday": Holiday.objects.create(
            key="storm",
            name_nl="stormvrij",
            name_en="storm",
            first_day=scene.at.date(),
            last_day=scene.at.date(),
        ),
    }


def own_things(scene: Scene) -> None:
    """How the plan went, a second plan for its owner's eyes, an entry, a share with the director."""
    cast, at, plan = scene.cast, scene.at, scene.plan
    plan.record_result("tried", cast.samir, at, happened=WORDS["happened"])
    save_draft(cast.samir, f"plan:{plan.pk}:where", WORDS["plan_draft"], 1, at)
    share(plan, cast.hanneke, until=timezone.localdate(), at=at)
    private = ActionPlan.objects.create(
        owner=cast.noor, intention=WORDS["closed_title"], group_sees_title=False
    )
    LookBack.objects.create(group=cast.group, action_plan=private)
    share(private, cast.tom, until=None, at=at).revoke(at)
    entry = Entry.objects.create(
        owner=cast.noor, kind="reflection", title="Terugkijken", text=WORDS["reflection"]
    )
    scene.extra |= {"private_plan": private, "entry": entry}
    competences(scene)
    scene.extra |= portfolio_of(cast, at, scene.listed)


def competences(scene: Scene) -> None:
    """A list that comes with the site, one of the school, and something that one person named and scored."""
    own = Framework.objects.create(school=scene.cast.zandplaat, key="eigen", title_nl="Eigen lijst")
    listed = Competence.objects.create(framework=own, key="1", title_nl="Buiten lesgeven")
    choose(scene.cast.zandplaat, [own])
    named = Competence.objects.create(owner=scene.cast.noor, title_nl=WORDS["competence"])
    score(scene.cast.noor, named, scene.at, good=8, fun=9, learned=False)
    resting = Framework.objects.create(
        school=scene.cast.zandplaat, key="oud", title_nl="Oude lijst", retired=True
    )
    scene.extra |= {"framework": own, "resting": resting, "listed": listed, "own_competence": named}


def coming_meetings(scene: Scene) -> None:
    """One with a case being typed, one cancelled, and one whose lobby is open."""
    cast, at = scene.cast, scene.at
    later = make_meeting(cast.group, starts_at=at + dt.timedelta(days=14))
    save_draft(cast.samir, f"case:{later.pk}:tried", WORDS["case_draft"], 1, at)
    concept = make_meeting(cast.group, starts_at=at + dt.timedelta(days=17))
    Meeting.objects.filter(pk=concept.pk).update(state=MeetingState.CONCEPT)
    scene.extra["concept"] = concept
    cancelled = make_meeting(cast.group, starts_at=at + dt.timedelta(days=20))
    cancelled.cancel(at)
    soon = make_meeting(cast.group, starts_at=at + dt.timedelta(hours=1))
    lobby = make_session(soon, [cast.noor, cast.tom])
    scene.extra |= {"later": later, "cancelled": cancelled, "lobby": lobby}


def at_school(scene: Scene) -> None:
    """Links on their way by mail, and somebody who waits to be welcomed in the group."""
    cast, at = scene.cast, scene.at
    new = "Nina Nieuw", "nina@example.org", Role.TEACHER, Function.TEACHER
    with override_settings(EMAIL_BACKEND="schools.outbox.OutboxBackend"):  # tests keep mail in memory
        invitation, token = invite(cast.zandplaat, *new, cast.karin, at)
        _link, link_token = make_link(cast.zandplaat, "Petra de Boer", cast.ilse.email, cast.karin, at)
    newcomer = GroupMember.objects.create(
        group=cast.group, membership=scene.asked.memberships.get(), proposed_on=timezone.localdate()
    )
    scene.extra |= {
        "invitation": invitation,
        "token": token,
        "link_token": link_token,
        "newcomer": newcomer,
    }
    staff_lists(scene)


def staff_lists(scene: Scene) -> None:
    """One that waits, with one new colleague in it, and one carried out that changed nothing."""
    table = Table(["Naam", "E-mail"], [FileRow(2, ["Sam Nieuw", "sam.nieuw@example.org"])])
    words = table, guess(table.header), "personeel.csv", scene.cast.karin, scene.at
    waiting = keep(scene.cast.zandplaat, *words)
    done = keep(scene.cast.zandplaat, *words)
    StaffImport.objects.filter(pk=done.pk).update(state="done", done_at=scene.at, done_by=scene.cast.karin)
    scene.extra |= {"staff_list": waiting, "done_list": done}
    scene.extra |= school_agreement(scene.cast, scene.at)
