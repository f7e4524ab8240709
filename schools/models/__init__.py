"""A school has people: who they are, their roles, consents, hours, mail."""

from .calendar import ClosedDays, DayKind, Holiday, LessonHours
from .consents import Consent, ConsentKind, ConsentLink
from .dossier import DossierFacts
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
from .school_agreement import SchoolAcceptance, SchoolAgreement
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
    "DossierFacts",
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
    "SchoolAcceptance",
    "SchoolAgreement",
    "SchoolPlanLine",
    "SchoolYear",
    "Sector",
    "StaffImport",
    "StaffRow",
    "Submission",
    "TaskCode",
    "TrainingAttendance",
    "TrainingUnit",
    "Trajectory",
    "TrajectoryLookBack",
    "User",
]
