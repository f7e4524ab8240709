"""People form POP-groups: members, the group agreement, meetings, who was there, looking back."""

from .agreements import Agreement, AgreementAcceptance
from .answers import Answer, AnswerQuerySet
from .celebrations import Celebration, CelebrationQuerySet
from .groups import (
    LARGEST_GROUP,
    SMALLEST_GROUP,
    GroupKind,
    GroupMember,
    GroupMemberQuerySet,
    PopGroup,
    PopGroupQuerySet,
    Welcome,
    in_group,
)
from .meetings import (
    MEETING_MOVES,
    Attendance,
    LookBack,
    Meeting,
    MeetingKind,
    MeetingQuerySet,
    MeetingState,
)
from .notices import Notice, NoticeMethod, Reason

__all__ = [
    "LARGEST_GROUP",
    "MEETING_MOVES",
    "SMALLEST_GROUP",
    "Agreement",
    "AgreementAcceptance",
    "Answer",
    "AnswerQuerySet",
    "Attendance",
    "Celebration",
    "CelebrationQuerySet",
    "GroupKind",
    "GroupMember",
    "GroupMemberQuerySet",
    "LookBack",
    "Meeting",
    "MeetingKind",
    "MeetingQuerySet",
    "MeetingState",
    "Notice",
    "NoticeMethod",
    "PopGroup",
    "PopGroupQuerySet",
    "Reason",
    "Welcome",
    "in_group",
]
