"""A school has people: who they are, their roles, consents, hours, mail."""

from .consents import Consent, ConsentKind, ConsentLink
from .hours import HourLine, LineKind
from .invitations import Invitation
from .mail import OutgoingMail
from .people import (
    Board,
    BoardDirector,
    Fte,
    Function,
    Membership,
    Role,
    RoleHeld,
    School,
    SchoolYear,
    Sector,
    User,
)
from .traces import Draft, LiveChange, Submission

__all__ = [
    "Board",
    "BoardDirector",
    "Consent",
    "ConsentKind",
    "ConsentLink",
    "Draft",
    "Fte",
    "Function",
    "HourLine",
    "Invitation",
    "LineKind",
    "LiveChange",
    "Membership",
    "OutgoingMail",
    "Role",
    "RoleHeld",
    "School",
    "SchoolYear",
    "Sector",
    "Submission",
    "User",
]
