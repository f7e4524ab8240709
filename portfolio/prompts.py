"""Questions to think on about oneself, by theme; each answer is a PersonalNote under the key of its question.

The four needs: relation, competence and autonomy after Deci and Ryan, self-worth beside them (domain.md §3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Prompt:
    """``key`` never changes: what people wrote is found by it. ``about``: a sentence to start from."""

    key: str
    question: Any
    about: Any = ""


@dataclass(frozen=True)
class Theme:
    key: str
    title: Any
    about: Any
    prompts: tuple[Prompt, ...]


THEMES = (
    Theme(
        "needs",
        _("Four needs"),
        _("Four things that everybody needs to feel well at work. What gives them to you, what do you miss?"),
        (
            Prompt("relation", _("Relationship"), _("I belong, and others are glad that I am there.")),
            Prompt(
                "competence",
                _("Feeling competent"),
                _("I can do what is asked of me, and I get better at it."),
            ),
            Prompt("autonomy", _("Autonomy"), _("I make choices of my own and may do things my way.")),
            Prompt("worth", _("Self-worth"), _("I am all right as I am, also on a day that goes wrong.")),
        ),
    ),
    Theme(
        "motives",
        _("What moves me"),
        _("Where your energy comes from, and where it goes."),
        (
            Prompt("energy", _("When do I come home with more energy than I left with?")),
            Prompt("time", _("What makes me forget the time?")),
            Prompt("drain", _("What costs me so much that I would rather do it differently?")),
        ),
    ),
    Theme(
        "values",
        _("What matters to me"),
        _("What you want to hold on to, also when it is busy."),
        (
            Prompt("stand_for", _("What do I stand for, also when it gets difficult?")),
            Prompt("count_on", _("What may pupils and colleagues always count on with me?")),
            Prompt("friction", _("Where does that rub against how things go here?")),
        ),
    ),
    Theme(
        "mirror",
        _("How I see myself"),
        _("Look kindly: as you would look at a good colleague."),
        (
            Prompt("proud", _("What am I proud of, though hardly anybody knows?")),
            Prompt("colleague", _("What would a kind colleague say about me?")),
            Prompt("unseen", _("What do I rather not show, and what would happen if I did?")),
        ),
    ),
    Theme(
        "dare",
        _("What I want and dare"),
        _("Wanting comes first. Daring may be small."),
        (
            Prompt("want", _("What do I want, if I am honest?")),
            Prompt("not_yet", _("What do I not dare yet?")),
            Prompt("small", _("What is the smallest piece of it that I do dare?")),
        ),
    ),
    Theme(
        "career",
        _("Career and meaning"),
        _("Further away than this school year. Nothing has to come of it."),
        (
            Prompt("day", _("What does a good working day look like in three years?")),
            Prompt("meaning", _("For whom or what do I do this work?")),
            Prompt("more_of", _("What do I want more of in my work, and what less?")),
        ),
    ),
    Theme(
        "style",
        _("My way of working"),
        _("How you work at your best, and what you need for that."),
        (
            Prompt("best", _("When, where and with whom do I work best?")),
            Prompt("pressure", _("What do I do when it gets too much, and what helps me then?")),
            Prompt("together", _("What is good to know for whoever works with me?")),
        ),
    ),
)
BY_KEY = {theme.key: theme for theme in THEMES}
QUESTIONS = {prompt.key: prompt.question for theme in THEMES for prompt in theme.prompts}
