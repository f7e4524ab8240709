"""What home shows of all rooms, each part read once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from coaching.intervision.models import Session
from popgroups.models import (
    Agreement,
    AgreementAcceptance,
    Answer,
    GroupMember,
    GroupPlan,
    LookBack,
    Meeting,
    PopGroup,
    Welcome,
    in_group,
)
from popgroups.plan_history import handed_in_last
from portfolio.models import ActionPlan, DevelopmentPlan, FeedbackRequest, Goal, Share, ShareOpening
from portfolio.start import page_for_staff
from schools.budgets import Balance, balances_of
from schools.models import Consent, ConsentKind, HourLine, LineKind, Role, School, SchoolYear, User
from schools.school_agreements import texts_for

from .home_roles import with_roles
from .overview.doors import overviews

SESSION_FORGOTTEN = dt.timedelta(hours=12)  # a lobby nobody closed does not ask for attention for ever
COMING_WEEKS = dt.timedelta(weeks=4)
MOST_GIVEN = 100  # of what others share; home shows the newest and the one to talk over
SHOWN = 5
DONE = Q(actions__done_on__isnull=False)


class Today:
    """What the page of ``user`` may need at moment ``at``; each part is read once, when first asked for."""

    def __init__(self, user: User, at: dt.datetime) -> None:
        self.user, self.at, self.day = user, at, timezone.localdate(at)
        self.year = SchoolYear.start_of(self.day)

    @property
    def greeting(self) -> str:
        hour, name = timezone.localtime(self.at).hour, {"name": self.user.first_name}
        if hour < 12:
            return _("Good morning %(name)s") % name
        return _("Good afternoon %(name)s") % name if hour < 18 else _("Good evening %(name)s") % name

    @cached_property
    def coordinates(self) -> list[School]:
        return self.user.schools_as(Role.COORDINATOR)

    @cached_property
    def directs(self) -> list[School]:
        return self.user.schools_as(Role.DIRECTOR)

    # -- as a colleague ----------------------------------------------------------------------------------

    @cached_property
    def session(self) -> Session | None:
        """The session that can be walked into right now."""
        recent = Session.objects.visible_to(self.user).under_way()
        return recent.filter(meeting__starts_at__gt=self.at - SESSION_FORGOTTEN).order_by("-made_at").first()

    @cached_property
    def meetings(self) -> list[Any]:
        """My coming meetings, each with ``called_off``, ``has_group_plan`` (a GOP) and the roles that are known."""
        mine = Answer.objects.not_coming().filter(
            meeting=OuterRef("pk"), member__membership__person=self.user
        )
        coming = Meeting.objects.of_member(self.user).coming(self.at).select_related("group")
        plan = GroupPlan.objects.filter(group=OuterRef("group"))
        told = coming.annotate(called_off=Exists(mine), has_group_plan=Exists(plan))
        return list(with_roles(told, self.user, self.day)[:SHOWN])

    @cached_property
    def unaccepted(self) -> GroupMember | None:
        """My place in a group whose newest agreement I have not accepted."""
        newest = Agreement.objects.filter(group=OuterRef("group")).order_by("-version").values("pk")[:1]
        yes = AgreementAcceptance.objects.filter(member=OuterRef("pk"), agreement=OuterRef("newest"))
        mine = GroupMember.objects.of(self.user, self.day).filter(group__year__starts=self.year)
        open_ones = mine.annotate(newest=Subquery(newest)).filter(~Exists(yes), newest__isnull=False)
        return open_ones.select_related("group").first()

    @cached_property
    def school_agreements(self) -> list[Any]:
        return texts_for(self.user)

    @cached_property
    def newcomer(self) -> GroupMember | None:
        """Somebody asked into my group whom I have not welcomed yet."""
        mine = PopGroup.objects.with_member(self.user).filter(year__starts=self.year)
        done = Welcome.objects.filter(newcomer=OuterRef("pk"), member__membership__person=self.user)
        waiting = GroupMember.objects.awaiting().filter(~Exists(done), group__in=mine)
        return waiting.select_related("group", "membership__person").first()

    @cached_property
    def plans(self) -> list[Any]:
        """My open action plans, each with ``look_back_on``: the group's look-back, else its own date."""
        meeting = LookBack.objects.filter(
            action_plan=OuterRef("pk"), looked_back_at__isnull=True, meeting__starts_at__gte=self.at
        )
        planned = meeting.order_by("meeting__starts_at").values("meeting__starts_at")[:1]
        rows = ActionPlan.objects.filter(owner=self.user).still_open().select_related("buddy")
        ordered = rows.annotate(meets_at=Subquery(planned)).order_by(F("due").asc(nulls_last=True), "-pk")
        plans: list[Any] = list(ordered[:SHOWN])
        for plan in plans:
            plan.look_back_on = timezone.localdate(plan.meets_at) if plan.meets_at else plan.due
        return plans

    @cached_property
    def feedback(self) -> list[FeedbackRequest]:
        """Questions I have not answered and answers I have not read, the oldest first."""
        return list(FeedbackRequest.objects.waiting_for(self.user).order_by("made_at", "pk")[:SHOWN])

    @cached_property
    def start_page(self) -> str:
        """The name of the page that leads a colleague to a first goal; "" when there is no need."""
        return page_for_staff(self.user)

    @cached_property
    def _given(self) -> list[Any]:
        """What I may read, what I did not open yet first, each with ``opened`` and ``to_discuss``."""
        open_now = Share.objects.open_to(self.user, self.day)
        waiting = open_now.to_discuss_by(self.user, self.day).filter(pk=OuterRef("pk"))
        rows: Any = open_now.with_things().annotate(to_discuss=Exists(waiting))
        return list(rows.defer("plan_version__content").order_by("opened", "-made_at", "-pk")[:MOST_GIVEN])

    @property
    def shared(self) -> list[Any]:
        return self._given[:SHOWN]

    @property
    def to_discuss(self) -> Share | None:
        """A POP I was given as its owner's leader and opened, whose newest version nobody signed as discussed."""
        waiting = [share for share in self._given if share.opened and share.to_discuss]
        return waiting[-1] if waiting else None

    @cached_property
    def pop(self) -> Any:
        """My POP of this school year, with ``opened_by`` (a name) and ``opened_at``; None without one."""
        if self.start_page:
            return None  # who is led to a first goal has no POP
        opened = ShareOpening.objects.filter(share__plan_version__plan=OuterRef("pk")).order_by("-at", "-pk")
        mine = DevelopmentPlan.objects.filter(owner=self.user, year__starts=self.year).select_related("year")
        return mine.annotate(
            opened_by=Subquery(opened.values("share__viewer__name")[:1]),
            opened_at=Subquery(opened.values("at")[:1]),
        ).first()

    @cached_property
    def goals(self) -> list[Any]:
        """Of my POP, each with ``total`` and ``done``: how many of its actions."""
        written = ~Q(actions__what="")
        total, done = Count("actions", filter=written), Count("actions", filter=written & DONE)
        rows = self.pop.goals.exclude(question="") if self.pop else Goal.objects.none()
        return list(rows.annotate(total=total, done=done).order_by("order"))

    @cached_property
    def hours(self) -> dict[str, int] | None:
        """Minutes held and planned this school year, where the PMR agreed to hours per person."""
        agreed = Consent.objects.agreed_to_hours().values("school")
        counting = HourLine.objects.of_year(SchoolYear(starts=self.year)).counting(self.day)
        lines = counting.filter(membership__person=self.user, membership__school__in=agreed)
        held = Sum("minutes", filter=Q(kind=LineKind.HELD))
        planned = Sum("minutes", filter=Q(kind=LineKind.PLANNED))
        sums = {key: value or 0 for key, value in lines.aggregate(held=held, planned=planned).items()}
        return sums if any(sums.values()) else None

    @cached_property
    def balance(self) -> Balance | None:
        """What is left once there are hours, when my school set some apart; None at two schools."""
        working = (Role.TEACHER, Role.COORDINATOR)
        mine = {held.membership_id: held.membership for held in self.user.roles_now if held.role in working}
        if not self.hours or len(mine) != 1:
            return None
        balance = balances_of(mine.values(), SchoolYear(starts=self.year), day=self.day)[0]
        return balance if balance.allotted else None

    @cached_property
    def plans_of_groups(self) -> list[Any]:
        """Of each GOP of my groups the version that was handed in last."""
        mine = PopGroup.objects.with_member(self.user, self.day)
        return handed_in_last(Q(plan__group__in=mine), self.year)

    # -- as coordinator or director: dates and counts, never content -------------------------------------

    @cached_property
    def groups(self) -> list[Any]:
        """The groups of this year in the schools I coordinate or direct, each with ``size``."""
        size = Count("members", filter=in_group(self.day, "members__"))
        schools = [school.pk for school in (*self.coordinates, *self.directs)]
        rows = PopGroup.objects.filter(school__in=schools, year__starts=self.year, closed_on__isnull=True)
        return list(rows.annotate(size=size).order_by("name"))

    def without_group(self, schools: Sequence[School]) -> School | None:
        with_groups = {group.school_id for group in self.groups}
        return next((school for school in schools if school.pk not in with_groups), None)

    def coming_in(self, schools: Sequence[School]) -> QuerySet[Meeting]:
        """Meetings of the next four weeks in ``schools``."""
        coming = Meeting.objects.coming(self.at).filter(starts_at__lte=self.at + COMING_WEEKS)
        return coming.filter(group__school__in=schools)

    @cached_property
    def consents(self) -> dict[tuple[int, str], dt.datetime]:
        """What the PMRs of the schools I direct agree to now, by school and kind: since when."""
        given = Consent.objects.in_force().filter(school__in=self.directs)
        return {(school, kind): at for school, kind, at in given.values_list("school", "kind", "given_at")}

    def without_consent(self, kind: ConsentKind) -> list[School]:
        return [school for school in self.directs if (school.pk, kind.value) not in self.consents]

    @cached_property
    def overviews(self) -> list[tuple[str, str]]:
        """Name and address of each overview I may open."""
        return overviews(self.user)

    @cached_property
    def has_overview(self) -> bool:
        """Whether the PMR of every school I direct lets the director see numbers (domain.md §5)."""
        return not self.without_consent(ConsentKind.OVERVIEW)

    @cached_property
    def school_dates(self) -> list[Meeting]:
        return list(self.coming_in(self.directs)) if self.directs else []

    @cached_property
    def plans_directed(self) -> list[Any]:
        """Of each GOP in the schools I direct the version that was handed in last."""
        if not self.directs:
            return []
        return handed_in_last(Q(plan__group__school__in=self.directs), self.year)
