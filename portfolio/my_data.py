"""What of this room is about one person, for the file that person takes along. Nobody else's text or name.

A new model with a key to a person goes on one of the two lists; tests/taking_along/test_registers.py asks for it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Model, Prefetch, Q, QuerySet

from coaching.lib.plain_values import iso, who
from schools.models import User

from .models import (
    ActionPlan,
    AgreedBefore,
    Competence,
    CoreQuadrant,
    DevelopmentMove,
    DevelopmentPlan,
    Entry,
    EntryFile,
    EntryPart,
    FeedbackRequest,
    FeedbackState,
    Goal,
    GoalAction,
    KeptTip,
    PersonalNote,
    PlanMove,
    PlanVersion,
    ProgressNote,
    Share,
    ShareOpening,
    Signature,
    TalentScore,
    Talk,
    TalkMove,
    TalkPreparation,
    TalkYes,
)

TOLD: tuple[type[Model], ...] = (
    *(ActionPlan, PlanMove, KeptTip),
    *(Competence, TalentScore, PersonalNote, CoreQuadrant),
    *(DevelopmentPlan, DevelopmentMove, Goal, GoalAction, ProgressNote, PlanVersion, Signature),
    *(Entry, EntryPart, EntryFile, FeedbackRequest),
    *(Share, ShareOpening),
    *(Talk, TalkMove, TalkYes, TalkPreparation, AgreedBefore),
)
LEFT_OUT: dict[type[Model], str] = {}


def my_data(user: User) -> dict[str, Any]:
    """All of ``user``'s portfolio; rows point to each other by ``id``."""
    return {
        "competences": [_competence(row) for row in competences_of(user)],
        "talents": [
            {
                "competence": row.competence_id,
                "good": row.good,
                "fun": row.fun,
                "learned": row.learned,
                "at": iso(row.at),
            }
            for row in TalentScore.objects.filter(owner=user)
        ],
        "entries": [_entry(row, user) for row in entries_of(user)],
        "pops": [_pop(row, user) for row in pops_of(user)],
        "paps": [_pap(row, user) for row in paps_of(user)],
        "tips": [
            {"plan": row.plan_id, "text": row.text, "mark": row.mark}
            for row in KeptTip.objects.filter(owner=user)
        ],
        "notes": [
            {"key": row.key, "text": row.text, "saved_at": iso(row.saved_at)}
            for row in PersonalNote.objects.filter(owner=user)
        ],
        "quadrants": [_quadrant(row) for row in CoreQuadrant.objects.filter(owner=user)],
        "feedback_asked": [_asked(row) for row in FeedbackRequest.objects.filter(owner=user)],
        "feedback_given": [
            {"text": row.answer, "at": iso(row.answered_at)}
            for row in FeedbackRequest.objects.filter(asked=user).exclude(answer="")
        ],
        "shares": [_share(row) for row in shares_of(user)],
        "talks": [_talk(row, user) for row in talks_of(user)],
        "talks_led": [_talk_led(row) for row in Talk.objects.filter(leader=user)],
    }


def competences_of(user: User) -> list[Competence]:
    """One's own, and those of lists that something of one's own points to."""
    used = Q(owner=user) | Q(pk__in=Competence.objects.used_by(user).values("pk"))
    return list(Competence.objects.filter(used).select_related("framework").order_by("pk"))


def _competence(row: Competence) -> dict[str, Any]:
    return {
        "id": row.pk,
        "own": row.owner_id is not None,
        "framework": row.framework.key if row.framework else "",
        "framework_title": row.framework.title if row.framework else "",
        "version": row.framework.version if row.framework else "",
        "key": row.key,
        **{name: getattr(row, name) for name in ("title_nl", "title_en", "about_nl", "about_en")},
    }


# -- entries -----------------------------------------------------------------------------------------------


def entries_of(user: User) -> QuerySet[Entry]:
    rows = Entry.objects.filter(owner=user).order_by("day", "pk")
    return rows.prefetch_related("parts", "files", "competences")


def _entry(row: Entry, user: User) -> dict[str, Any]:
    """``source`` says where it came from; ``given_by`` only that a colleague did."""
    return {
        "id": row.pk,
        "kind": row.kind,
        "title": row.title,
        "text": row.text,
        "structure": row.structure,
        "day": iso(row.day),
        "made_at": iso(row.made_at),
        "source": row.source,
        "given_by": who(row.given_by_id, user.pk),
        "competences": sorted(each.pk for each in row.competences.all()),
        "parts": [{"key": part.key, "text": part.text} for part in row.parts.all()],
        "files": [
            {
                "id": file.pk,
                "name": file.name,
                "kind": file.kind,
                "size": file.size,
                "sha256": file.sha256,
                "made_at": iso(file.made_at),
            }
            for file in row.files.all()
        ],
    }


def _asked(row: FeedbackRequest) -> dict[str, Any]:
    """The question; an answer is its giver's until it is kept, and then it is an entry."""
    kept = row.state == FeedbackState.KEPT
    return {
        "question": row.question,
        "state": row.state,
        "at": iso(row.made_at),
        "answered_at": iso(row.answered_at),
        "entry": row.entry_id if kept else None,
    }


def _quadrant(row: CoreQuadrant) -> dict[str, Any]:
    names = ("quality", "pitfall", "challenge", "allergy")
    return {"id": row.pk, **{name: getattr(row, name) for name in names}, "made_at": iso(row.made_at)}


# -- plans -------------------------------------------------------------------------------------------------


