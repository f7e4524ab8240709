"""Noor with a whole portfolio: a POP with two goals, entries of several kinds with files, talents, a PAP, notes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from coaching.lib.uploads import judge
from coaching.taking_along import packing, waiting
from coaching.taking_along.packing import pack, parcel_of
from portfolio.competences import score
from portfolio.document import document_of
from portfolio.files import keep
from portfolio.models import (
    ActionPlan,
    Competence,
    CoreQuadrant,
    DevelopmentPlan,
    Entry,
    FeedbackRequest,
    Framework,
    KeptTip,
    PersonalNote,
    PlanVersion,
    Signature,
)
from portfolio.sharing import share
from schools.models import SchoolYear, User
from tests.lib.files import picture
from tests.people import Cast

FULL_AT = dt.datetime(2026, 10, 5, 9, 30, tzinfo=dt.UTC)
Fill = Callable[[User, User], DevelopmentPlan]


@pytest.fixture
def no_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs take a second each; they have a test of their own."""
    monkeypatch.setattr(packing, "SECONDS_FOR_PDFS", 60)
    monkeypatch.setattr(packing, "render_pdf", lambda html, **words: b"%PDF-1.7 " + html.encode())


@pytest.fixture
def whole(cast: Cast) -> DevelopmentPlan:
    return fill(cast.noor, cast.tom)


def fill(owner: User, colleague: User) -> DevelopmentPlan:
    """Something of everything, of ``owner``; ``colleague`` gave feedback, signed, and may see things."""
    listed, own = competences(owner)
    success, feedback = entries(owner, colleague, listed, own)
    pap = ActionPlan.objects.create(
        owner=owner,
        intention="Ik wacht 3 seconden",
        if_then="Als het stil is",
        made_at=FULL_AT,
        buddy=colleague,
    )
    pap.record_result("tried", owner, FULL_AT, happened="Drie kinderen begonnen zelf.")
    KeptTip.objects.create(owner=owner, plan=pap, text="Ik zou langer wachten", mark="pick", source="c:1")
    PersonalNote.objects.create(owner=owner, key="drive", text="Kinderen zien groeien")
    CoreQuadrant.objects.create(owner=owner, quality="rustig", pitfall="traag")
    plan = pop(owner, [listed, own], [success, feedback], pap)
    version = PlanVersion.objects.create(plan=plan, number=1, content=document_of(plan), made_at=FULL_AT)
    for person, kind in ((owner, "drawn_up"), (colleague, "discussed")):
        Signature.objects.create(version=version, kind=kind, person=person)
    share(version, colleague, until=None, at=FULL_AT)
    return plan


def competences(owner: User) -> tuple[Competence, Competence]:
    framework, _made = Framework.objects.get_or_create(key="sbl-7", version="2006", title_nl="SBL")
    listed, _made = Competence.objects.get_or_create(
        framework=framework, key="1", title_nl="Interpersoonlijk"
    )
    own = Competence.objects.create(owner=owner, title_nl="Zingen")
    score(owner, own, FULL_AT - dt.timedelta(days=40), good=5, fun=9, learned=True)
    score(owner, own, FULL_AT, good=7, fun=9, learned=False)
    score(owner, listed, FULL_AT, good=8, fun=6, learned=False)
    return listed, own


def entries(owner: User, colleague: User, *tags: Competence) -> tuple[Entry, Entry]:
    values: dict[str, Any] = {"owner": owner, "made_at": FULL_AT, "day": FULL_AT.date()}
    success = Entry.objects.create(kind="success", structure="starr", title="Stil begin", **values)
    success.write_parts({"situation": "Maandag,\nna het speelkwartier", "result": "Rust"})
    success.competences.set(tags)
    keep(success, judge("foto.jpg", picture("JPEG")), FULL_AT)
    keep(success, judge('verslag "één".txt', b"Wat er gebeurde: <b>rust</b> & stilte"), FULL_AT)
    feedback = Entry.objects.create(
        kind="feedback", title="Wat zag je?", text="Je stem is rustig.", given_by=colleague, **values
    )
    FeedbackRequest.objects.create(
        owner=owner,
        asked=colleague,
        question="Wat zag je?",
        answer="Je stem is rustig.",
        state="kept",
        entry=feedback,
    )
    proof = Entry.objects.create(kind="proof", title="Lesbrief", text="=HYPERLINK()", **values)
    keep(proof, judge("lesbrief.pdf", b"%PDF-1.4\n%%EOF\n"), FULL_AT)
    return success, feedback


def pop(owner: User, tags: list[Competence], proof: list[Entry], pap: ActionPlan) -> DevelopmentPlan:
    plan = DevelopmentPlan.objects.create(
        owner=owner,
        year=SchoolYear.of(timezone.localdate()),
        standing="Ik sta voor groep 5.\n\nHet gaat goed.",
        heading="Meer rust & <aandacht>",
        agreed_minutes=600,
        agreed_money=250,
        talk_on=dt.date(2027, 1, 20),
        made_at=FULL_AT,
    )
    plan.strengths.set(tags[:1])
    first = plan.goals.create(
        order=1, question="Hoe kan ik rustig beginnen?", visible="Iedereen begint", due=dt.date(2027, 3, 1)
    )
    first.competences.set(tags)
    first.proof.set(proof)
    first.actions.create(
        what="Kijken bij een collega", form="visit", minutes=90, done_on=dt.date(2026, 11, 2)
    )
    first.actions.create(what=pap.intention, form="intervision", source=f"plan:{pap.pk}")
    first.progress.create(day=dt.date(2026, 11, 3), text="Eerste keer gelukt")
    plan.goals.create(order=3, question="Hoe kan ik nee zeggen?", outcome="partly", learned="Dat het mag")
    return plan


def packed(person: User) -> bytes:
    out = io.BytesIO()
    pack(parcel_of(person, "nl", timezone.now()), out)
    return out.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def remade(data: bytes, **changed: bytes | None) -> bytes:
    """``data`` with parts replaced, added ("pdf__x.pdf" for pdf/x.pdf) or, by None, left out."""
    held: dict[str, bytes | None] = {**parts(data)}
    held |= {name.replace("__", "/"): content for name, content in changed.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in held.items():
            if content is not None:
                file.writestr(name, content)
    return out.getvalue()


def text_of(data: bytes) -> str:
    return "".join(content.decode(errors="replace") for content in parts(data).values())


def zip_of(reply: Any) -> bytes:
    assert reply.status_code == 200 and reply["Content-Type"] == "application/zip"
    return b"".join(reply.streaming_content)


@pytest.fixture(autouse=True)
def nothing_waits_afterwards() -> Iterator[None]:
    yield
    waiting.remove(waiting.folder().glob("*"))


def upload(client: Client, person: User, data: bytes) -> Any:
    client.force_login(person)
    file = SimpleUploadedFile("mee.zip", data, "application/zip")
    return client.post("/meenemen/meegebracht/", {"file": file})
