"""A draft of the DPIA: the questions, answered as far as the program itself can answer them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .parts import BLANK, Part, Table

QUESTIONS = (
    (
        gettext_lazy("What is done with which data, and what for?"),
        gettext_lazy(
            "See “What it is for” and “What is kept”. It concerns all staff of %(school)s. "
            "Responsible is %(controller)s; the server is run by %(operator)s."
        ),
    ),
    (
        gettext_lazy("Why is a DPIA wise here?"),
        gettext_lazy(
            "Staff depend on their employer, hours and presence can be used to follow people, and a "
            "case can be about a pupil, a parent or a colleague who is not there."
        ),
    ),
    (
        gettext_lazy("Is all of it needed? Could less do?"),
        gettext_lazy(
            "Only dates, groups and an account are needed to take part; every writing box may stay "
            "empty. Presence, hours per person, surveys and numbers for the director are off until "
            "the PMR agrees. Working notes go by themselves. Paper would do for a session, but is "
            "lost, copied and not erased."
        ),
    ),
    (
        gettext_lazy("Who else is it about?"),
        gettext_lazy(
            "Pupils, parents and colleagues in a case. There is no field for their names; the group "
            "agrees to leave names out, and the notes are erased."
        ),
    ),
    (
        gettext_lazy("What do the people concerned think of it?"),
        gettext_lazy("The PMR talked about it on %(blank)s. What it asked or changed: %(blank)s"),
    ),
    (
        gettext_lazy("What does the data protection officer advise?"),
        "%(advice)s",
    ),
    (
        gettext_lazy("What remains, who accepts that, and when is it looked at again?"),
        gettext_lazy("Remaining risk: %(blank)s Accepted by: %(blank)s Looked at again on: %(blank)s"),
    ),
)
RISKS = (
    (
        gettext_lazy("A director or colleague reads what was said in a session."),
        gettext_lazy(
            "No page, file or mail shows it to anybody but who took part; each address is tested for "
            "each role."
        ),
        gettext_lazy("Group agreement; no talking about it in the staff room."),
    ),
    (
        gettext_lazy("Hours or presence are used to judge somebody."),
        gettext_lazy("Off until the PMR agrees; a director sees a person's total of the year, nothing more."),
        gettext_lazy("School agreement: not for appraisal."),
    ),
    (
        gettext_lazy("Somebody feels forced to share."),
        gettext_lazy("Nowhere stands who did not share; a share ends by itself and can be taken back."),
        gettext_lazy("The director asks for nothing and rewards nothing."),
    ),
    (
        gettext_lazy("Numbers give one person away."),
        gettext_lazy("Shown from five people on; also not by comparing two pages or two days."),
        gettext_lazy("No lists kept beside the site."),
    ),
    (
        gettext_lazy("A pupil, a parent or an absent colleague can be recognised."),
        gettext_lazy("No field for names, a reminder where a case is written, notes are erased."),
        gettext_lazy("Leave out names and what gives away who it is."),
    ),
    (
        gettext_lazy("Somebody logs in as somebody else."),
        gettext_lazy(
            "Strong passwords or a code by mail, slow after wrong tries, out after an hour without use."
        ),
        gettext_lazy("Lock the screen; report a lost phone or mailbox."),
    ),
    (
        gettext_lazy("Who runs the server reads along."),
        gettext_lazy("No screen for it; said openly on “Who sees what”; back-ups end."),
        gettext_lazy("Processing agreement (annex B); few people with access."),
    ),
    (
        gettext_lazy("Data stay for longer than needed."),
        gettext_lazy("A clean-up each night; everybody erases their own."),
        gettext_lazy("Erase accounts of who left; look at the terms once a year."),
    ),
)


def dpia(words: dict[str, str], advice: str) -> list[Part]:
    known = {**words, "advice": advice or BLANK}
    questions = [(str(question), str(answer) % known) for question, answer in QUESTIONS]
    rows = [(str(risk), str(site), str(school), BLANK[:12]) for risk, site, school in RISKS]
    head = (_("What can go wrong"), _("What the site does"), _("What the school does"), _("What is left"))
    return [
        Part(
            key="dpia",
            title=_("Annex A: draft of a DPIA"),
            lines=[
                _(
                    "A data protection impact assessment (DPIA) weighs beforehand what can go wrong "
                    "for people. This is a draft with what the site can answer by itself. The school "
                    "completes it and decides."
                )
            ],
            questions=questions,
            is_annex=True,
        ),
        Part(
            key="risks",
            title=_("Risks and what is done about them"),
            table=Table(_("Risks, and what site and school do about them"), head, rows),
        ),
    ]
