"""fix FOLDER through the command itself: every advert improved, and one list of what was done and what waits."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document as WordDocument
from loaded import CACHED
from test_formats import pdf

import inclusive_ads.batch.running
import inclusive_ads.cli.given
from inclusive_ads import Document
from inclusive_ads.batch.improving import LINES, LIST
from inclusive_ads.batch.vacancies import read_vacancies
from inclusive_ads.checker import Checker
from inclusive_ads.cli import main
from inclusive_ads.errors import InputError
from inclusive_ads.vacancy import VACANCY_FIELDS

EXAMPLES = Path(__file__).parents[1] / "examples"
CRB = "An enhanced CRB check is needed."
DBS = "An enhanced DBS check is needed."
Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each set of settings is loaded once."""
    monkeypatch.setattr(inclusive_ads.batch.running, "Checker", CACHED)
    monkeypatch.setattr(inclusive_ads.cli.given, "Checker", CACHED)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, fix: bool = True) -> Result:
    more = ["fix", "in", "-o", "out"] if fix else []
    result = CliRunner().invoke(main, [*more, *arguments], prog_name="inclusive-ads")
    assert "Traceback" not in result.output
    assert "a fault of ours" not in result.output
    return result


def put(name: str, content: str | bytes = CRB) -> Path:
    path = Path("in", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def word(*paragraphs: str) -> bytes:
    made, target = WordDocument(), io.BytesIO()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    made.save(target)
    return target.getvalue()


def lines(folder: str = "out") -> dict[str, dict[str, Any]]:
    return {line["id"]: line for line in map(json.loads, Path(folder, LINES).read_text().splitlines())}


def files(folder: str = "out") -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file())


def test_every_advert_is_written_in_its_own_format_and_place() -> None:
    put("a.txt", f"Clerk\r\n\r\n{CRB}\r\n")
    put("sub/deeper/b.md", f"# Clerk\n\n{CRB}\n")
    put("sub/c.html", f"<h1>Clerk</h1>\n<p>{CRB}</p>\n")
    put("d.docx", word("Clerk", CRB))
    put("e.pdf", pdf(CRB))
    result = run("--no-statements")
    assert result.exit_code == 0, result.output
    assert files() == ["a.txt", "d.docx", "e.pdf.txt", LIST, LINES, "sub/c.html", "sub/deeper/b.md"]
    assert Path("out/a.txt").read_bytes() == f"Clerk\r\n\r\n{DBS}\r\n".encode()
    assert Path("out/sub/deeper/b.md").read_text() == f"# Clerk\n\n{DBS}\n"
    assert Path("out/sub/c.html").read_text() == f"<h1>Clerk</h1>\n<p>{DBS}</p>\n"
    assert DBS in Path("out/e.pdf.txt").read_text()
    xml = WordDocument("out/d.docx").element.xml
    assert "<w:ins " in xml
    assert "<w:del " in xml
    assert [(line["written"], line["changes"]) for line in lines().values()] == [
        (name, [{"entry": "stale-crb", "was": "CRB check", "now": "DBS check"}])
        for name in ("a.txt", "d.docx", "e.pdf.txt", "sub/c.html", "sub/deeper/b.md")
    ]


def test_each_file_is_what_fix_writes_of_it_alone() -> None:
    put("a.txt", (EXAMPLES / "private-office.txt").read_bytes())
    put("b.md", f"# Clerk\n\n{CRB}\n")
    run("--grade", "Grade 7")
    for name in ("a.txt", "b.md"):
        assert run("fix", f"in/{name}", "-o", "alone", "--grade", "Grade 7", fix=False).exit_code == 0
        assert Path("out", name).read_bytes() == Path("alone").read_bytes()


def test_what_waits_is_what_a_check_of_the_written_adverts_finds() -> None:
    text = (EXAMPLES / "private-office.txt").read_text()
    put("a.txt", text)
    put("b.docx", word(*filter(None, text.splitlines())))
    assert run().exit_code == 1
    again = [json.loads(line) for line in run("batch", "out/a.txt", "out/b.docx", fix=False).stdout.splitlines()]
    found = lines()
    assert [{**line, "id": Path(line["id"]).name} for line in again] == [
        {
            key: found[name][key]
            for key in ("id", "wording", "complete", "findings", "kept", "lapsed", "missing", "not_read", "statements")
        }
        for name in ("a.txt", "b.docx")
    ]
    assert len(found["a.txt"]["findings"]) > 10


def test_unlawful_wording_is_not_touched_and_waits() -> None:
    put("a.txt", f"Clerk\n\nOnly women may apply. {CRB}\n")
    assert run("--no-statements").exit_code == 1
    line = lines()["a.txt"]
    assert "Only women may apply." in Path("out/a.txt").read_text()
    assert line["wording"] == "do not publish yet"
    assert {f["severity"] for f in line["findings"]} == {"likely-unlawful"}
    page = Path("out", LIST).read_text()
    assert "Do not publish yet: 1." in page
    assert "Likely unlawful: “" in page


