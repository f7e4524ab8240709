"""How long our POP of three goals and two pages takes on paper, against WeasyPrint by itself on the same page.

    python -m tests.benchmark.pdf [--runs 40]

Ours is the whole way: the document to readable words, the template, the job through the pipe to the warm renderer
process, the PDF back. WeasyPrint's own gets the finished page in this process, warm, with its stylesheet parsed and
its fonts loaded before: the best that can be had of it. Runs alternate, so that what else the machine does falls on
both; medians are compared. Ends with PASS or FAIL (exit code 1).
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import sys
import time
from collections.abc import Callable
from html import escape
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coaching.settings")
os.environ.setdefault("LOCAL", "1")

import django
import pypdf

django.setup()

from django.utils import translation  # noqa: E402

from coaching.lib import pdf, pdf_worker  # noqa: E402
from coaching.lib.printing import Paper  # noqa: E402
from portfolio.models import SignatureKind  # noqa: E402
from portfolio.papers import SECTIONS, Signed, pop_paper  # noqa: E402

MOST = 1.2
QUESTIONS = (
    "Hoe kan ik mijn les zo beginnen dat iedereen binnen drie minuten aan het werk is?",
    "Hoe kan ik een gesprek met ouders voeren waarin ook zij aan het woord komen?",
    "Hoe kan ik in mijn groep beter zien wie meer uitdaging nodig heeft?",
)


def goal(key: int, question: str) -> dict[str, Any]:
    action = {"form": "visit", "due": "2026-12-15", "minutes": 45, "done_on": "2026-11-20"}
    doings = (
        "Kijken bij Lieke in groep 7",
        "Inbrengen in de POP-groep",
        "Drie weken hetzelfde teken proberen",
    )
    return {
        "key": key,
        "question": question,
        "visible": "In maart beginnen alle kinderen binnen drie minuten, vier van de vijf dagen.",
        "why": "Ik verlies elke ochtend tijd en stem, en juist dan is iedereen nog fris.",
        "support": "Een collega die twee keer komt kijken en daarna twintig minuten napraat.",
        "due": "2027-03-01",
        "competences": ["Klassenmanagement", "Werken aan eigen ontwikkeling"],
        "actions": [{"what": what, **action} for what in doings],
        "proof": [{"title": "Stille start gelukt", "kind": "success", "day": "2026-11-12"}],
        "progress": [{"day": "2026-11-13", "text": "Eerste week: drie van de vijf dagen gelukt."}],
        "outcome": "",
        "learned": "",
        "next_step": "",
    }


DOCUMENT = {
    "schema": "pop/1",
    "owner": "Noor de Wit",
    "school": "De Zandplaat",
    "year": "2026–2027",
    "standing": "Ik sta voor het vierde jaar voor groep 6. De sfeer is goed, kinderen komen graag.",
    "heading": "Ik wil dat de overgangen vanzelf gaan, zodat er meer tijd overblijft voor uitleg.",
    "wish": "Over een paar jaar wil ik nieuwe collega's begeleiden.",
    "strengths": ["Rust in de groep brengen", "Luisteren"],
    "goals": [goal(key, question) for key, question in enumerate(QUESTIONS)],
    "agreements": "Twee lesbezoeken onder werktijd, vervanging door de IB'er.",
    "agreed_minutes": 900,
    "agreed_money": 250,
    "talk_on": "2027-01-20",
    "looking_back": "",
}


def paper() -> Paper:
    signed = [Signed(str(kind.label)) for kind in SignatureKind]
    context = {"signed": signed, "label": "versie 1 van 22 november 2026", "shares": []}
    return pop_paper(DOCUMENT, list(SECTIONS), context, name="pop", back="/")


def ours() -> bytes:
    made = paper()
    return pdf.render_pdf(made.html, language="nl", title=made.title, author=made.author)


def weasyprint_itself() -> Callable[[str], bytes]:
    """WeasyPrint on a whole page, with our fonts and style ready."""
    os.environ |= pdf.NO_SYSTEM_FONTS
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    assets = pdf_worker.own_assets()

    class Assets(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            body, kind = assets[url]
            return URLFetcherResponse(url, body, {"Content-Type": kind})

    fetcher, fonts = Assets(), FontConfiguration()
    style = CSS(string=pdf_worker.STYLE.read_text(), url_fetcher=fetcher, font_config=fonts)

    def render(page: str) -> bytes:
        html = HTML(string=page, url_fetcher=fetcher)
        return bytes(html.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1"))

    return render


def whole_page(made: Paper) -> str:
    words = {"language": "nl", "title": made.title, "author": made.author, "page": "pagina", "of": "van"}
    return pdf_worker.PAGE.format(body=made.html, **{key: escape(word) for key, word in words.items()})


def milliseconds(make: Callable[[], bytes]) -> float:
    began = time.perf_counter()
    make()
    return (time.perf_counter() - began) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=40, help="of each; the first two warm up")
    runs = parser.parse_args().runs
    translation.activate("nl")
    itself, page = weasyprint_itself(), whole_page(paper())
    pages = len(pypdf.PdfReader(io.BytesIO(ours())).pages)
    times: dict[str, list[float]] = {"ours": [], "itself": []}
    ways = {"ours": ours, "itself": lambda: itself(page)}
    for number in range(runs + 2):
        for name in sorted(ways, reverse=bool(number % 2)):  # each goes first as often
            spent = milliseconds(ways[name])
            times[name] += [spent] if number >= 2 else []
    pdf.renderer.stop()
    middle = {name: statistics.median(values) for name, values in times.items()}
    ratio = middle["ours"] / middle["itself"]
    print(f"POP of three goals, {pages} pages, {runs} runs of each, alternating; median (fastest):")
    for name, what in (("ours", "ours, from document to PDF"), ("itself", "WeasyPrint itself, warm")):
        print(f"  {what:28} {middle[name]:6.0f} ms ({min(times[name]):.0f})")
    verdict = "PASS" if ratio <= MOST and pages == 2 else "FAIL"
    print(f"  ratio {ratio:.2f}, at most {MOST}: {verdict}")
    sys.exit(verdict != "PASS")


if __name__ == "__main__":
    main()
