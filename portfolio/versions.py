"""A POP that is shared is a version of it: frozen, numbered, signed by two."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from coaching.lib.states import MoveRefused, StaleMove
from schools.models import User

from .document import Document, digest_of, document_of, without_agreements, without_entry
from .models import DevelopmentPlan, DevelopmentState, Entry, PlanVersion, Share, Signature, SignatureKind
from .notices import tell_shared
from .sharing import leads, share, share_in_force


def newest(plan: DevelopmentPlan) -> PlanVersion | None:
    return plan.versions.order_by("number").last()


def freeze(plan: DevelopmentPlan, seen: str, at: dt.datetime) -> PlanVersion:
    """The version that says what ``plan`` says now; StaleMove when that is not what was ``seen`` (its digest).

    Nothing changed since the newest version: that one again. Call in a transaction.
    """
    now = DevelopmentPlan.objects.select_for_update().get(pk=plan.pk)  # of two at once the second waits
    content, last = document_of(now), newest(now)
    if digest_of(content) != seen:
        raise StaleMove(_("Your POP was changed in the meantime. Look once more at what becomes visible."))
    if last and last.content == content:
        return last
    return plan.versions.create(number=last.number + 1 if last else 1, made_at=at, content=content)


def share_plan(
    plan: DevelopmentPlan, viewers: list[tuple[User, str]], *, seen: str, until: dt.date, at: dt.datetime
) -> PlanVersion:
    """Freeze ``plan`` and let ``viewers``, each with via what, see that version; StaleMove as freeze raises."""
    with transaction.atomic():
        version = freeze(plan, seen, at)
        given = [share(version, viewer, until=until, at=at, via=via) for viewer, via in viewers]
        for each in given:
            shorten_older(version, each.viewer, until)
        tell_shared(given, at)
        plan.refresh_from_db()
        settle(plan, plan.owner, at)
    return version


def shorten_older(version: PlanVersion, viewer: User, until: dt.date) -> None:
    """What ``viewer`` could see of the same POP ends no later than the newest: one end date counts."""
    older = Share.objects.in_force().filter(plan_version__plan=version.plan, viewer=viewer)
    older.filter(Q(until__isnull=True) | Q(until__gt=until)).update(until=until)


def remove_version(version: PlanVersion, by: User, at: dt.datetime) -> None:
    """Gone, for whoever could read it too, with the signatures under it."""
    with transaction.atomic():
        plan = DevelopmentPlan.objects.select_for_update().get(pk=version.plan_id)
        version.delete()
        settle(plan, by, at)


def forget_entry(entry: Entry) -> None:
    """Take the title of ``entry``, which is about to go, out of the versions that name it as an example."""
    for version in PlanVersion.objects.filter(plan__owner=entry.owner_id):
        content = without_entry(version.content, entry.pk)
        if content != version.content:
            PlanVersion.objects.filter(pk=version.pk).update(content=content)


def state_of(plan: DevelopmentPlan) -> DevelopmentState:
    """How an open plan stands, by its newest version: what was written after a talk was not talked over."""
    last = newest(plan)
    if last is None:
        return DevelopmentState.CONCEPT
    discussed = last.signatures.filter(kind=SignatureKind.DISCUSSED).exists()
    return DevelopmentState.DISCUSSED if discussed else DevelopmentState.SHARED


def settle(plan: DevelopmentPlan, by: User, at: dt.datetime) -> None:
    """Bring an open plan to the state it is in by now; a closed one stays closed."""
    if not plan.is_closed and plan.state != (now := state_of(plan)):
        plan.go(now, by, at)


def shown_to(version: PlanVersion, reader: User) -> Document:
    """What ``reader`` gets to read of it: agreements only who was given it as leader, and still leads."""
    if version.is_mine(reader):
        return version.content
    given = share_in_force(version, reader)
    whole = given is not None and given.as_leader and leads(reader, version.plan.owner_id)
    return version.content if whole else without_agreements(version.content)


def end_shares(plan: DevelopmentPlan, viewer: User, at: dt.datetime) -> None:
    """``viewer`` sees no version of ``plan`` any more."""
    rows = Share.objects.filter(plan_version__plan=plan, viewer=viewer, revoked_at__isnull=True)
    rows.update(revoked_at=at)


def can_discuss(version: PlanVersion, user: User) -> bool:
    """A director puts "discussed" under the newest version that their colleague shared with them as director."""
    theirs = PlanVersion.objects.visible_to(user).filter(plan=version.plan_id).order_by("number").last()
    if version.signed(SignatureKind.DISCUSSED) or version != theirs:
        return False
    given = share_in_force(version, user)
    return given is not None and given.as_leader and leads(user, version.plan.owner_id)


def can_draw_up(version: PlanVersion, user: User) -> bool:
    return version.is_mine(user) and not version.signed(SignatureKind.DRAWN_UP)


def sign(version: PlanVersion, kind: SignatureKind, by: User, at: dt.datetime) -> Signature:
    """Put a name under ``version``; raises MoveRefused when ``by`` may not, or it stands there already."""
    may = {SignatureKind.DRAWN_UP: can_draw_up, SignatureKind.DISCUSSED: can_discuss}[kind]
    with transaction.atomic():
        plan = DevelopmentPlan.objects.select_for_update().get(pk=version.plan_id)
        if not may(PlanVersion.objects.get(pk=version.pk), by):  # as it is since the lock
            raise MoveRefused(_("This version can't be signed by you now."))
        signature = version.signatures.create(kind=kind, person=by, at=at)
        settle(plan, by, at)
    return signature


def take_back(signature: Signature, at: dt.datetime) -> None:
    """Whose signature it is takes it back; a plan that was talked over is shared again."""
    with transaction.atomic():
        plan = DevelopmentPlan.objects.select_for_update().get(pk=signature.version.plan_id)
        signature.delete()
        settle(plan, signature.person or plan.owner, at)