def test_the_statement_goes_in_for_the_post_that_the_table_tells() -> None:
    for name in ("a.txt", "b.docx", "c.txt"):
        put(
            name, word("Private Secretary", "You run the diary.") if "docx" in name else "Clerk\n\nYou run the diary.\n"
        )
    Path("posts.csv").write_text("file,grade,role\na.txt,Grade 7,Private Secretary\nB.docx,Grade 7,Private Secretary\n")
    figures = ["--representation", str(EXAMPLES / "representation.csv"), "--profile", str(EXAMPLES / "profile.yaml")]
    run("--vacancies", "posts.csv", "--today", "2026-12-01", "--location", "London", *figures)
    found = lines()
    kinds = {name: [one["kind"] for one in line["inserted"]] for name, line in found.items()}
    assert ["positive-action" in kinds[name] for name in ("a.txt", "b.docx", "c.txt")] == [True, True, False]
    for name in ("a.txt", "b.docx"):
        assert (
            "We particularly encourage people from ethnic minority backgrounds"
            in Document.from_file(f"out/{name}").text
        )
    assert found["c.txt"]["told"] == ["The table of vacancies has no row for this advert."]
    assert any(one["id"] == "positive-action" and one["remedy"] for one in found["c.txt"]["not_inserted"])
    assert "under-represented" in Path("out", LIST).read_text()


def test_a_row_says_more_than_an_option() -> None:
    put("a.txt")
    put("b.txt")
    Path("posts.csv").write_text("file;Grade or band;location\na.txt;SEO;\nb.txt;;Belfast\n")
    run("--vacancies", "posts.csv", "--grade", "Grade 7", "--location", "Leeds")
    found = lines()
    assert found["a.txt"]["given"] == {"grade": "SEO", "location": "Leeds"}
    assert found["b.txt"]["given"] == {"grade": "Grade 7", "location": "Belfast"}


def test_a_row_without_an_advert_and_an_advert_without_a_row_are_told() -> None:
    put("clerk.txt", "You are welcome here.")
    Path("posts.csv").write_text("file,grade\nclark.txt,SEO\n")
    result = run("--vacancies", "posts.csv", "--no-statements")
    assert result.exit_code == 2
    found = lines()
    assert "no row" in found["clerk.txt"]["told"][0]
    assert "Row 2" in found["clark.txt"]["error"]
    assert "Did you mean 'clerk.txt'?" in found["clark.txt"]["error"]
    Path("posts.csv").write_text("file,grade\n")
    assert run("--vacancies", "posts.csv", "--no-statements", "--replace").exit_code == 1


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("file,grade\na.txt,SEO\nA.txt,G7\n", "rows 2 and 3 are both about 'A.txt'"),
        ("grade\nSEO\n", "no column 'file'"),
        ("file,garde\na.txt,SEO\n", "'garde', which is not known of a vacancy"),
        ("file,grade,Grade\na.txt,SEO,G7\n", "the column 'grade' twice"),
        ("file,closing_date\na.txt,31 June 2026\n", "row 2: Closing date (closing_date) cannot be read"),
        ("file,grade\n,SEO\n", "row 2: The name of the file is missing"),
        ('file,grade\na.txt,"SEO\n', "row 2: A quote is opened"),
        ("\0\1\2", "not text"),
        ("file,public_facing\n" + "".join(f"{n}.txt,perhaps\n" for n in range(9)), "and 4 more"),
    ],
)
def test_a_table_that_cannot_be_used_stops_the_run_before_anything_is_written(table: str, said: str) -> None:
    put("a.txt")
    Path("posts.csv").write_text(table)
    result = run("--vacancies", "posts.csv")
    assert result.exit_code == 2
    assert "posts.csv" in result.stderr
    assert said in result.stderr
    assert not Path("out").exists()


@pytest.mark.parametrize("name", ["sub/é.txt", "sub\\e\u0301.TXT", "./Sub/É.txt"])
def test_names_are_the_same_whatever_computer_wrote_the_table(name: str) -> None:
    put("sub/é.txt")
    Path("posts.csv").write_text(f"file,grade\n{name},SEO\n", encoding="utf-8")
    run("--vacancies", "posts.csv")
    assert lines()["sub/é.txt"]["given"] == {"grade": "SEO"}


