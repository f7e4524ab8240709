"""What is shown before a year plan is published."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from popgroups.models import Meeting, PopGroup
from popgroups.planner import YearPlan
from popgroups.publishing import Publication
from schools.models import SchoolYear
from tests.people import Cast


def test_what_is_over_counts_in_no_mail_and_no_hours(cast: Cast) -> None:
    PopGroup.objects.update(year=SchoolYear.of(timezone.localdate()))
    starts = timezone.now(), timezone.now() + dt.timedelta(days=7)
    for starts_at in starts:
        Meeting(group=cast.group, starts_at=starts_at, minutes=60).propose()
    for hours, left in ((0, 2), (2, 1)):
        at = timezone.now() + dt.timedelta(hours=hours)
        found = Publication(YearPlan(cast.zandplaat, cast.group.year, at), per_person=True)
        assert len(found.mails) == 5 * left
        assert {claim.added for claim in found.claims} == {60 * left}
