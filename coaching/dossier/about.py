"""The body of the dossier in own words: why, on what ground, who does what, what people may ask."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

PURPOSES = (
    _(
        "Colleagues learn from each other: they bring in problems of their work, visit each other's "
        "lessons and make small plans."
    ),
    _(
        "Each colleague keeps an eye on their own development, in a plan (POP) and a portfolio that "
        "are theirs."
    ),
    _("A group says what it wants to reach this year (GOP), and asks hours and support for it."),
    _("The coordinator plans meetings, and the hours of the annual task are booked without paperwork."),
    _("School and board can see that it works, by numbers that give nobody away."),
)
NOT_FOR = (
    _("appraising, ranking or dismissing staff, or deciding about contracts and salaries"),
    _("checking who works when, or whether somebody speaks enough"),
    _("advertising, selling data, or training computer models"),
    _("decisions made by a computer: the site scores nobody and decides nothing about anybody"),
)
GROUNDS = (
    _(
        "For planning, taking part and hours: carrying out what employer and employee agreed on "
        "(article 6.1.b of the GDPR, in Dutch AVG), and the duty to let staff keep up their "
        "profession (6.1.c), as far as law and collective agreement (cao) ask it."
    ),
    _(
        "For the rest: the interest of staff and school in learning from each other (6.1.f), weighed "
        "in annex A against what people have to fear."
    ),
    _(
        "Not the consent of each employee: whoever depends on an employer can't refuse freely. A yes "
        "or a share on this site is a setting of its owner. It is never a condition for anything."
    ),
    _(
        "Nothing special is asked: no health, no belief, no citizen service number, no photo. People can "
        "write such things of their own accord; that is one reason why working notes are erased."
    ),
    _(
        "The staff's part of the participation council (PMR) has to agree under the Dutch law on "
        "participation in schools (Wms, article 12), among other things on rules about staff data and"
        " on means that can be used to follow staff. That is why the switches below are off until it "
        "does. Have the exact parts checked by your own adviser."
    ),
)
ROLES = (
    (
        _("colleague"),
        _(
            "Takes part, writes, decides what is shared with whom, and can take everything along and "
            "erase it."
        ),
    ),
    (
        _("coordinator"),
        _(
            "A colleague who makes groups and plans meetings. Reads no cases, no POP and no "
            "portfolio. No manager."
        ),
    ),
    (
        _("director"),
        _(
            "Reads plans of groups that were handed in, what somebody shared, and numbers. Is in no "
            "group with staff they lead."
        ),
    ),
    (
        _("director of the board"),
        _("Sees added-up numbers of the schools of the board, where their PMR agrees."),
    ),
    (
        _("outside consultant"),
        _(
            "Helps at the start. Is a guest of a session only if everybody in it says yes. Access "
            "ends at hand-over."
        ),
    ),
    (_("PMR"), _("Turns the switches by a link of its own, and can turn them back at any time.")),
    (
        _("operator"),
        _(
            "Runs the server. Has no screen with content, but can technically read the database and "
            "its back-ups."
        ),
    ),
)
RIGHTS = (
    _(
        "See and take along: everything about yourself stands on your own pages, and one button gives"
        " it all as a file (ZIP)."
    ),
    _("Correct and erase: you change and erase what is yours. Hours are corrected by a line that says so."),
    _(
        "Object: tell the coordinator or the data protection officer; nobody asks why you did not "
        "share something."
    ),
    _("Know who looked: you see who opened what you shared, and when."),
    _(
        "Complain: with the school, or with the Dutch data protection authority (Autoriteit "
        "Persoonsgegevens)."
    ),
)
MEASURES = (
    _(
        "Who may see something is asked at every page and file, by one table that is tested for every"
        " address and every role."
    ),
    _(
        "There is no administrator account that can open everything, and no screen on which a "
        "director reads what was said."
    ),
    _(
        "Log-in by password with a code by e-mail as another way; wrong tries are slowed down; a "
        "log-in ends after 60 minutes without use and after 12 hours."
    ),
    _(
        "The connection is encrypted; pages load nothing from other companies; there are no tracking "
        "cookies and no visitor statistics."
    ),
    _(
        "What is erased is deleted, not hidden, from database and files; no log holds texts, passwords or keys."
    ),
    _("Uploaded files are checked by what they hold, not by their name; pictures lose their hidden data."),
    _("Every night a clean-up erases what is past its term."),
)
