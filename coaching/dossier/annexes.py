"""What a processing agreement with whoever runs the server needs in its annexes, with blanks to fill in."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .about import MEASURES
from .parts import BLANK, Part, Table, said

SUBJECT = (
    (gettext_lazy("Who asks (controller)"), "%(controller)s"),
    (gettext_lazy("Who carries it out (processor)"), "%(operator)s"),
    (
        gettext_lazy("Product"),
        gettext_lazy("Collegiale coaching: groups, sessions, plans and portfolio of staff"),
    ),
    (
        gettext_lazy("What is done"),
        gettext_lazy("storing, showing to who may see it, mailing, making back-ups, erasing"),
    ),
    (gettext_lazy("About whom"), gettext_lazy("staff of %(school)s; by accident people who occur in a case")),
    (
        gettext_lazy("Which data"),
        gettext_lazy("see the table of what is kept; no special kinds of data are asked for"),
    ),
    (gettext_lazy("Where"), "%(server_place)s"),
    (gettext_lazy("Leaves the European Economic Area"), gettext_lazy("no / yes, namely: %(blank)s")),
    (gettext_lazy("From and until"), "%(blank)s"),
    (gettext_lazy("Data protection officer of the school"), "%(officer)s"),
)
PROMISES = (
    gettext_lazy("does only what the school asks in writing, and uses the data for nothing of its own"),
    gettext_lazy(
        "lets only people at the data who need it for their work and who are bound to secrecy: %(blank)s"
    ),
    gettext_lazy("reads no content, unless somebody who owns it asks for help, and notes when and why"),
    gettext_lazy(
        "helps the school to answer staff who want to see, correct or erase something, within %(blank)s days"
    ),
    gettext_lazy(
        "keeps back-ups for %(backup_days)s days, encrypted, and tries once a year whether they can "
        "be put back"
    ),
    gettext_lazy("installs security updates within %(blank)s days"),
    gettext_lazy("lets the school, or somebody the school sends, check once a year how this is kept to"),
)
LEAKS = (
    gettext_lazy(
        "When data may have got into wrong hands, the processor tells it within %(blank)s hours to: "
        "%(breach_contact)s"
    ),
    gettext_lazy(
        "It tells what happened, which data and how many people it is about, what was done, and whom "
        "to ask more."
    ),
    gettext_lazy(
        "The school decides whether to tell the authority (within 72 hours) and the people concerned,"
        " and keeps a list of leaks."
    ),
)
END = (
    gettext_lazy("At the end everybody can take along what is theirs for %(blank)s days."),
    gettext_lazy(
        "After that the processor erases database and files, and %(backup_days)s days later the last "
        "back-up, and says so in writing."
    ),
)


def processing(words: dict[str, str]) -> list[Part]:
    blanks = [(BLANK[:16], BLANK[:16], BLANK[:16])] * 3
    head = (_("Company"), _("What it does"), _("Where, and under which safeguards"))
    subject = [(str(label), str(text) % words) for label, text in SUBJECT]
    return [
        Part(
            key="processing",
            title=_("Annex B: what belongs to the processing agreement"),
            lines=[
                _(
                    "With whoever runs the server for the school, the school makes a processing "
                    "agreement. Use the model that your board uses; these are the annexes that go "
                    "with it. If the board runs the server itself, agree on the same in house."
                )
            ],
            questions=subject,
            is_annex=True,
        ),
        Part(key="promises", title=_("What the processor promises"), points=said(PROMISES, **words)),
        Part(key="security", title=_("How the data are protected"), points=said(MEASURES)),
        Part(
            key="helpers",
            title=_("Whom the processor calls in"),
            table=Table(_("Companies the processor calls in"), head, blanks),
        ),
        Part(key="leaks", title=_("When something leaks"), points=said(LEAKS, **words)),
        Part(key="end", title=_("When it ends"), points=said(END, **words)),
    ]
