"""One table of formats: every door reads the same files, and what a folder holds beside them is named."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from desk_pages import caller, press
from flask.testing import FlaskClient

from inclusive_ads import FORMATS, Document, InputError, Settings, new_word
from inclusive_ads.batch.items import read_items, unread
from inclusive_ads.cli import main
from inclusive_ads.text.readers.formats import SUFFIXES, Format, format_named, listed

ROOT = Path(__file__).parents[1]
TEXT = "Ward clerk\n\nAn enhanced CRB check is needed for this post."


def pdf(text: str) -> bytes:
    """A PDF of one page with one line of text; its table of places is left for the reader to mend."""
    drawn = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    bodies = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 {font} >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
    )
    objects = "".join(f"{number} 0 obj\n{body}\nendobj\n" for number, body in enumerate(bodies, 1))
    return f"%PDF-1.4\n{objects}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n".encode()


MAKE = {
    "docx": new_word(Document.from_text(TEXT)),
    "pdf": pdf("An enhanced CRB check is needed for this post."),
    "eml": b"MIME-Version: 1.0\nSubject: Ward clerk\n\nAn enhanced CRB check is needed for this post.\n",
    "html": b"<h1>Ward clerk</h1><p>An enhanced <b>CRB</b> check is needed for this post.</p>",
    "markdown": b"# Ward clerk\n\nAn enhanced **CRB** check is needed for this post.\n",
    "text": TEXT.encode(),
}
FILES = {f"advert{suffix}": MAKE[each.name] for each in FORMATS.values() for suffix in each.suffixes}
EACH = pytest.mark.parametrize("name", FILES)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, list(arguments), prog_name="inclusive-ads")


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return caller(Settings())


def test_there_is_a_sample_of_every_format() -> None:
    assert set(MAKE) == set(FORMATS)
    assert len(FILES) == len(SUFFIXES) == len(set(SUFFIXES))
    assert all(each.name == name for name, each in FORMATS.items())
    assert all(bool(each.blocks) is not bool(each.opens) for each in FORMATS.values())


@EACH
def test_a_document_is_read_by_its_name(name: str) -> None:
    known = format_named(name)
    document = Document.from_bytes(FILES[name], name=name)
    assert known is not None
    assert document.format == known.name
    assert "CRB check" in document.text
    assert document.package == (b"" if known.is_text else FILES[name])


def test_the_batch_reads_all_of_a_folder(run: Callable[..., Result], tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in FILES.items():
        (folder / f"{Path(name).suffix[1:]}-{name.upper()}").write_bytes(data)
    result = run("batch", "in")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(lines) == len(FILES)
    assert ["stale-crb" in {f["entry"] for f in line.get("findings", ())} for line in lines] == [True] * len(lines)
    assert (result.exit_code, result.stderr) == (0, "")


@EACH
def test_check_and_fix_read_it(name: str, run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    assert "CRB" in run("check", name).stdout
    output = "better.docx" if FORMATS["docx"] is format_named(name) else "better.txt"
    assert run("fix", name, "-o", output).exit_code == 0
    assert "DBS" in Document.from_file(tmp_path / output).text


@EACH
def test_the_page_and_the_api_take_it(name: str, client: FlaskClient) -> None:
    page = client.post("/result", data={"document": (io.BytesIO(FILES[name]), name), "profile": "generic"})
    assert page.status_code == 200
    assert "CRB" in page.text
    api = client.post("/api/v2/check", data={"document": (io.BytesIO(FILES[name]), name)})
    assert "stale-crb" in {finding["entry"] for finding in api.get_json()["findings"]}


@pytest.mark.parametrize("each", FORMATS.values(), ids=FORMATS)
def test_a_format_can_be_said_where_the_name_does_not(each: Format, run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "advert").write_bytes(MAKE[each.name])
    report = json.loads(run("check", "advert", "--input-format", each.name, "--format", "json").stdout)
    assert report["format"] == each.name


def test_what_is_text_can_be_sent_as_a_string(client: FlaskClient) -> None:
    for each in FORMATS.values():
        answer = client.post("/api/v2/check", json={"text": TEXT, "format": each.name})
        assert answer.status_code == (200 if each.is_text else 422)
    assert answer.get_json()


def test_what_is_written_can_be_downloaded_and_the_rest_comes_as_text(client: FlaskClient) -> None:
    for name, data in FILES.items():
        page = client.post("/result", data={"document": (io.BytesIO(data), name), "profile": "generic"})
        done = press(client, page, "finish").text
        written = {each.suffixes[0][1:] for each in FORMATS.values() if each.written}
        assert set(re.findall(r'name="kind" value="([\w-]+)"', done)) == {*written, "docx-clean", "report", "review"}


@pytest.mark.parametrize("output", ["out.pdf", "out", "out.html", "out.docm"])
def test_what_is_only_read_gets_no_name_of_its_kind(output: str, run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "advert.pdf").write_bytes(FILES["advert.pdf"])
    result = run("fix", "advert.pdf", "-o", output)
    assert result.exit_code == 2
    assert "--output FILE.docx" in result.stderr
    assert not (tmp_path / output).exists()


# What people are told


def test_the_hook_takes_the_same_files() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    for name in FILES:
        assert re.search(hook["files"], f"jobs/{name}")
        assert re.search(hook["files"], f"jobs/{name.upper()}")
    endings = re.search(r"\\\.\(([^)]*)\)\$$", hook["files"])
    assert endings is not None
    assert {f".{ending}" for ending in endings.group(1).split("|")} == set(SUFFIXES)
    assert not re.search(hook["files"], "jobs/advert.csv")


def test_the_page_names_them(client: FlaskClient) -> None:
    page = client.get("/").text
    assert f'accept="{",".join(SUFFIXES)}"' in page
    assert all(each.label in page for each in FORMATS.values())


def test_the_description_of_the_api_names_them(client: FlaskClient) -> None:
    spec = client.get("/api/v2/openapi.json").get_json()
    form = spec["paths"]["/api/v2/check"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert all(each.label in form["properties"]["document"]["description"] for each in FORMATS.values())
    given = spec["components"]["schemas"]["CheckIn"]["properties"]["format"]["enum"]
    assert given == [name for name, each in FORMATS.items() if each.is_text]


def test_the_documentation_names_them() -> None:
    table = (ROOT / "docs" / "documents.md").read_text(encoding="utf-8").split("## Formats")[1].split("\n\n")[1]
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()[2:]]
    assert {row[0].strip("`"): row[1].replace("`", "") for row in rows} == {
        name: " ".join(each.suffixes) for name, each in FORMATS.items()
    }


@pytest.mark.parametrize("data", [b"{\\rtf1 hello}", b"\x89PNG\r\n", b"\x00\x01\x02binary", b"ab\x01\x02\x03\x04cd"])
def test_an_error_says_in_which_formats_an_advert_can_be_saved(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        Document.from_bytes(data)
    assert all(each.suffixes[0] in caught.value.remedy for each in FORMATS.values())


@pytest.mark.parametrize(("words", "text"), [(("a",), "a"), (("a", "b"), "a or b"), (("a", "b", "c"), "a, b or c")])
def test_words_in_a_sentence(words: tuple[str, ...], text: str) -> None:
    assert listed(words) == text


# What a folder holds beside adverts


LEFT = ["notes.xlsx", "photo.PNG", "no-ending", "table.csv", "lines.jsonl", "deep/er/old.doc"]
SILENT = [".hidden.txt", ".git/objects/ab", ".git/readme.md", "~$advert.docx", "advert.decisions.yaml"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    for name in (*LEFT, *SILENT, "advert.txt", "deep/advert.xhtml", "inclusive-ads.yaml"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(FILES["advert.html"] if name.endswith("xhtml") else b"A CRB check.")
    (place / "advert.decisions.yaml").write_text("decisions: []\n")
    return place


def test_files_that_are_not_read_are_known(folder: Path) -> None:
    assert unread([str(folder), "-", str(folder / "advert.txt")]) == sorted(str(folder / name) for name in LEFT)
    assert [item.id for item in read_items([str(folder)])] == ["advert.txt", "deep/advert.xhtml"]


@pytest.mark.parametrize("command", [["batch", "in"], ["lexicon", "compare", "empty.jsonl", "in"]])
def test_files_that_are_not_read_are_named_in_a_warning(
    command: list[str], run: Callable[..., Result], folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.jsonl").write_text("")
    result = run(*command)
    assert result.exit_code == 0
    (warning,) = result.stderr.splitlines()
    assert warning.startswith("inclusive-ads: not read: ")
    assert all(str(Path("in") / name) in warning for name in LEFT)
    assert not [name for name in SILENT if name in warning]
    assert all(suffix in warning for suffix in (*SUFFIXES, ".csv", ".jsonl"))


def test_a_long_list_of_files_that_are_not_read_is_cut(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "advert.txt").write_text(TEXT)
    for number in range(14):
        (tmp_path / "in" / f"{number:02}.png").write_bytes(b"")
    assert "09.png and 4 more. In a folder" in run("batch", "in").stderr


def test_a_folder_of_adverts_alone_gets_no_warning(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "advert.text").write_text(TEXT)
    assert run("batch", "in").stderr == ""


def test_a_table_with_tabs_is_a_table(run: Callable[..., Result], tmp_path: Path) -> None:
    with (tmp_path / "ads.tsv").open("w", newline="") as file:
        csv.writer(file, delimiter="\t").writerows([["id", "text"], ["a", "A CRB check."]])
    (line,) = run("batch", "ads.tsv").stdout.splitlines()
    assert json.loads(line)["id"] == "a"
