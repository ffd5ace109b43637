"""What an upload makes of memory: small files that unfold into large trees are refused before the tree is built."""

from __future__ import annotations

import os
import re
import resource
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from test_nasty import W, package, pdf, relations

from inclusive_ads import Document, InputError

MOST = 100  # MB
WORDS = "<w:p><w:r><w:t>We need a clerk.</w:t></w:r></w:p>"
OFTEN = 99_000  # elements: just within the bound


def unfolded(unit: str, size: int) -> str:
    """So much of one unit, with enough noise in it to be no plain zip bomb."""
    noise = (f'<w:p w:rsid="{zlib.crc32(b"%d" % number):08x}"/>' for number in range(size // len(unit) // 400 + 1))
    return "".join(unit * 400 + each for each in noise)


def styles(number: int) -> str:
    chain = "".join(
        f'<w:style w:styleId="s{each}"><w:basedOn w:val="s{each + 1}"/></w:style>' for each in range(number)
    )
    return f"<w:styles {W}>{chain}</w:styles>"


def chunked(number: int) -> bytes:
    """One web page that a Word file takes in again and again."""
    r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    related = relations("aFChunk", "page.html", "Internal")
    name = re.findall(r' Id="(\w+)"', related)[0]
    chunk = f'<w:altChunk {r} r:id="{name}"/>'
    page = "<b>" + "".join(f"<i{zlib.crc32(b'%d' % each)}></i>" for each in range(30_000))
    return package(WORDS + chunk * number, word___rels__documentDOTxmlDOTrels=related, word__pageDOThtml=page)


def flate(content: bytes, pages: int = 1) -> bytes:
    text = b"BT /F 12 Tf (We need a clerk.) Tj ET "
    return pdf(zlib.compress(text + content), filters="/Filter/FlateDecode", pages=pages)


def cost(data: bytes, name: str) -> tuple[str, float, float]:
    """What a file is refused for ("" where it is read), the most MB that it took, and those not given back."""
    answer, give = os.pipe()
    if not (child := os.fork()):  # a process of its own, so that nothing before it counts
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        before, code = memory("VmRSS"), ""
        try:
            Document.from_bytes(data, name=name)
        except InputError as error:
            code = error.code
        os.write(give, f"{code},{memory('VmHWM') - before},{memory('VmRSS') - before}".encode())
        os._exit(0)
    os.close(give)
    with os.fdopen(answer, encoding="ascii") as line:
        code, most, left = line.read().split(",")
    os.waitpid(child, 0)
    return code, float(most), float(left)


def memory(kind: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(rf"{kind}:\s+(\d+)", status)[0]) / 1024


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="memory is read as Linux tells it")
@pytest.mark.parametrize(
    ("name", "make", "code"),
    [
        ("paragraphs.docx", lambda: package(WORDS + unfolded("<w:p/>", 48_000_000)), "too-long"),
        ("runs.docx", lambda: package(f"<w:p>{unfolded('<w:r/>', 48_000_000)}</w:p>" + WORDS), "too-long"),
        ("part of 3.9 MB.docx", lambda: package(WORDS + unfolded("<w:p/>", 3_900_000)), "too-long"),
        ("attributes.docx", lambda: package(WORDS + unfolded('<w:p w:a="" w:b="" w:c=""/>', 3_000_000)), "too-long"),
        (
            "spaced attributes.docx",
            lambda: package(WORDS + unfolded("<w:p w:a = '' w:b\n=''/>", 3_000_000)),
            "too-long",
        ),
        ("comments.docx", lambda: package(WORDS + unfolded("<!---->", 3_900_000)), "too-long"),
        ("instructions.docx", lambda: package(WORDS + unfolded("<?x?>", 3_900_000)), "too-long"),
        ("names.docx", lambda: package(WORDS + "".join(f"<w:a{n}/>" for n in range(200_000))), "too-long"),
        ("styles.docx", lambda: package(WORDS, word__stylesDOTxml=styles(60_000)), "too-long"),
        ("within paragraphs.docx", lambda: package(WORDS + "<w:p/>" * OFTEN), ""),
        ("within runs.docx", lambda: package(WORDS + f"<w:p>{'<w:r/>' * OFTEN}</w:p>"), ""),
        ("within names.docx", lambda: package(WORDS + "".join(f"<w:a{n}/>" for n in range(OFTEN))), ""),
        (
            "a chain of styles.docx",
            lambda: package(
                WORDS + '<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr></w:p>' * 10_000, word__stylesDOTxml=styles(20_000)
            ),
            "",
        ),
        ("a page taken in often.docx", lambda: chunked(20_000), "too-long"),
        ("steps.pdf", lambda: flate(b"0 0 Td " * 570_000), "too-long"),
        ("steps on 50 pages.pdf", lambda: flate(b"0 0 Td " * 10_000, 50), "too-long"),
        ("states.pdf", lambda: flate(b"q " * 4_000_000), "too-long"),
        ("arrays.pdf", lambda: flate((b"[" + b"()" * 15_000 + b"] TJ ") * 10, 50), "too-long"),
        ("headers.eml", lambda: b"MIME-Version: 1.0\n" + b"X: y\n" * 1_500_000 + b"\nA clerk.", "too-long"),
        ("lines.eml", lambda: b"MIME-Version: 1.0\n\n" + b"\r" * 7_500_000 + b"\nA clerk.", "too-long"),
        ("tags.html", lambda: b"<p>A clerk.</p>" + b"<b></b>" * 1_100_000, "too-long"),
        ("open tags.html", lambda: b"<p>A clerk.</p>" + b"<b>" * 66_000, ""),
        ("cells.html", lambda: b"<p>A clerk.</p>" + b"<td>x" * 39_900, ""),
        ("links.md", lambda: b"# A clerk.\n\n" + b"[x](y)" * 33_000, ""),
        ("rows.md", lambda: b"# A clerk.\n\n|a|b|\n|-|-|\n" + b"|x|y|\n" * 33_000, ""),
        ("lines.txt", lambda: b"A clerk." + b"\nx" * 99_000, ""),
    ],
)
def test_no_file_takes_much_memory_nor_keeps_it(name: str, make: Callable[[], bytes], code: str) -> None:
    Document.from_text("We need a clerk.")  # what is loaded once is no part of it
    found, most, left = cost(make(), name)
    assert found == code
    assert most < MOST
    assert left < MOST


def test_names_of_one_upload_are_not_kept_for_the_next() -> None:
    def read(number: int) -> None:
        Document.from_bytes(package(WORDS + "".join(f"<w:a{number}x{n}/>" for n in range(50_000))))

    for number in range(3):
        read(number)
    before = memory("VmRSS")
    for number in range(3, 13):
        read(number)
    assert memory("VmRSS") - before < 15  # ten times 50,000 names in libxml2's dictionary were 40 MB
