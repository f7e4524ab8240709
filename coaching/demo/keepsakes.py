"""What the demo's colleagues keep: an example with a picture, a STARR, feedback, a success on the wall."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from pathlib import Path

import font_source_sans_pro
from PIL import Image, ImageDraw, ImageFont

from coaching.lib.uploads import judge
from popgroups.celebrations import celebrate
from popgroups.models import PopGroup
from portfolio import feedback
from portfolio.files import keep
from portfolio.models import Entry, EntryKind, Framework, Structure
from portfolio.sharing import default_end, note_opening, share

from .calendar import moment
from .people import Cast

BOARD = (
    ("8.30", "Stil startblokje", "#d7e8e9"),
    ("8.50", "Rekenen · breuken", "#fde9d3"),
    ("10.00", "Taal in tweetallen", "#dcefe3"),
    ("11.15", "Eigen werk", "#d7e8e9"),
    ("13.00", "Aardrijkskunde", "#fde9d3"),
)
STARR = {
    "situation": "Een vergadering met de hele bouw, vrijdag om drie uur, over de rapporten.",
    "task": "Ik zat voor en wilde om vier uur klaar zijn.",
    "action": "Ik begon met één vraag op het bord en liet iedereen eerst twee minuten schrijven.",
    "result": "Iedereen had iets gezegd voordat er één plan was. We waren om tien voor vier klaar.",
    "reflection": "Schrijven voor praten maakt stille collega's hoorbaar. Dat ga ik vaker doen.",
}
ASKED = "Wat viel je op aan mijn instructie over breuken, dinsdag?"
ANSWERED = (
    "Je wachtte na je vraag echt even. Daardoor kwamen er drie antwoorden in plaats van één. Ik zou de uitwerking"
    " nog groter op het bord zetten."
)


def keep_things(cast: Cast, today: dt.date, now: dt.datetime) -> None:
    keep_example(cast, today)
    write_starr(cast, today)
    ask_each_other(cast, today, now)
    share_success(cast, now)


def board() -> bytes:
    """A drawn picture of a day's planning, as somebody might photograph it."""
    font = Path(font_source_sans_pro.__file__).parent / "files" / "SourceSansPro-Regular.ttf"
    picture = Image.new("RGB", (1200, 800), "#fbfaf7")
    pen = ImageDraw.Draw(picture)
    pen.text((60, 40), "Dagplanning groep 7", "#14303a", ImageFont.truetype(str(font), 64))
    for row, (time, what, colour) in enumerate(BOARD):
        top = 160 + row * 118
        pen.rounded_rectangle((60, top, 1140, top + 96), 18, colour)
        pen.text((90, top + 24), f"{time}   {what}", "#14303a", ImageFont.truetype(str(font), 44))
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def keep_example(cast: Cast, today: dt.date) -> None:
    """Samir's planning, with a picture, which his director may see and has opened."""
    day = today - dt.timedelta(days=9)
    samir, director = cast.users["samir"], cast.users["hanneke"]
    entry = Entry.objects.create(
        owner=samir,
        kind=EntryKind.PROOF,
        title="Mijn dagplanning op het bord",
        text="Elke ochtend hangt hij er voor half negen. Een invaller kan zo beginnen, en de klas ook.",
        day=day,
        made_at=moment(day, 16, 5),
    )
    sbl = Framework.objects.get(key="sbl-7", school=None)
    entry.competences.set(sbl.competences.filter(order=4))
    keep(entry, judge("dagplanning groep 7.png", board()), moment(day, 16, 7))
    text = "Half negen: stil startblokje. Tien voor negen: rekenen. Tien uur: taal in tweetallen."
    keep(entry, judge("dagplanning.txt", text.encode()), moment(day, 16, 9))
    share(entry, director, until=default_end(today), at=moment(day, 17))
    note_opening(entry, director, moment(day + dt.timedelta(days=1), 11, 20))


def write_starr(cast: Cast, today: dt.date) -> None:
    day = today - dt.timedelta(days=5)
    entry = Entry.objects.create(
        owner=cast.users["noor"],
        kind=EntryKind.REFLECTION,
        structure=Structure.STARR,
        title="Eerst schrijven, dan praten",
        day=day,
        made_at=moment(day, 17, 40),
    )
    entry.write_parts(STARR)


def ask_each_other(cast: Cast, today: dt.date, now: dt.datetime) -> None:
    """Tom answered Samir, who kept it; Noor waits for an answer of Lieke."""
    samir, asked = cast.users["samir"], moment(today - dt.timedelta(days=8), 15, 30)
    made = feedback.ask(samir, cast.users["tom"], ASKED, asked)
    feedback.answer(made, ANSWERED, asked + dt.timedelta(days=1))
    feedback.keep(made, made.answer_mark, asked + dt.timedelta(days=2))
    question = "Merkte je maandag dat ik minder zelf aan het woord was?"
    feedback.ask(cast.users["noor"], cast.users["lieke"], question, now - dt.timedelta(hours=20))


def share_success(cast: Cast, now: dt.datetime) -> None:
    """The ouderavond without stage fright stands on the wall of Samir's group of this year."""
    samir = cast.users["samir"]
    success = Entry.objects.filter(owner=samir, kind=EntryKind.SUCCESS).latest("day", "pk")
    group = PopGroup.objects.with_member(samir).filter(closed_on=None).latest("year__starts", "pk")
    celebrate(group, success, now - dt.timedelta(days=1))
