"""A school has people: who they are, their roles, consents, hours, mail."""

from .calendar import ClosedDays, DayKind, Holiday, LessonHours
from .consents import Consent, ConsentKind, ConsentLink
from .feeds import FeedToken
from .hours import Activity, ActivityCode, Allotment, HourLine, HourRule, LineKind, TaskCode
from .imports import ImportState, RowKind, StaffImport, StaffRow
from .invitations import Invitation
from .languages import InTwoLanguages
from .mail import OutgoingMail
from .people import (
    Board,
    BoardDirector,
    Fte,
    Function,
    Membership,
    Region,
    Role,
    RoleHeld,
    School,
    SchoolYear,
    Sector,
    User,
)
from .policy import Allowance, SchoolPlanLine
from .reminders import Reminder, ReminderChoice
from .traces import Draft, LiveChange, Submission

__all__ = [
    "Activity",
    "ActivityCode",
    "Allotment",
    "Allowance",
    "Board",
    "BoardDirector",
    "ClosedDays",
    "Consent",
    "ConsentKind",
    "ConsentLink",
    "DayKind",
    "Draft",
    "FeedToken",
    "Fte",
    "Function",
    "Holiday",
    "HourLine",
    "HourRule",
    "ImportState",
    "InTwoLanguages",
    "Invitation",
    "LessonHours",
    "LineKind",
    "LiveChange",
    "Membership",
    "OutgoingMail",
    "Region",
    "Reminder",
    "ReminderChoice",
    "Role",
    "RoleHeld",
    "RowKind",
    "School",
    "SchoolPlanLine",
    "SchoolYear",
    "Sector",
    "StaffImport",
    "StaffRow",
    "Submission",
    "TaskCode",
    "User",
]