def test_what_cannot_be_read_is_listed_and_stops_nothing() -> None:
    put("a.txt")
    put("bad.docx", b"PK\x03\x04nonsense")
    put("empty.md", "")
    put("old.doc", b"\xd0\xcf\x11\xe0")
    put("logo.png", b"\x89PNG")
    put("a.decisions.yaml", "decisions: []\n")
    put(".hidden.txt")
    put("~$lock.docx")
    result = run()
    assert result.exit_code == 2
    assert files() == ["a.txt", LIST, LINES]
    found = lines()
    assert [name for name, line in found.items() if "error" in line] == ["bad.docx", "empty.md", "logo.png", "old.doc"]
    assert "4 files could not be read or written" in result.stdout
    page = Path("out", LIST).read_text()
    assert all(f'<th scope="row">{name}</th>' in page for name in ("bad.docx", "empty.md", "old.doc"))


def test_a_table_and_figures_in_the_folder_are_no_adverts() -> None:
    put("a.txt", "You are welcome here.")
    table = put("posts.csv", "file\na.txt\n")
    figures = put("figures.csv", (EXAMPLES / "representation.csv").read_bytes())
    assert run("--vacancies", str(table), "--representation", str(figures), "--no-statements").exit_code == 0


def test_decisions_beside_an_advert_hold() -> None:
    put("a.txt", "You must hold a full driving licence.")
    assert run("--no-statements").exit_code == 1
    keep = ["keep", "in/a.txt", "1", "--reason", "The round is by van."]
    keep += ["--kept-by", "Lee Carter", "--approver", "Dana Reed"]
    assert run(*keep, fix=False).exit_code == 0
    assert run("--no-statements", "--replace").exit_code == 0
    put("a.txt", "You must hold a full driving licence, and an enhanced CRB check is needed.")
    assert run(*keep, fix=False).exit_code == 0
    assert run("--no-statements", "--replace").exit_code == 1
    # The safe change is in its sentence, which is now another.
    assert any("no longer applies" in sentence for sentence in lines()["a.txt"]["told"])


def test_nothing_that_is_there_is_written_over_unless_told() -> None:
    put("a.txt")
    out = Path("out/a.txt")
    out.parent.mkdir()
    out.write_text("A person's own work.")
    result = run("--no-statements")
    assert result.exit_code == 2
    assert "--replace" in result.stderr
    assert files() == ["a.txt"]
    assert out.read_text() == "A person's own work."
    assert run("--no-statements", "--replace").exit_code == 0
    assert out.read_text() == DBS


@pytest.mark.parametrize("output", ["in", "in/", "./in/../in", "in/better", ".", "link"])
def test_the_output_is_never_among_the_adverts(output: str) -> None:
    put("a.txt")
    Path("link").symlink_to("in")
    before = files("in")
    result = run("fix", "in", "-o", output, "--replace", fix=False)
    assert result.exit_code == 2
    assert "folder beside it" in result.stderr
    assert files("in") == before


def test_a_link_in_the_output_leads_nowhere_else() -> None:
    put("sub/a.txt")
    put("b.txt")
    Path("out").mkdir()
    Path("out/sub").symlink_to(Path("in/sub").resolve())
    Path("out/b.txt").symlink_to(Path("in/b.txt").resolve())
    assert run("--replace").exit_code == 2
    assert all("leads out of the folder" in line["error"] for line in lines().values())
    assert Path("in/sub/a.txt").read_text() == Path("in/b.txt").read_text() == CRB


def test_no_advert_takes_the_place_of_another_or_of_the_list() -> None:
    put("a.pdf", pdf(CRB))
    put("a.pdf.txt", "You are welcome here.")
    put(LIST, f"<p>{CRB}</p>")
    assert run("--no-statements").exit_code == 2
    found = lines()
    assert "there is one of that name" in found["a.pdf"]["error"]
    assert "there is one of that name" in found[LIST]["error"]
    assert Path("out/a.pdf.txt").read_text() == "You are welcome here."
    assert "<h1>Improved adverts</h1>" in Path("out", LIST).read_text()


def test_a_file_in_the_place_of_a_folder_is_told() -> None:
    put("sub/a.txt")
    Path("out").mkdir()
    Path("out/sub").write_text("x")
    assert run("--replace").exit_code == 2
    assert "Cannot write" in lines()["sub/a.txt"]["error"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["fix", "in"],
        ["fix", "in", "-o", ""],
        ["fix", "in", "in/a.txt", "-o", "out"],
        ["fix", "in", "--diff"],
        ["fix", "in", "--diff", "-o", "out"],
        ["fix", "in", "-o", "out", "--accept", "1=1"],
        ["fix", "in", "-o", "out", "--input-format", "html"],
        ["fix", "in", "-o", "in/a.txt"],
        ["fix", "in", "-o", "file"],
        ["fix", "empty", "-o", "out"],
        ["fix", "in", "-o", "out", "--vacancies", "none.csv"],
        ["fix", "in", "-o", "out", "--vacancies", "in"],
        ["fix", "in", "-o", "out", "--lexicons", "none"],
        ["fix", "in", "-o", "out", "--profile", "none"],
        ["fix", "in", "-o", "out", "--representation", "none.csv"],
        ["fix", "in/a.txt", "--replace"],
        ["fix", "in/a.txt", "--vacancies", "in/a.txt"],
    ],
)
def test_bad_use_is_said_in_a_sentence_and_writes_nothing(arguments: list[str]) -> None:
    put("a.txt")
    Path("file").write_text("x")
    Path("empty").mkdir()
    result = run(*arguments, fix=False)
    assert result.exit_code == 2
    assert result.stderr.strip()
    assert not Path("out").exists()
    assert files("in") == ["a.txt"]


