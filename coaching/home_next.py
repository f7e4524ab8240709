"""One thing on home that asks for somebody now."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Next:
    """One thing that asks for somebody now; ``also_url`` is a second, quieter way to go."""

    label: str
    title: str
    text: str
    url: str
    action: str
    also_url: str = ""
    also_action: str = ""
    quiet: bool = False  # nothing that has to be done
