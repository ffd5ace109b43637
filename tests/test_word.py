"""Word in and out: what is read, and that tracked changes accept and reject to exactly the right text and format."""

from __future__ import annotations

import io
import re
import zipfile
from copy import deepcopy
from datetime import UTC, datetime

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from inclusive_ads.errors import InputError
from inclusive_ads.render.word import Comment, write_word
from inclusive_ads.render.word_made import new_word
from inclusive_ads.report import Edit
from inclusive_ads.text.document import Document
from inclusive_ads.text.readers.word_xml import SPACE, w

DATE = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
NAMESPACES = nsdecls("w", "wp", "a", "r") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


def run(text: str, look: str = "") -> str:
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SAM = 'w:author="Sam" w:date="2025-01-01T00:00:00Z"'
BOX = f"<w:txbxContent><w:p>{run('Call our ')}{run('chairman today')}</w:p></w:txbxContent>"
PIECES = [
    f"""<w:p><w:pPr><w:jc w:val="both"/></w:pPr><w:bookmarkStart w:id="7" w:name="b"/>
    {run("We want a ")}{run("sales", "<w:b/>")}<w:proofErr w:type="spellStart"/><w:r w:rsidR="00A1">
    <w:rPr><w:i/></w:rPr><w:lastRenderedPageBreak/><w:t>man</w:t></w:r><w:bookmarkEnd w:id="7"/>
    <w:r><w:t xml:space="preserve"> who </w:t><w:tab/><w:t> can </w:t><w:br/>
    <w:t xml:space="preserve">hit the ground </w:t><w:noBreakHyphen/><w:t>run</w:t><w:softHyphen/>
    <w:t>ning and work a long day.</w:t></w:r></w:p>""",
    f"""<w:p>{run("See ")}<w:hyperlink r:id="LINK">{run("the young and ", '<w:u w:val="single"/>')}
    {run("dynamic team")}</w:hyperlink>{run(" page for more.")}</w:p>""",
    f"""<w:p>{run("He ")}<w:del w:id="3" {SAM}><w:r><w:delText xml:space="preserve">never </w:delText></w:r></w:del>
    <w:ins w:id="4" {SAM}>{run("always must be a native ")}{run("speaker of", "<w:b/>")}</w:ins>{run(" English.")}
    {run("hidden", "<w:vanish/>")}</w:p>""",
    f"""<w:p>{run("Before the box.")}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>
    <a:graphic><a:graphicData><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>
    </mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>
    </mc:Fallback></mc:AlternateContent></w:r></w:p>""",
    f"""<w:sdt><w:sdtPr><w:id w:val="12345"/></w:sdtPr><w:sdtContent><w:p><w:pPr><w:keepNext/></w:pPr>
    {run("Mandatory: mankind knows best.")}</w:p></w:sdtContent></w:sdt>""",
    "<w:p/>",
    f"""<w:p><w:pPr><w:rPr><w:del w:id="5" {SAM}/></w:rPr></w:pPr>{run("You need experi")}
    {run("ence of", "<w:b/>")}</w:p>""",
    f"""<w:p><w:pPr><w:keepLines/></w:pPr>{run(" leading craftsmen.")}
    <w:r><w:footnoteReference w:id="1"/></w:r>{run(" It is paid.")}</w:p>""",
]
NOTE = f"""<w:footnotes {NAMESPACES}>
    <w:footnote w:id="-1" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
    <w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r>{run(" A foreman may be ")}
    {run("asked to sign", "<w:i/>")}</w:p></w:footnote>
    <w:footnote w:id="2"><w:p>{run("A note that nothing points to.")}</w:p></w:footnote></w:footnotes>"""
CHUNK = "<h2>Our manpower</h2><p>Be a <b>policeman</b> for us.</p><img src='x.png'>"


