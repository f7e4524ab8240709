"""The log-ins of the demo, for whoever wants to look around."""

from __future__ import annotations

from .cast import PEOPLE

PASSWORD = "kust-en-koffie"  # noqa: S105 -- invented people in an invented school; printed on the log-in page


def demo_log_ins() -> list[tuple[str, str, str]]:
    """(role in words, name, e-mail address) of the people worth being for a while."""
    return [(str(person.log_in), person.name, person.email) for person in PEOPLE if person.log_in]
