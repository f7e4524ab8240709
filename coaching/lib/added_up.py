"""How many of a few people, in words so coarse that nobody's own answer follows from them.

Whoever reads it may be one of those people, may know who they all are, and always knows their own answer. So a
word that held "nobody" alone would tell a reader that all others said no; and one that held "nobody or one" would
tell it to the one who said yes. Therefore each end covers three numbers: nobody, one or two; all, all but one,
all but two. Of what lies between, the exact number may show (three of six), as that names nobody.

Two pictures of the same people at two moments are another matter: a change of the word after one person came,
went or changed would be about that one. Of all ways in which at most eight people can come, go and change between
two pictures, only those are safe in which nearly everybody did. Hence a picture is made once, and what somebody
says of a competence goes into one picture ever: that of next year is made of those who were in none before.
tests/lib/test_added_up.py walks through all of it.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

FEWEST = 5  # domain.md §3: added up from five people on
EDGE = 2


class Step(models.TextChoices):
    FEW = "few", _("few")
    SOME = "some", _("some")
    MOST = "most", _("most")


def step_of(yes: int, people: int) -> Step | None:
    """The word for ``yes`` of ``people``; None where they are too few for any."""
    if people < FEWEST:
        return None
    if yes <= EDGE:
        return Step.FEW
    return Step.MOST if yes >= people - EDGE else Step.SOME


def still_shown(step: Step, standing: int) -> Step | None:
    """The word as it was made, while ``standing`` of those it came from still stand by it; else None.

    It never follows what people answer later, so that who came, went or changed leaves no mark on it.
    """
    return step if standing >= FEWEST else None


def is_enough(step: str, need: int) -> bool | None:
    """Whether ``need`` people are there for certain, or for certain not; None when the word does not say."""
    if step != Step.FEW:
        return True if need <= EDGE + 1 else None  # three or more, whatever the number of people
    return False if need > EDGE else None
