"""The intervision methods that come with the product; the default method stands first."""

from .action_learning import ACTION_LEARNING
from .appreciative import APPRECIATIVE
from .balint import BALINT
from .consultancy import CONSULTANCY
from .fallberatung import FALLBERATUNG
from .five_step import FIVE_STEP
from .gossip import GOSSIP
from .incident import INCIDENT
from .pop_basis import POP_BASIS
from .samples import SAMPLE_CASES, SampleCase
from .socratic import SOCRATIC
from .statements import STATEMENTS
from .ten_step import TEN_STEP
from .texts import MethodText, StepText, minutes

__all__ = ["METHODS", "SAMPLE_CASES", "MethodText", "SampleCase", "StepText", "minutes"]

METHODS: tuple[MethodText, ...] = (
    POP_BASIS,
    INCIDENT,
    GOSSIP,
    FIVE_STEP,
    TEN_STEP,
    BALINT,
    APPRECIATIVE,
    SOCRATIC,
    FALLBERATUNG,
    CONSULTANCY,
    ACTION_LEARNING,
    STATEMENTS,
)