def test_workers_write_the_same() -> None:
    for number in range(60):
        put(f"{number % 7}/{number:02d}.txt", f"Post {number}.\n\n{CRB}\n")
    put("bad.docx", b"PK\x03\x04nonsense")
    assert run().exit_code == 2
    assert run("fix", "in", "-o", "two", "--workers", "2", fix=False).exit_code == 2
    assert files() == files("two")
    assert [Path("out", name).read_bytes() for name in files()] == [
        Path("two", name).read_bytes() for name in files("two")
    ]


def test_a_fault_of_ours_in_one_advert_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Checker.check

    def broken(self: Checker, document: Document, **known: Any) -> Any:
        if "fragile" in document.text:
            raise KeyError("words of the advert")
        return real(self, document, **known)

    monkeypatch.setattr(Checker, "check", broken)
    put("a.txt", "A fragile thing.")
    put("b.txt")
    assert run("--no-statements").exit_code == 2
    assert "KeyError" in lines()["a.txt"]["error"]
    assert "words of the advert" not in Path("out", LINES).read_text()
    assert files() == ["b.txt", LIST, LINES]


def test_the_list_is_safe_whatever_an_advert_or_its_name_holds() -> None:
    put("<b>&'\"#?.txt", "Only <script>alert(1)</script> women may apply.\n")
    run()
    page = Path("out", LIST).read_text()
    assert "<script>" not in page
    assert "&lt;b&gt;&amp;&#39;&#34;#?.txt" in page
    assert 'href="%3Cb%3E%26%27%22%23%3F.txt"' in page


def test_a_bar_shows_how_far_it_is_on_a_terminal() -> None:
    put("a.txt")
    put("b.txt")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "inclusive_ads", "fix", "in", "-o", "out"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                some = os.read(ours, 10_000)
            except OSError:  # the other end is closed
                break
            if not some:
                break
            shown += some
    os.close(ours)
    assert process.returncode == 0
    assert b"2 of 2 adverts" in shown


def test_a_table_is_read_as_every_table_is() -> None:
    label = next(field.label for field in VACANCY_FIELDS if field.name == "public_facing")
    written = f"sep=|\r\nFile|Closing date|{label}\r\na.txt|4 October 2026|yes\r\n".encode("utf-16")
    (row,) = read_vacancies(io.BytesIO(written), "posts.csv")
    assert (row.file, row.vacancy.to_text()) == ("a.txt", {"closing_date": "2026-10-04", "public_facing": "yes"})
    with pytest.raises(InputError, match="no column 'file'"):
        read_vacancies(io.BytesIO(b""), "posts.csv")


def test_what_an_advert_says_of_its_post_needs_no_row_and_may_not_be_contradicted() -> None:
    advert = "Private Secretary\n\nGrade: {}\nLocation: London\n\nYou run the diary.\n"
    put("agrees.txt", advert.format("Grade 7"))
    put("differs.txt", advert.format("SEO"))
    figures = ["--representation", str(EXAMPLES / "representation.csv"), "--profile", str(EXAMPLES / "profile.yaml")]
    run("--today", "2026-12-01", *figures)
    assert lines()["agrees.txt"]["read"]["grade"] == "Grade 7"
    assert "positive-action" in [one["kind"] for one in lines()["agrees.txt"]["inserted"]]
    assert run("--replace", "--grade", "Grade 7", "--today", "2026-12-01", *figures).exit_code == 1
    agrees, differs = lines()["agrees.txt"], lines()["differs.txt"]
    assert "positive-action" in [one["kind"] for one in agrees["inserted"]]
    assert "positive-action" not in [one["kind"] for one in differs["inserted"]]
    assert "contradiction" in [finding["entry"] for finding in differs["findings"]]


def test_a_folder_that_was_written_is_read_without_its_lists() -> None:
    put("a.txt", "Clerk\n\nYou answer letters.\n")
    run()
    result = run("batch", "out", fix=False)
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a.txt"]
    assert result.stderr == ""
