"""Groups hold intervision sessions: methods as data, the session and its steps, what is written in it."""

from .methods import Captures, Method, PresenterDoes, Step, StepText, Turn
from .people import Guest, GuestYes, SessionParticipant
from .session import ROLES, Session, SessionState
from .steps import SessionStep, StaleStep, StepMove
from .words import Case, Contribution, Kind, Mark, Ready, SessionPlan, Taps, Vote, VoteKind

__all__ = [
    "ROLES",
    "Captures",
    "Case",
    "Contribution",
    "Guest",
    "GuestYes",
    "Kind",
    "Mark",
    "Method",
    "PresenterDoes",
    "Ready",
    "Session",
    "SessionParticipant",
    "SessionPlan",
    "SessionState",
    "SessionStep",
    "StaleStep",
    "Step",
    "StepMove",
    "StepText",
    "Taps",
    "Turn",
    "Vote",
    "VoteKind",
]
