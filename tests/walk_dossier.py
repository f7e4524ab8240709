"""Addresses of the switches, the school's agreement and the dossier for the PMR."""

from __future__ import annotations

from tests.walk_row import MANAGERS, MEMBERS, SCHOOL, STAFF, page, public, verb

OUTSIDE = "consultant guest was_guest"  # they advise the school
OWN = f"{MEMBERS} gone asked elsewhere {MANAGERS}"  # they work there

DOSSIER = [
    # Nobody of the scene confirmed anything: they are told so.
    verb("renew_consent_link", "consent", STAFF, "board", of="school", silent=True),
    page("school_agreement", "school_agreement", STAFF, "board", of="school"),
    page("school_agreement_versions", "school_agreement", STAFF, "board", of="school"),
    page(
        "propose_school_agreement",
        "school_agreement",
        MANAGERS,
        SCHOOL,
        of="school",
        post=lambda s: {"text": "Een andere tekst.", "seen": s.school_proposal.pk},
    ),
    verb(
        "settle_school_agreement",
        "school_agreement",
        MANAGERS,
        SCHOOL,
        of="school",
        parts={"proposal": "school_proposal"},
    ),
    verb(
        "accept_school_agreement",
        "school_agreement",
        OWN,
        f"{OUTSIDE} board",
        of="school",
        parts={"version": 1},
    ),
    verb("take_back_acceptance", "school_agreement", OWN, f"{OUTSIDE} board", of="school"),
    page("dossier", "consent", STAFF, "board", of="school"),
    page("dossier_pdf", "consent", STAFF, "board", of="school"),
    page(
        "fill_in_dossier",
        "consent",
        MANAGERS,
        SCHOOL,
        of="school",
        post={"operator": "Kustwerk ICT", "seen": 0},
    ),
    public("pmr_dossier", "consent", parts={"token": "link_token"}),
    public("pmr_dossier_pdf", "consent", parts={"token": "link_token"}),
]