def make() -> bytes:
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "Header manpower"
    word.add_heading("Salesman (Band 7)", 1)
    link = word.part.relate_to(
        "https://example.org",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    body = word.element.body
    for piece in PIECES:
        whole = f"<w:body {NAMESPACES}>{piece.replace('LINK', link)}</w:body>"
        body.insert(len(body) - 1, parse_xml(whole)[0])
    word.add_heading("What you will do", 2)
    word.add_paragraph("lead the workmen", style="List Bullet")
    word.add_paragraph("man the desk", style="List Bullet 2")
    word.add_paragraph("1. typed number")
    table = word.add_table(2, 2)
    for number, text in enumerate(["Salary", "competitive salary", "Hours", "long hours"]):
        table.cell(number // 2, number % 2).text = text
    layout = word.add_table(1, 1).cell(0, 0)
    layout.text = "First paragraph in a layout cell, long enough to be running text."
    layout.add_paragraph("Second one for the chairman.")
    nested = layout.add_table(1, 1)
    nested.cell(0, 0).text = "nested manning"
    last = word.add_paragraph("Apply by Friday, and he will ")
    last.add_run("call you back").bold = True
    section = word.sections[0]
    section.footer.paragraphs[0].text = "Ask the chairman for a form"
    section.first_page_header.paragraphs[0].text = "Shown on no page: no first page differs"
    section.different_first_page_header_footer = False
    notes = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    for name, content, kind, media in (
        ("footnotes.xml", NOTE, "footnotes", notes),
        ("chunk.html", CHUNK, "aFChunk", "text/html"),
    ):
        part = Part(PackURI(f"/word/{name}"), media, content.encode(), word.part.package)
        identity = word.part.relate_to(part, f"{OFFICE}/{kind}")
    body.insert(len(body) - 2, parse_xml(f'<w:altChunk {NAMESPACES} r:id="{identity}"/>'))
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


DATA = make()
DOCUMENT = Document.from_bytes(DATA, name="advert.docx")


def trees(data: bytes) -> dict[str, etree._Element]:
    """The parts with text: body, notes, headers and footers."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = [name for name in file.namelist() if re.fullmatch(r"word/(document|(foot|head)\w+)\.xml", name)]
        return {name: etree.fromstring(file.read(name)) for name in sorted(names)}


def body(data: bytes) -> etree._Element:
    return trees(data)["word/document.xml"]


def with_trees(data: bytes, roots: dict[str, etree._Element]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, etree.tostring(roots[name]) if name in roots else old.read(name))
    return target.getvalue()


def unwrap(element: etree._Element) -> None:
    for child in list(element):
        element.addprevious(child)
    element.getparent().remove(element)


def settle(data: bytes, *, accept: bool, author: str = "inclusive-ads") -> bytes:
    """Accept or reject all changes of one author, as Word does."""
    roots = trees(data)
    for root in roots.values():
        settle_part(root, accept=accept, author=author)
    return with_trees(data, roots)


def settle_part(root: etree._Element, *, accept: bool, author: str) -> None:
    ours = [each for each in root.iter(w("ins"), w("del")) if each.get(w("author")) == author]
    for change in ours:
        if change.getparent() is None or change.getparent().tag == w("rPr"):
            continue
        if (change.tag == w("ins")) is not accept:
            change.getparent().remove(change)
            continue
        for node in change.iter(w("delText")):
            node.tag = w("t")
        unwrap(change)
    for change in [each for each in root.iter(w("pPrChange")) if each.get(w("author")) == author]:
        properties = change.getparent()
        if accept:
            properties.remove(change)
        else:  # the mark's own properties are no part of what changed
            mark = properties.find(w("rPr"))
            properties[:] = [*change[0], *([] if mark is None else [mark])]
    for mark in [each for each in ours if each.getparent() is not None and each.getparent().tag == w("rPr")]:
        paragraph = mark.getparent().getparent().getparent()
        mark.getparent().remove(mark)
        if (mark.tag == w("ins")) is accept:
            continue
        following = next(paragraph.itersiblings(), None)
        content = [child for child in paragraph if child.tag != w("pPr")]
        if following is not None and following.tag == w("p"):
            properties = following.find(w("pPr"))
            for child in reversed(content):
                following.insert(0 if properties is None else 1, child)
        else:
            assert not content
        paragraph.getparent().remove(paragraph)


def looks(data: bytes) -> list[object]:
    """Each character with the properties of its run, its link or insertion, and the properties of its paragraph."""
    found: list[object] = []
    for paragraph in (each for root in trees(data).values() for each in root.iter(w("p"))):
        properties = paragraph.find(w("pPr"))
        plain = deepcopy(properties) if properties is not None else etree.Element(w("pPr"))
        for empty in [each for each in plain.iter(w("rPr")) if len(each) == 0]:
            empty.getparent().remove(empty)
        found.append(etree.tostring(plain) if len(plain) else b"")
        for node in paragraph.iter(w("t"), w("delText"), w("tab"), w("br"), w("noBreakHyphen"), w("softHyphen")):
            if next(node.iterancestors(w("p"))) is not paragraph:
                continue
            run = node.getparent()
            look = run.find(w("rPr"))
            around = tuple((each.tag, each.get(w("author"))) for each in run.iterancestors() if each.tag != w("p"))
            letters = (node.text or "") if node.tag in (w("t"), w("delText")) else node.tag.rsplit("}")[1][:1]
            if node.get(SPACE) != "preserve":
                letters = letters.strip()
            style = etree.tostring(look) if look is not None else b""
            found += [(letter, style, around) for letter in letters]
    return found


def improved(document: Document, edits: list[Edit]) -> str:
    source = document.source
    for edit in sorted(edits, key=lambda each: (each.start, each.end), reverse=True):
        source = source[: edit.start] + edit.text + source[edit.end :]
    return source


def words(text: str) -> tuple[int, int]:
    place = DOCUMENT.text.index(text)
    return place, place + len(text)


def test_what_is_read() -> None:
    blocks = [(block.kind, block.level, DOCUMENT.text[block.start : block.end]) for block in DOCUMENT.blocks]
    assert blocks == [
        ("heading", 1, "Salesman (Band 7)"),
        ("paragraph", 0, "We want a salesman who can"),
        ("paragraph", 0, "hit the ground -running and work a long day."),
        ("paragraph", 0, "See the young and dynamic team page for more."),
        ("paragraph", 0, "He always must be a native speaker of English."),
        ("paragraph", 0, "Before the box."),
        ("paragraph", 0, "Call our chairman today"),
        ("paragraph", 0, "Mandatory: mankind knows best."),
        ("paragraph", 0, "You need experience of leading craftsmen. It is paid."),
        ("heading", 2, "What you will do"),
        ("item", 1, "lead the workmen"),
        ("item", 1, "man the desk"),
        ("item", 1, "typed number"),
        ("cell", 0, "Salary"),
        ("cell", 0, "competitive salary"),
        ("cell", 0, "Hours"),
        ("cell", 0, "long hours"),
        ("paragraph", 0, "First paragraph in a layout cell, long enough to be running text."),
        ("paragraph", 0, "Second one for the chairman."),
        ("cell", 0, "nested manning"),
        ("heading", 2, "Our manpower"),
        ("paragraph", 0, "Be a policeman for us."),
        ("paragraph", 0, "Apply by Friday, and he will call you back"),
        ("paragraph", 0, "A foreman may be asked to sign"),
        ("paragraph", 0, "Header manpower"),
        ("paragraph", 0, "Ask the chairman for a form"),
    ]
    assert [each.beside for each in DOCUMENT.blocks][-4:] == ["", "footnote", "header", "footer"]
    assert DOCUMENT.text[: DOCUMENT.body_end].endswith("call you back")
    assert DOCUMENT.text[: DOCUMENT.text_end].endswith("asked to sign")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a salesman", "a salesperson"),
        ("who can", "who could"),
        ("-running", "running"),
        ("the young and dynamic", "the"),
        ("See the young", "Read about the"),
        ("native speaker", "fluent speaker"),
        ("be a native", "be"),
        ("speaker of English", "user of English"),
        ("chairman today", "chair"),
        ("mankind", "humankind"),
        ("workmen", "workers"),
        ("competitive salary", "£30,000"),
        ("nested manning", "nested staffing"),
        ("Salesman (Band 7)", ""),
        ("he will call", "they will call"),
        ("experience of leading craftsmen", "experience"),
        ("leading", ""),
        ("A foreman may be asked", "You may be asked"),
        ("Header manpower", "Header staff"),
        ("the chairman for", "the chair for"),
    ],
)
def test_one_change(old: str, new: str) -> None:
    edits = list(DOCUMENT.edits(*words(old), new))
    data = write_word(DOCUMENT, edits, date=DATE)
    after = Document.from_bytes(settle(data, accept=True))
    assert after.source == improved(DOCUMENT, edits)
    assert Document.from_bytes(data).source == improved(DOCUMENT, edits)
    rejected = settle(data, accept=False)
    assert Document.from_bytes(rejected).source == DOCUMENT.source
    assert looks(rejected) == looks(DATA)


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_any_changes_accept_and_reject(data: st.DataObject) -> None:
    stretches = [match.span() for match in re.finditer(r"\w+", DOCUMENT.text)]
    edits: list[Edit] = []
    comments: list[Comment] = []
    position = 0
    while position < len(stretches):
        count = data.draw(st.integers(1, 4))
        last = min(position + count, len(stretches)) - 1
        start, end = stretches[position][0], stretches[last][1]
        if "\n" in DOCUMENT.text[start:end] or not DOCUMENT.can_change(DOCUMENT.edits(start, end, "x")[0]):
            position += 1
            continue
        action = data.draw(st.sampled_from(["none", "none", "edit", "comment", "insert", "paragraph"]))
        block = next(each for each in DOCUMENT.blocks if each.start <= start < each.end)
        if action == "edit":
            edits += DOCUMENT.edits(start, end, data.draw(st.sampled_from(["", "people", "they are & <will>\tbe"])))
        elif action == "insert":
            edits += DOCUMENT.edits(start, start, "new ")
        elif action == "paragraph":
            new = DOCUMENT.insertion(
                data.draw(st.sampled_from([None if block.beside else block, None])), "A statement.\nIn two lines."
            )
            if new not in edits:
                edits.append(new)
        if action == "comment" or data.draw(st.booleans()):
            first, after = DOCUMENT.span(start, end)
            comments.append(Comment(start=first, end=after, text="Why?\nBecause <&>"))
        position = last + 1
    result = write_word(DOCUMENT, edits, comments, date=DATE)
    # At one place a replacement comes before the paragraph that is added behind it.
    expected = improved(DOCUMENT, edits)
    assert Document.from_bytes(settle(result, accept=True)).source == expected
    rejected = settle(result, accept=False)
    assert Document.from_bytes(rejected).source == DOCUMENT.source
    assert looks(rejected) == looks(DATA)
    assert len(body(result).findall(f".//{w('commentReference')}")) == len(comments)
    numbers = [
        each.get(w("id"))
        for each in body(result).iter(w("ins"), w("del"))
        if not list(each.iterancestors("{*}Fallback"))
    ]
    assert len(numbers) == len(set(numbers))


def test_only_the_parts_that_change_are_rewritten() -> None:
    edits = list(DOCUMENT.edits(*words("workmen"), "workers"))
    old = zipfile.ZipFile(io.BytesIO(DATA))
    new = zipfile.ZipFile(io.BytesIO(write_word(DOCUMENT, edits, date=DATE)))
    assert new.namelist() == old.namelist()
    assert [name for name in old.namelist() if old.read(name) != new.read(name)] == ["word/document.xml"]
    start, end = DOCUMENT.span(*words("man the desk"))
    new = zipfile.ZipFile(io.BytesIO(write_word(DOCUMENT, [], [Comment(start=start, end=end, text="x")], date=DATE)))
    assert {name for name in new.namelist() if name not in old.namelist() or old.read(name) != new.read(name)} == {
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
        "word/comments.xml",
        "word/document.xml",
    }
    assert write_word(DOCUMENT, []) == DATA


def test_comments_say_what_they_should_and_join_those_that_are_there() -> None:
    start, end = DOCUMENT.span(*words("young and dynamic"))
    once = write_word(DOCUMENT, [], [Comment(start=start, end=end, text="Age.\nTry: energetic")], date=DATE)
    again = Document.from_bytes(once)
    twice = write_word(again, [], [Comment(start=0, end=8, text="Second", author="Ann Other")], date=DATE)
    word = docx.Document(io.BytesIO(twice))
    assert [(each.author, each.initials, each.text) for each in word.comments] == [
        ("inclusive-ads", "IA", "Age.\nTry: energetic"),
        ("Ann Other", "AO", "Second"),
    ]
    root = body(twice)
    first = root.find(f".//{w('commentRangeStart')}[@{w('id')}='0']")
    inside = []
    for element in first.itersiblings():
        if element.tag == w("commentRangeEnd"):
            break
        inside += [node.text for node in element.iter(w("t"))]
    assert "".join(inside) == "young and dynamic"


def test_a_statement_takes_the_style_of_running_text() -> None:
    for after in ("lead the workmen", "competitive salary", "What you will do"):
        block = next(b for b in DOCUMENT.blocks if DOCUMENT.text[b.start : b.end] == after)
        root = body(write_word(DOCUMENT, [DOCUMENT.insertion(block, "We welcome you.")], date=DATE))
        new = next(p for p in root.iter(w("p")) if "".join(t.text for t in p.iter(w("t"))) == "We welcome you.")
        assert new.find(f"{w('pPr')}/{w('pStyle')}") is None
        assert new.find(f"{w('pPr')}/{w('numPr')}") is None
        assert new.find(f"{w('pPr')}/{w('rPr')}/{w('ins')}") is not None
        assert next(new.iterancestors(w("tbl")), None) is None


def test_both_forms_of_a_text_box_change() -> None:
    root = body(write_word(DOCUMENT, DOCUMENT.edits(*words("chairman today"), "chair today"), date=DATE))
    boxes = list(root.iter(w("txbxContent")))
    assert len(boxes) == 2
    assert ["".join(node.text for node in box.iter(w("t"))) for box in boxes] == ["Call our chair today"] * 2


def test_what_cannot_be_written() -> None:
    with pytest.raises(InputError, match="overlap"):
        write_word(DOCUMENT, [Edit(start=0, end=5, text="x"), Edit(start=4, end=8, text="y")])
    with pytest.raises(InputError, match="not a Word"):
        write_word(Document.from_text("text"), [])


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_new_word_file(form: str) -> None:
    sources = {
        "text": "Sales lead\n\nABOUT US\nWe’re a team.\n\n• sell\n  - more\n\nSalary\t£30,000\n",
        "markdown": "# Sales lead\n\n## ABOUT US\nWe're a *team*.\n\n- sell\n  - more\n\n|Salary|£30,000|\n|---|---|\n",
        "html": "<h1>Sales lead</h1><h2>ABOUT US</h2><p>We're a <b>team</b>.<ul><li>sell<ul><li>more</ul></ul>"
        "<table><tr><td>Salary<td>£30,000</table>",
    }
    data = new_word(Document.from_text(sources[form], format=form), date=DATE)
    word = docx.Document(io.BytesIO(data))
    assert [(each.style.name, each.text.replace("’", "'")) for each in word.paragraphs] == [
        ("Heading 1", "Sales lead"),
        ("Heading 2", "ABOUT US"),
        ("Normal", "We're a team."),
        ("List Bullet", "sell"),
        ("List Bullet 2", "more"),
        ("Normal", "Salary\t£30,000"),
    ]
    assert word.core_properties.title == "Sales lead"
    assert word.core_properties.author == ""
    assert [each.kind for each in Document.from_bytes(data).blocks[:5]] == [
        "heading",
        "heading",
        "paragraph",
        "item",
        "item",
    ]


def test_characters_that_xml_cannot_hold_are_left_out_of_a_new_word_file() -> None:
    data = new_word(Document.from_text("# A\x0b post\x01\n\n- An\x02 item", format="markdown"))
    assert Document.from_bytes(data).text.split() == ["A", "post", "An", "item"]
