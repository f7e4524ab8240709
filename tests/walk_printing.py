"""Addresses of documents: what is on a page must not be on paper for anybody else."""

from __future__ import annotations

from portfolio.papers import SECTIONS
from tests.walk_row import EVERYBODY, page

WHOLE = {"sections": list(SECTIONS), "submit": "pdf"}

PRINTING = [
    page("portfolio_pdf", "entry", EVERYBODY),
    page(
        "portfolio_pdf",
        "entry",
        EVERYBODY,
        query={"entries": "shared_entry", "pictures": "on", "submit": "pdf"},
    ),
    page("pop_pdf", "pop", "presenter", of="pop"),
    page("pop_pdf", "pop", "presenter", of="pop", query=WHOLE),
    page("pop_difference_pdf", "pop", "presenter", of="pop"),
    page("version_pdf", "pop", "presenter director", of="version"),
    page("version_pdf", "pop", "presenter director", of="version", query=WHOLE),
    page("version_pdf", "pop", "presenter", of="second_version", query=WHOLE),
    # The director was given one version: what changed since is not theirs to read.
    page("version_difference_pdf", "pop", "presenter", of="version", parts={"other": "second_version"}),
    page("version_difference_pdf", "pop", "presenter", of="second_version", parts={"other": "version"}),
]
