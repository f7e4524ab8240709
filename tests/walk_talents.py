"""Addresses of talents and of the lists of competences they are named with."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.walk_row import EVERYBODY, SCHOOL, STAFF, page, verb

LIST = b"Parent ID number,ID number,Short name,Is framework\n,kust,Kust,1\n,1,Strandles,\n"


TALENTS = [
    page("talents", "talents", EVERYBODY),
    page("score_list", "talents", STAFF, "board", of="framework", post=lambda s: marks(s.listed.pk)),
    page("score_own", "talents", EVERYBODY, post={"title": "Kanoën"}),
    verb("remove_own_competence", "talents", "facilitator", of="own_competence"),
    page(
        "frameworks",
        "competences",
        "coordinator",
        SCHOOL,
        of="school",
        post=lambda s: {"frameworks": [s.framework.pk]},
    ),
    page(
        "new_framework",
        "competences",
        "coordinator",
        SCHOOL,
        of="school",
        post={"title": "Kust", "items": "Zwemles"},
    ),
    page(
        "read_framework",
        "competences",
        "coordinator",
        SCHOOL,
        of="school",
        post=lambda s: {"file": SimpleUploadedFile("kust.csv", LIST)},
    ),
    page("framework", "competences", SCHOOL, of="framework"),
    verb("remove_framework", "competences", "coordinator", SCHOOL, of="framework"),
    verb("restore_framework", "competences", "coordinator", of="resting"),
]


def marks(competence: int) -> dict[str, int]:
    return {f"good_{competence}": 7, f"fun_{competence}": 8}
