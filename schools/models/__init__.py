"""A school has people: who they are, their roles, consents, hours, mail."""

from .boards import Board, BoardDirector
from .calendar import ClosedDays, DayKind, Holiday, LessonHours
from .consents import Consent, ConsentKind, ConsentLink
from .feeds import FeedToken
from .hours import Activity, ActivityCode, Allotment, HourLine, HourRule, LineKind, TaskCode
from .imports import ImportState, RowKind, StaffImport, StaffRow
from .invitations import Invitation
from .languages import InTwoLanguages
from .mail import OutgoingMail
from .overview import ShownKind, ShownSpan
from .people import (
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
from .survey import SurveyCount, SurveyKind, SurveyLink, SurveyWave, WaveState
from .traces import Draft, LiveChange, Submission
from .trajectory import (
    LOOK_BACKS,
    HandOverMove,
    HandOverTick,
    Involved,
    Material,
    Milestone,
    Phase,
    Proof,
    TrainingAttendance,
    TrainingUnit,
    Trajectory,
    TrajectoryLookBack,
)

__all__ = [
    "LOOK_BACKS",
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
    "HandOverMove",
    "HandOverTick",
    "Holiday",
    "HourLine",
    "HourRule",
    "ImportState",
    "InTwoLanguages",
    "Invitation",
    "Involved",
    "LessonHours",
    "LineKind",
    "LiveChange",
    "Material",
    "Membership",
    "Milestone",
    "OutgoingMail",
    "Phase",
    "Proof",
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
    "ShownKind",
    "ShownSpan",
    "StaffImport",
    "StaffRow",
    "Submission",
    "SurveyCount",
    "SurveyKind",
    "SurveyLink",
    "SurveyWave",
    "TaskCode",
    "TrainingAttendance",
    "TrainingUnit",
    "Trajectory",
    "TrajectoryLookBack",
    "User",
    "WaveState",
]
