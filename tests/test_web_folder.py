"""A zip of adverts through the API: what comes out, and what is refused before anything is unpacked."""

from __future__ import annotations

import io
import json
import logging
import stat
import struct
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from inclusive_ads import Checker, Settings, Vacancy, improve_zip, read_evidence
from inclusive_ads.batch.improving import LINES, LIST
from inclusive_ads.cli import main
from inclusive_ads_web import WebSettings, create_app

EXAMPLES = Path(__file__).parents[1] / "examples"
ADVERT = "Clerk\n\nAn enhanced CRB check is needed.\n"
SECRET = "Zanzibar-Quokka"
Entry = tuple[str | zipfile.ZipInfo, str | bytes]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(WebSettings(api_rate="10000 per minute", folder_adverts=5), Settings()).test_client()


def zipped(*entries: Entry, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", how) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return target.getvalue()


def send(client: FlaskClient, adverts: bytes, **more: Any) -> TestResponse:
    form = {"adverts": (io.BytesIO(adverts), "adverts.zip"), **more}
    return client.post("/api/v2/folder", data=form, content_type="multipart/form-data")


def table(content: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content.encode()), "posts.csv"


def unpacked(response: TestResponse) -> dict[str, bytes]:
    assert response.status_code == 200, response.get_data(as_text=True)
    assert response.content_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(response.data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def lines(found: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    return {line["id"]: line for line in map(json.loads, found[LINES].splitlines())}


def test_a_zip_of_improved_adverts_and_the_list_comes_out(client: FlaskClient) -> None:
    adverts = zipped(
        ("team/", ""),
        ("team/b.md", f"# Clerk\n\n{ADVERT}"),
        ("a.txt", ADVERT),
        ("bad.docx", "no Word file"),
        ("empty.txt", ""),
        ("__MACOSX/._a.txt", "x"),
        (".DS_Store", "x"),
    )
    found = unpacked(
        send(client, adverts, vacancies=table("file,grade\na.txt,SEO\n"), grade="Grade 7", location="Leeds")
    )
    assert sorted(found) == ["a.txt", LIST, LINES, "team/b.md"]
    assert b"DBS check" in found["a.txt"]
    told = lines(found)
    assert list(told) == ["a.txt", "bad.docx", "empty.txt", "team/b.md"]
    assert told["a.txt"]["given"] == {"grade": "SEO", "location": "Leeds"}
    assert told["team/b.md"]["given"] == {"grade": "Grade 7", "location": "Leeds"}
    assert "error" in told["bad.docx"]
    assert "error" in told["empty.txt"]
    assert b"<h1>Improved adverts</h1>" in found[LIST]


def test_it_is_what_the_command_makes_of_the_folder(client: FlaskClient, tmp_path: Path) -> None:
    text = (EXAMPLES / "private-office.txt").read_text()
    files = {"a.txt": text, "sub/b.html": f"<p>{ADVERT}</p>", "sub/bad.pdf": "no PDF"}
    for name, content in files.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
    CliRunner().invoke(main, ["fix", str(tmp_path / "in"), "--output", str(tmp_path / "out"), "--grade", "SEO"])
    ours = {
        path.relative_to(tmp_path / "out").as_posix(): path.read_bytes()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    }
    assert unpacked(send(client, zipped(*files.items()), grade="SEO")) == ours
    assert len(ours) == 4


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("a.txt")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def locked() -> bytes:
    """The bit that says "encrypted" in the local and in the central header."""
    data = bytearray(zipped(("a.txt", ADVERT)))
    for place, sign in ((6, b"PK\x03\x04"), (8, b"PK\x01\x02")):
        data[data.index(sign) + place] |= 1
    return bytes(data)


def lying() -> bytes:
    """A part that says it is smaller than it is."""
    data = bytearray(zipped(("a.txt", "x" * 1000), ("b.txt", ADVERT)))
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", 10)
    return bytes(data)


@pytest.mark.parametrize(
    ("adverts", "code"),
    [
        (b"", "zip"),
        (b"An advert, and no zip.", "zip"),
        (zipped(("a.txt", ADVERT))[:-30], "zip"),
        (locked(), "protected"),
        (zipped(("a.txt", ADVERT), how=zipfile.ZIP_LZMA), "zip"),
        (zipped(("a.txt", b"\0" * 5_000_000)), "too-long"),
        (zipped(*((f"{n}.txt", b"abcdefgh" * n) for n in range(2001))), "too-long"),
        (zipped(*((f"{n}.txt", ADVERT) for n in range(6))), "too-long"),
        (zipped(("a.txt", ADVERT), ("b.zip", zipped(("c.txt", ADVERT)))), "nested"),
        (zipped(("a.txt", ADVERT), ("sub/B.ZIP", "x")), "nested"),
        (zipped(("a.txt", ADVERT), ("b.tar.gz", "x")), "nested"),
        (zipped(("/a.txt", ADVERT)), "unsafe"),
        (zipped(("../a.txt", ADVERT)), "unsafe"),
        (zipped(("sub/../../a.txt", ADVERT)), "unsafe"),
        (zipped(("sub//a.txt", ADVERT)), "unsafe"),
        (zipped(("C:\\a.txt", ADVERT)), "unsafe"),
        (zipped(("..\\a.txt", ADVERT)), "unsafe"),
        (zipped(("a.txt:stream", ADVERT)), "unsafe"),
        (zipped(("a\x1b[2J.txt", ADVERT)), "unsafe"),
        (zipped((f"{'a' * 600}.txt", ADVERT)), "unsafe"),
        (zipped((link(), "/etc/passwd")), "unsafe"),
        (zipped(), "none"),
        (zipped(("picture.png", "x"), ("sub/", "")), "none"),
        (zipped(("[Content_Types].xml", "x"), ("word/document.xml", "x")), "none"),
    ],
)
def test_a_zip_that_cannot_be_used_gets_a_problem_document(client: FlaskClient, adverts: bytes, code: str) -> None:
    response = send(client, adverts)
    problem = response.get_json(force=True)
    assert (response.status_code, problem["code"]) == (422, code), problem
    assert response.content_type == "application/problem+json"
    assert problem["detail"]
    assert problem["remedy"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_stands_once(client: FlaskClient) -> None:
    assert send(client, zipped(("a.txt", "x"), ("a.txt", ADVERT))).get_json(force=True)["code"] == "zip"


def test_a_part_that_lies_about_its_size_is_refused(client: FlaskClient) -> None:
    assert send(client, lying()).get_json(force=True)["code"] == "zip"


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"vacancies": table("file,garde\na.txt,SEO\n")}, 422, "vacancies"),
        ({"vacancies": table("file\na.txt\na.txt\n")}, 422, "vacancies"),
        ({"profile": "../../etc/passwd"}, 422, "profile"),
        ({"garde": "SEO"}, 422, "fields"),
        ({"grade": "x" * 300}, 422, "fields"),
        ({"grade": ["SEO", "Grade 7"]}, 422, "fields"),
        ({"vacancies": [table("file\n"), table("file\n")]}, 422, "fields"),
    ],
)
def test_what_goes_with_the_zip_is_checked(client: FlaskClient, more: dict[str, Any], status: int, code: str) -> None:
    response = send(client, zipped(("a.txt", ADVERT)), **more)
    assert (response.status_code, response.get_json(force=True)["code"]) == (status, code)


