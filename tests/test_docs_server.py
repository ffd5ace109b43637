"""What the documents for developers and administrators say, run."""

from __future__ import annotations

import json
import re
import shlex
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inclusive_ads import Settings
from inclusive_ads_web import WebSettings, create_app
from inclusive_ads_web.app import make_server
from inclusive_ads_web.openapi import OPERATIONS

DOCS = Path(__file__).parents[1] / "docs"


def blocks(name: str, language: str) -> list[str]:
    return re.findall(
        rf"^```{language}\n(.*?)^```", (DOCS / name).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = make_server(WebSettings(port=0), Settings())
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=10)


def test_the_example_for_an_applicant_tracking_system_blocks_publication(address: str) -> None:
    (code,) = blocks("api.md", "python")
    names: dict[str, object] = {}
    exec(compile(code, "api.md", "exec"), names)
    check, may_publish = names["check"], names["may_publish"]
    assert callable(check)
    assert callable(may_publish)
    assert may_publish(check("You will run the ward office. An enhanced CRB check is needed.", address))
    assert not may_publish({**check("You will run the ward office.", address), "verdict": "do not publish yet"})
    assert not may_publish(check("Only women may apply for this post. No men, please.", address))


def test_the_table_of_calls_is_complete() -> None:
    text = (DOCS / "api.md").read_text(encoding="utf-8")
    paths = {name: {"entry": "/entries/{id}"}.get(name, f"/{name}") for name in OPERATIONS}
    assert [path for path in paths.values() if f"{path}`" not in text] == []


def test_every_option_of_the_server_is_documented_with_its_default() -> None:
    text = (DOCS / "deploy.md").read_text(encoding="utf-8")
    for field in fields(WebSettings):
        assert field.name.upper() in text, field.name
        default = getattr(WebSettings(), field.name)
        if default and not isinstance(default, (dict, tuple, bool)):
            assert f"`{default}`" in text, field.name


def test_the_way_to_make_a_key_works(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks("deploy.md", "python")
    exec(compile(code, "deploy.md", "exec"), {})
    key, pair = (line.rsplit(": ", 1)[1] for line in capsys.readouterr().out.splitlines())
    web = WebSettings.from_environment({"INCLUSIVE_ADS_API_KEYS": pair})
    assert web.caller(key) == "hr-system"


def posted(address: str, body: str) -> Any:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    asked = urllib.request.Request(f"{address}/api/v1/check", data=body.encode(), headers=headers)
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return json.load(answer)


def test_the_curl_of_the_readme(address: str) -> None:
    text = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^curl .*", text, re.MULTILINE)
    name, flag, body, where = shlex.split(line)
    assert (name, flag, where) == ("curl", "--json", "http://127.0.0.1:8000/api/v1/check")
    assert posted(address, body)["findings"][0]["text"] == "chairman"


def test_the_first_curl_of_the_api_blocks_publication(address: str) -> None:
    words = shlex.split(blocks("api.md", "")[0].replace("\\\n", " "))
    assert posted(address, words[words.index("-d") + 1])["verdict"] == "do not publish yet"


def test_the_service_uses_options_that_exist() -> None:
    text = (DOCS / "deploy.md").read_text(encoding="utf-8")
    known = {f"INCLUSIVE_ADS_{field.name.upper()}" for field in fields(WebSettings)}
    assert set(re.findall(r"\bINCLUSIVE_ADS_[A-Z_]+", text)) == known - {
        "INCLUSIVE_ADS_RECRUITMENT"  # in the table as `..._RECRUITMENT`
    }
    (service,) = [block for block in blocks("deploy.md", "sh") if block.startswith("# /etc/")]
    given = dict(line.split("=", 1) for line in service.splitlines() if not line.startswith("#"))
    web = WebSettings.from_environment(given)
    assert (web.https, web.loopback, len(web.profiles)) == (True, True, 1)


def test_the_made_up_department_can_be_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DOCS.parent)
    (line,) = [block for block in blocks("deploy.md", "sh") if "examples/profile.yaml" in block]
    words = shlex.split(line)
    web = WebSettings.from_environment(dict(word.split("=", 1) for word in words if word.startswith("INCLUSIVE_ADS_")))
    client = create_app(web, Settings(today=date.fromisoformat(words[-1]))).test_client()
    advert = (DOCS.parent / "examples" / "private-office.txt").read_text(encoding="utf-8")
    post = {"grade": "Grade 7", "role": "Private Office", "location": "London"}
    asked = {"text": advert, "profile": "department-for-example", "post": post}
    answer = client.post("/api/v1/statement", json=asked).get_json()
    assert "encourage people from ethnic minority backgrounds" in answer["chosen"][0]["text"]
