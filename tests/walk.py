"""Every address of the site once or more: which item it shows, who may, who may not though they know of it.

Whoever is in ``may`` gets in, whoever is in ``barred`` gets 403, an anonymous visitor is sent to log in, and for
everybody else there is no such page (404). What a row holds is told in tests/walk_row.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from coaching.intervision.models import Session
from tests.scene import Scene
from tests.walk_along import ALONG
from tests.walk_entries import ENTRIES
from tests.walk_feedback import FEEDBACK
from tests.walk_goals import GOALS
from tests.walk_gop import GOP
from tests.walk_map import MAPS, SCHOOL_PLAN
from tests.walk_overview import OVERVIEW
from tests.walk_pop import SHARING
from tests.walk_printing import PRINTING
from tests.walk_review import REVIEW
from tests.walk_row import (
    EVERYBODY,
    MANAGERS,
    MEMBERS,
    PRESENT,
    SCHOOL,
    STAFF,
    Data,
    Row,
    page,
    public,
    verb,
)
from tests.walk_start import START
from tests.walk_survey import SURVEY
from tests.walk_talents import TALENTS
from tests.walk_trajectory import TRAJECTORY
from tests.walk_year import YEAR


def dock(name: str, **more: Any) -> Row:
    """A button of the facilitator in the running session."""
    others = "presenter participant late guest"
    return verb(name, "session", "facilitator", others, **{"of": "running", **more})


def seat(name: str, **more: Any) -> Row:
    """Something everybody present in the running session does."""
    return verb(name, "session", f"{PRESENT} guest", "late", **{"of": "running", **more})


def keeps(name: str, **more: Any) -> Row:
    """Something of the running session that whoever does it takes home: never a guest."""
    return verb(name, "session", PRESENT, "guest late", **{"of": "running", **more})


def presents(name: str, **more: Any) -> Row:
    others = "facilitator participant late guest"
    return verb(name, "session", "presenter", others, **{"of": "running", **more})


def own_plan(kind: Callable[..., Row], name: str, post: Data | None) -> Row:
    """What only the maker of a plan does; who may read it is told no."""
    return kind(name, "pap", "presenter", "participant director", of="plan", post=post)


def just_moved(scene: Scene) -> None:
    """The group came to its step a moment ago, so that the move can be undone."""
    now = timezone.now()
    scene.running.moves.update(at=now)
    Session.objects.filter(pk=scene.running.pk).update(entered_at=now)


def seen(scene: Scene) -> dict[str, Any]:
    return {"seen": Session.objects.get(pk=scene.running.pk).position}


ACCOUNT = [
    public("account_login", "account"),
    public("account_request_login_code", "account"),
    public("account_confirm_login_code", "account"),
    public("account_logout", "account"),
    public("account_signup", "account"),
    public("account_inactive", "account"),
    public("account_reset_password", "account"),
    public("account_reset_password_done", "account"),
    public("account_reset_password_from_key", "account", parts={"uidb36": "1", "key": "geen-sleutel"}),
    public("account_reset_password_from_key_done", "account"),
    public("account_email_verification_sent", "account"),
    public("account_confirm_email", "account", parts={"key": "geen-sleutel"}),
    page("account_change_password", "account", EVERYBODY),
    page("account_set_password", "account", EVERYBODY),
    # Nobody in the scene has a password to confirm.
    page("account_reauthenticate", "account", "", EVERYBODY),
    page("account_email", "account", EVERYBODY),
    page("profile", "account", EVERYBODY, post={"name": "Nieuwe Naam", "language": "en"}),
    verb("set_language", "account", EVERYBODY, post={"language": "en"}, outside="in"),
    verb("draft", "notes", EVERYBODY, post={"field": "plan:new:intention", "text": "Ik ga", "seq": 1}),
]
SITE = [
    page("home", "dates", EVERYBODY),
    public("who_sees_what", "account"),
    public("favicon", "account"),
    # A mailbox to read is for demos only; here it does not exist.
    page("mailbox", "account", "", outside="404"),
]
SCHOOLS = [
    page("colleagues", "people", MANAGERS, SCHOOL, of="school"),
    page(
        "invite_colleague",
        "people",
        MANAGERS,
        SCHOOL,
        of="school",
        post={"name": "Sam", "email": "sam@example.org", "role": "teacher", "function": "teacher"},
    ),
    page("paste_colleagues", "people", MANAGERS, SCHOOL, of="school"),
    verb("send_pasted", "people", MANAGERS, SCHOOL, of="school", post={"lines": "Sam; sam@example.org"}),
    page(
        "membership",
        "people",
        MANAGERS,
        STAFF,
        of="membership",
        post={"function": "ib", "roles": ["teacher"]},
    ),
    page(
        "end_stay", "people", MANAGERS, STAFF, of="membership", post=lambda s: {"last_day": str(s.at.date())}
    ),
    verb("resend_invitation", "people", MANAGERS, of="invitation", silent=True),
    verb("revoke_invitation", "people", MANAGERS, of="invitation"),
    public("invitation", "people", parts={"token": "token"}),
    page("consents", "consent", STAFF, "board", of="school"),
    page(
        "ask_consent",
        "consent",
        MANAGERS,
        SCHOOL,
        of="school",
        post={"name": "Lieke", "email": "lieke.jansen@example.org"},
    ),
    public("pmr_consent", "consent", parts={"token": "link_token"}),
    verb(
        "pmr_withdraw",
        "consent",
        EVERYBODY,
        parts={"token": "link_token", "kind": "attendance"},
        outside="in",
    ),
]
GROUPS = [
    page("my_groups", "group", EVERYBODY),
    page("school_groups", "group", "coordinator", SCHOOL, of="school"),
    page("new_group", "group", "coordinator", SCHOOL, of="school"),
    page("group", "group", f"{MEMBERS} asked coordinator", of="group"),
    page(
        "rename_group",
        "group",
        "coordinator",
        f"{MEMBERS} asked",
        of="group",
        post={"name": "Onderbouw", "kind": "bouw"},
    ),
    page(
        "propose_member",
        "group",
        "coordinator",
        f"{MEMBERS} asked",
        of="group",
        post=lambda s: {"membership": s.cast.ilse.memberships.get().pk},
    ),
    verb("welcome_member", "group", MEMBERS, "coordinator asked", of="newcomer"),
    page(
        "member_dates",
        "group",
        "coordinator",
        f"{MEMBERS} asked",
        of="place",
        post=lambda s: {"first_day": str(s.at.date())},
    ),
    page(
        "end_membership",
        "group",
        "participant coordinator",
        "facilitator presenter late asked",
        of="place",
        post={},
    ),
    page("agreement_history", "group", f"{MEMBERS} coordinator", "asked", of="group"),
    page(
        "change_agreement",
        "group",
        MEMBERS,
        "coordinator asked",
        of="group",
        post={"text": "Nieuw.", "seen": 1},
    ),
    verb("accept_agreement", "group", MEMBERS, "coordinator asked", of="group", parts={"version": 1}),
    page("plan_meeting", "dates", f"{MEMBERS} coordinator", "asked", of="group"),
    page("meeting", "dates", f"{MEMBERS} coordinator", "director", of="later"),
    page("meeting", "attendance", f"{MEMBERS} coordinator", "director", of="held"),
    page("change_meeting", "dates", f"{MEMBERS} coordinator", "director", of="later"),
    page("cancel_meeting", "dates", f"{MEMBERS} coordinator", "director", of="later", post={}),
    page("restore_meeting", "dates", f"{MEMBERS} coordinator", "director", of="cancelled", post={}),
    verb("cannot_come", "attendance", MEMBERS, MANAGERS, of="later"),
    verb("can_come", "attendance", MEMBERS, MANAGERS, of="later"),
]
PORTFOLIO = [
    page("portfolio", "entry", EVERYBODY),
    page("entry_new", "entry", EVERYBODY),
    page("plan_new", "pap", EVERYBODY, post={"intention": "Ik ga rustig beginnen."}),
    page("plan", "pap", "presenter participant director", of="plan"),
    page("plan", "pap", "facilitator", of="private_plan"),
    page("plan_pdf", "pap", "facilitator", of="private_plan"),
    own_plan(page, "plan_edit", None),
    own_plan(page, "plan_delete", {}),
    own_plan(verb, "plan_drop_drafts", {}),
    own_plan(verb, "plan_result", {"result": "done"}),
    own_plan(verb, "plan_success", {}),
    own_plan(page, "plan_share", lambda s: {"viewers": [s.cast.ilse.pk], "until": str(s.at.date())}),
    page("plan_pdf", "pap", "presenter participant director", of="plan"),
    verb("share_revoke", "pap", "presenter", of="share"),
    *TALENTS,
    *SHARING,
    *PRINTING,
]
SESSIONS = [
    page("open_session", "session", MEMBERS, MANAGERS, of="later"),
    page("case", "session", MEMBERS, MANAGERS, of="now"),
    page("case", "session", MEMBERS, MANAGERS, of="held"),
    page("case", "session", MEMBERS, MANAGERS, of="later", post={"question": "Hoe kan ik?"}),
    verb("delete_case", "session", "presenter", of="case"),
    page("session", "session", f"{MEMBERS} guest", of="running"),
    page("session", "session", MEMBERS, of="lobby"),
    page("session", "session", PRESENT, of="closed"),
    page("mine", "notes", f"{PRESENT} guest", "late", of="running"),
    page("mine", "notes", "facilitator participant", "presenter late", of="lobby"),
    page("mine", "notes", PRESENT, of="closed"),
    *(
        page("mine", "notes", f"{PRESENT} guest", "late", of="running", step=step)
        for step in ("look_back", "choice", "problem", "analysis", "hypothesis", "action_plan", "close")
    ),
    page("board", "session", f"{PRESENT} guest", "late", of="running"),
    page("late_plan", "session", PRESENT, of="closed"),
    page("session_qr", "session", f"{PRESENT} guest", "late", of="running"),
    *(
        page("earlier", "session", f"{PRESENT} guest", "late", of="running", parts={"order": order})
        for order in range(1, 7)
    ),
    *(page("earlier", "session", PRESENT, of="closed", parts={"order": order}) for order in range(1, 9)),
    page("withdraw", "session", "presenter", "facilitator participant late guest", of="running", post={}),
    page("withdraw", "session", "presenter", "facilitator participant", of="closed", post={}),
    verb("remove_card", "session", "participant", "facilitator presenter guest", of="tip"),
    verb("remove_card", "session", "participant", of="hidden_tip"),
    verb("remove_card", "session", "facilitator", of="typed_tip"),
    verb("accept_guest", "session", PRESENT, "consultant", of="waiting_guest"),
    verb("join", "session", MEMBERS, of="lobby"),
    verb("join", "session", f"{MEMBERS} guest", of="running"),
    verb("join", "session", "", PRESENT, of="closed"),
    verb("start", "session", "facilitator", "presenter participant late", of="lobby"),
    verb("cancel_session", "session", "facilitator", "presenter participant late", of="lobby"),
    verb(
        "set_role",
        "session",
        "facilitator participant",
        "presenter late",
        of="lobby",
        post={"role": "timekeeper"},
        silent=True,
    ),
    dock("go_on", post=seen),
    dock("go_back", post=seen),
    dock("undo", post=seen, before=just_moved),
    dock("pause", post=lambda s: {"on": "1", **seen(s)}),
    dock("more_time", post=seen),
    dock("spread_time", post=seen),
    dock("show_all", post=seen),
    dock("next_tip", post={"shown": 1}),
    dock("pass_turn", post=seen),
    dock("choose", parts={"card": "choice"}, step="choice", silent=True),
    dock("one_laptop", post={"on": "1"}),
    dock("set_role", post={"role": "timekeeper"}),
    dock("agreed_aloud", parts={"member": "place"}, post={"seen": 1}),
    dock("ask_guest", post=lambda s: {"person": s.was_guest.pk}),
    seat("accept_role", silent=True),
    seat(
        "take_over",
        before=lambda s: Session.objects.filter(pk=s.running.pk).update(facilitator_gone=True),
    ),
    seat("agree_in_session", post={"seen": 1}),
    seat("write", post=lambda s: {"text": "Een tip.", "step": s.running.step.pk}),
    seat("ready", post=lambda s: {"ready": "1", **seen(s)}),
    seat("vote", parts={"card": "choice"}, post={"kind": "urgent"}, step="choice"),
    seat(
        "look_back",
        parts={"row": "look_back"},
        step="look_back",
        post=lambda s: {f"lb{s.look_back.pk}-result": "done"},
    ),
    keeps("make_plan", post={"intention": "Ik ga."}),
    keeps("learn", post={"text": "Eerst vragen."}),
    keeps("tap", post={"safe": 3, "useful": 3, "fits": 3}),
    verb("learn", "session", PRESENT, of="closed", post={"text": "Eerst vragen."}),
    presents("question", step="problem", post={"text": "Hoe?"}),
    presents("hypothesis", step="hypothesis", post={"text": "Omdat."}),
    presents(
        "pick_hypothesis",
        parts={"card": "hypothesis"},
        step="hypothesis",
        before=lambda s: s.hypothesis.step.contributions.update(shown_at=s.at),
    ),
    presents("mark", parts={"card": "tip"}, post={"mark": "pick"}),
]
ROWS = [
    *SITE,
    *ACCOUNT,
    *SCHOOLS,
    *GROUPS,
    *PORTFOLIO,
    *GOALS,
    *GOP,
    *SESSIONS,
    *YEAR,
    *ENTRIES,
    *FEEDBACK,
    *START,
    *ALONG,
    *OVERVIEW,
    *REVIEW,
    *MAPS,
    *SCHOOL_PLAN,
    *TRAJECTORY,
    *SURVEY,
]