def test_a_request_without_a_zip_is_told_so(client: FlaskClient) -> None:
    path = "/api/v2/folder"
    assert client.post(path, json={}).status_code == 415
    assert (
        client.post(path, data={"grade": "SEO"}, content_type="multipart/form-data").get_json()["code"] == "no-adverts"
    )
    assert client.get(path).status_code == 405
    small = create_app(WebSettings(upload_bytes=1000), Settings()).test_client()
    assert send(small, b"x" * 2000).status_code == 413


def test_nothing_of_the_adverts_is_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    adverts = zipped((f"{SECRET}.txt", f"{SECRET} {ADVERT}"), (f"{SECRET}.docx", SECRET))
    with caplog.at_level(logging.DEBUG):
        assert send(client, adverts, grade=SECRET).status_code == 200
        assert send(client, adverts[:-5], grade=SECRET).status_code == 422
    assert caplog.records
    assert SECRET not in caplog.text + client.get("/metrics").get_data(as_text=True)


def test_an_advert_gets_the_statement_that_the_figures_support() -> None:
    own = Checker(Settings(profile=str(EXAMPLES / "profile.yaml"), today=date(2026, 12, 1)))
    figures = read_evidence(EXAMPLES / "representation.csv")
    post = Vacancy(grade="Grade 7", role="Private Secretary", location="London")
    made = improve_zip(own, zipped(("a.txt", ADVERT)), vacancy=post, evidence=figures)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert "We particularly encourage people from ethnic minority backgrounds" in archive.read("a.txt").decode()
