"""What the documents for developers and administrators say, run."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from inclusive_ads import Settings
from inclusive_ads_web import WebSettings
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