def pops_of(user: User) -> QuerySet[DevelopmentPlan]:
    rows = DevelopmentPlan.objects.filter(owner=user).select_related("year").order_by("year__starts")
    goals = Goal.objects.prefetch_related("competences", "proof", "actions", "progress").order_by("order")
    versions = PlanVersion.objects.prefetch_related("signatures").order_by("number")
    return rows.prefetch_related(
        "strengths", "moves", Prefetch("goals", queryset=goals), Prefetch("versions", queryset=versions)
    )


def _pop(row: DevelopmentPlan, user: User) -> dict[str, Any]:
    texts = ("standing", "heading", "wish", "agreements", "looking_back")
    return {
        "id": row.pk,
        "year": row.year.starts,
        "state": row.state,
        **{name: getattr(row, name) for name in texts},
        "agreed_minutes": row.agreed_minutes,
        "agreed_money": row.agreed_money,
        "talk_on": iso(row.talk_on),
        "made_at": iso(row.made_at),
        "strengths": sorted(each.pk for each in row.strengths.all()),
        "goals": [_goal(goal) for goal in row.goals.all()],
        "moves": [_move(move, user) for move in row.moves.all()],
        "versions": [_version(version, user) for version in row.versions.all()],
    }


def _goal(row: Goal) -> dict[str, Any]:
    texts = ("question", "visible", "why", "support", "outcome", "learned", "next_step")
    return {
        "id": row.pk,
        "order": row.order,
        **{name: getattr(row, name) for name in texts},
        "due": iso(row.due),
        "competences": sorted(each.pk for each in row.competences.all()),
        "proof": sorted(each.pk for each in row.proof.all()),
        "actions": [_action(action) for action in row.actions.all()],
        "progress": [{"id": note.pk, "day": iso(note.day), "text": note.text} for note in row.progress.all()],
    }


def _action(row: GoalAction) -> dict[str, Any]:
    return {
        "id": row.pk,
        "what": row.what,
        "form": row.form,
        "due": iso(row.due),
        "minutes": row.minutes,
        "done_on": iso(row.done_on),
        "source": row.source,
    }


def _move(row: DevelopmentMove | PlanMove, user: User) -> dict[str, Any]:
    return {"at": iso(row.at), "by": who(row.by_id, user.pk), "before": row.before, "after": row.after}


def _version(row: PlanVersion, user: User) -> dict[str, Any]:
    """``content`` is frozen; portfolio/document.py says its shape."""
    return {
        "number": row.number,
        "made_at": iso(row.made_at),
        "content": row.content,
        "signatures": [
            {"kind": each.kind, "at": iso(each.at), "by": who(each.person_id, user.pk)}
            for each in row.signatures.all()
        ],
    }


def paps_of(user: User) -> QuerySet[ActionPlan]:
    return ActionPlan.objects.filter(owner=user).prefetch_related("moves").order_by("made_at", "pk")


def _pap(row: ActionPlan, user: User) -> dict[str, Any]:
    texts = ("intention", "where", "works_when", "if_then", "state", "group_sees_title")
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in texts},
        "due": iso(row.due),
        "buddy": who(row.buddy_id, user.pk),
        "made_at": iso(row.made_at),
        "moves": [
            {**_move(move, user), "happened": move.happened if move.by_id == user.pk else ""}
            for move in row.moves.all()
        ],
    }


# -- shares ------------------------------------------------------------------------------------------------


def shares_of(user: User) -> QuerySet[Share]:
    rows = Share.objects.filter(owner=user).annotate(opened=Count("openings"))
    return rows.select_related("plan_version").order_by("made_at", "pk")


def _share(row: Any) -> dict[str, Any]:
    """What was given until when; to whom is theirs to tell. ``opened``: how often."""
    version = row.plan_version
    return {
        "pap": row.action_plan_id,
        "entry": row.entry_id,
        "pop": version.plan_id if version else None,
        "pop_version": version.number if version else None,
        "with": who(row.viewer_id, row.owner_id),
        "via_group": row.via.startswith("group:"),
        "made_at": iso(row.made_at),
        "until": iso(row.until),
        "ended_at": iso(row.revoked_at),
        "opened": row.opened,
    }


# -- talks -------------------------------------------------------------------------------------------------


def talks_of(user: User) -> QuerySet[Talk]:
    rows = Talk.objects.filter(person=user).select_related("preparation", "on_table__plan_version")
    return rows.prefetch_related("moves", "yeses", "agreed_before")


def _talk_led(row: Talk) -> dict[str, Any]:
    """Of who leads: dates alone. What was agreed on is about somebody else, and closed once one leads no more."""
    names = ("kind", "minutes", "place", "state")
    return {"starts_at": iso(row.starts_at), **{name: getattr(row, name) for name in names}}


def _talk(row: Any, user: User) -> dict[str, Any]:
    """What two agreed on is told to whose development it is about; ``yes``: who said so of this very text."""
    prepared, given = getattr(row, "preparation", None), row.on_table
    said = [yes.person_id for yes in row.yeses.all() if yes.version == row.agreements_version]
    return {
        **_talk_led(row),
        "with": who(row.leader_id, user.pk),
        "agreements": row.agreements,
        "yes": sorted(who(person, user.pk) for person in said),
        "agreed_before": [_agreed_before(each, user) for each in row.agreed_before.all()],
        "preparation": prepared.text if prepared else "",
        "pop_version": given.plan_version.number if given and given.plan_version else None,
        "moves": [
            {"at": iso(each.at), "by": who(each.by_id, user.pk), "verb": each.verb}
            for each in row.moves.all()
        ],
    }


def _agreed_before(row: AgreedBefore, user: User) -> dict[str, Any]:
    moments = {name: iso(getattr(row, name)) for name in ("person_said_at", "leader_said_at", "changed_at")}
    return {"text": row.text, **moments, "changed_by": who(row.changed_by_id, user.pk)}
