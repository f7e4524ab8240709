"""Addresses of the switches, the school's agreement and the dossier for the PMR."""

from __future__ import annotations

from tests.walk_row import STAFF, verb

DOSSIER = [
    # Nobody of the scene confirmed anything: they are told so.
    verb("renew_consent_link", "consent", STAFF, "board", of="school", silent=True),
]
