"""Who may ask, by what name, in what words: keys, hosts, and JSON that says one thing only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from inclusive_ads import Settings, SettingsError
from inclusive_ads.cli import main
from inclusive_ads_web import WebSettings, create_app, key_line, new_key

API = "/api/v2"
OFTEN = "100000 per minute"
KEY, HASH = new_key()
LINES = "application/x-ndjson"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(WebSettings(api_rate=OFTEN, character_rate="100000000 per minute"), Settings()).test_client()


# Keys


def test_the_command_makes_a_key_that_the_server_takes() -> None:
    made = CliRunner().invoke(main, ["key", "hr-system", "--profile", "generic"])
    key, line = made.output.splitlines()
    web = WebSettings.from_environment({"INCLUSIVE_ADS_API_KEYS": line})
    assert web.caller(key) == "hr-system"
    assert web.may_use("hr-system", "generic")
    assert not web.may_use("hr-system", "civil-service")
    assert key not in line
    for name in ("", "a b", "a=b", "é", "-x", "x" * 65, "a,b", "a\nb"):
        with pytest.raises(SettingsError):
            key_line(name)
    with pytest.raises(SettingsError):
        key_line("hr", ["a b"])


@pytest.mark.parametrize(
    "keys",
    [
        "hr",
        "hr=",
        "=" + HASH,
        f"hr={HASH[:-1]}",
        f"hr={HASH}0",
        f"hr={'g' * 64}",
        f"hr={KEY}",
        f"h r={HASH}",
        f"hr={HASH}:",
        f"hr={HASH}:a b",
        f"hr={HASH},hr={new_key()[1]}",
        f"hr={HASH},other={HASH}",
        f"hr={HASH},other={HASH.upper()}",
        f"hr={HASH};other={new_key()[1]}",
    ],
    ids=map(str, range(14)),  # keys are made anew in each run, and names of tests are not
)
def test_keys_that_make_no_sense_are_refused_at_the_start(keys: str, tmp_path: Path) -> None:
    place = tmp_path / "keys"
    place.write_text(keys.replace(",", "\n"), encoding="utf-8")
    for name, value in (("API_KEYS", keys), ("KEYS_FILE", str(place))):
        with pytest.raises(SettingsError) as refused:
            WebSettings.from_environment({f"INCLUSIVE_ADS_{name}": value})
        assert name in str(refused.value)
        assert HASH[:20] not in str(refused.value)
        assert KEY not in str(refused.value)


def test_a_key_in_both_places_stands_twice(tmp_path: Path) -> None:
    place = tmp_path / "keys"
    place.write_text(f"hr={HASH}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="twice"):
        WebSettings.from_environment(
            {"INCLUSIVE_ADS_API_KEYS": f"hr={new_key()[1]}", "INCLUSIVE_ADS_KEYS_FILE": str(place)}
        )
    with pytest.raises(SettingsError, match="cannot be read"):
        WebSettings.from_environment({"INCLUSIVE_ADS_KEYS_FILE": str(tmp_path)})


def test_a_key_opens_only_the_profiles_that_it_names() -> None:
    own = str(Path(__file__).parents[1] / "examples" / "profile.yaml")
    web = WebSettings(api_keys={"one": f"{HASH}:department-for-example"}, api_rate=OFTEN, profiles=(own,))
    client = create_app(web, Settings()).test_client()
    head = {"X-API-Key": KEY}
    listed = client.get(f"{API}/profiles", headers=head).get_json()["profiles"]
    assert [each["name"] for each in listed] == ["department-for-example"]
    for profile, status in (("department-for-example", 200), ("generic", 422)):
        asked = {"text": "A clerk.", "profile": profile}
        assert client.post(f"{API}/check", json=asked, headers=head).status_code == status
        batch = client.post(f"{API}/batch?profile={profile}", data=b"{}", content_type=LINES, headers=head)
        assert batch.status_code == status
        batch.close()


def test_a_key_comes_in_either_header_and_opens_the_metrics() -> None:
    client = create_app(WebSettings(api_keys={"prometheus": HASH}, api_rate=OFTEN), Settings()).test_client()
    for headers, status in (
        ({"Authorization": f"Bearer {KEY}"}, 200),
        ({"Authorization": f"bearer  {KEY}"}, 200),
        ({"X-API-Key": KEY}, 200),
        ({"Authorization": f"Basic {KEY}"}, 401),
        ({"Authorization": KEY}, 401),
        ({}, 401),
    ):
        assert client.get("/metrics", headers=headers).status_code == status
        assert client.get(f"{API}/profiles", headers=headers).status_code == status


def test_wrong_keys_are_limited_and_right_ones_are_not() -> None:
    web = WebSettings(api_keys={"hr": HASH}, wrong_key_rate="3 per minute", api_rate=OFTEN)
    client = create_app(web, Settings()).test_client()
    wrong = [client.get(f"{API}/profiles", headers={"X-API-Key": f"guess{n}"}) for n in range(5)]
    assert [answer.status_code for answer in wrong] == [401, 401, 401, 429, 429]
    assert 0 < int(wrong[-1].headers["Retry-After"]) <= 60
    assert "Retry-After" not in wrong[0].headers
    assert client.get(f"{API}/profiles", headers={"X-API-Key": KEY}).status_code == 200


def test_a_key_for_a_profile_that_there_is_not_is_refused_at_the_start() -> None:
    app = create_app(WebSettings(api_keys={"hr": f"{HASH}:nowhere"}), Settings())
    with pytest.raises(SettingsError, match="nowhere"):
        app.extensions["inclusive_ads"].warm()


# Host names


@pytest.mark.parametrize(
    ("web", "host", "status"),
    [
        (WebSettings(), "localhost", 200),
        (WebSettings(), "127.0.0.1:8000", 200),
        (WebSettings(), "[::1]:8000", 200),
        (WebSettings(), "adverts.example.org", 400),
        (WebSettings(), "localhost.example.org", 400),
        (WebSettings(), "127.0.0.1.example.org:8000", 400),
        (WebSettings(trusted_proxy="127.0.0.1"), "adverts.example.org", 200),
        (WebSettings(hosts=("adverts.example.org",)), "adverts.example.org", 200),
        (WebSettings(hosts=("adverts.example.org",)), "adverts.example.org:8443", 200),
        (WebSettings(hosts=("adverts.example.org",)), "localhost", 400),
        (WebSettings(host="0.0.0.0", hosts=("a.example",)), "b.example", 400),
    ],
)
def test_the_server_answers_to_its_own_names_only(web: WebSettings, host: str, status: int) -> None:
    client = create_app(web, Settings()).test_client()
    assert client.get("/privacy", headers={"Host": host}).status_code == status
    assert client.get(f"{API}/health", headers={"Host": host}).status_code == 200  # load balancers ask by address


# JSON


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"text": "A clerk.", "text": "A salesman."}', "twice"),
        (b'{"text": "A clerk.", "post": {"grade": "SEO", "grade": "HEO"}}', "twice"),
        (b'{"text": "A clerk.", "t\\u0065xt": "A salesman."}', "twice"),
        (b'{"text": "A clerk."} {"text": "A salesman."}', "json"),
        (b'{"text": "A clerk."}{}', "json"),
        (b'{"text": "A clerk."} x', "json"),
        (b'{"text": NaN}', "json"),
        (b'{"text": "A clerk.", "x": Infinity}', "json"),
        ('{"text": "A clerk."}'.encode("utf-16"), "json"),
        (b'{"text": "\xff"}', "json"),
        (b"[" * 100_000, "json"),
        (b"", "json"),
    ],
)
def test_json_says_one_thing_or_is_refused(client: FlaskClient, body: bytes, code: str) -> None:
    for path in ("/check", "/fix", "/statement"):
        answer = client.post(API + path, data=body, content_type="application/json")
        assert (answer.status_code, answer.get_json(force=True)["code"]) == (400, code)
    batch = client.post(f"{API}/batch", data=body + b'\n{"id": "next", "text": "A clerk."}', content_type=LINES)
    last = json.loads(batch.data.splitlines()[-1])
    assert (last["id"], "error" in last) == ("next", False)
    batch.close()


def test_a_form_with_a_second_document_is_refused(client: FlaskClient) -> None:
    part = b'--b\r\nContent-Disposition: form-data; name="%s"; filename="a.txt"\r\n\r\nA clerk.\r\n'
    for names in ((b"document", b"document"), (b"document", b"other"), (b"document", b"adverts")):
        body = b"".join(part % name for name in names) + b"--b--\r\n"
        answer = client.post(f"{API}/check", data=body, content_type="multipart/form-data; boundary=b")
        assert answer.status_code == 422


# A batch whatever its lines hold


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (b'{"id": "\\ud800", "text": "A clerk."}', "line 1"),
        (b'{"id": "a\\udfffb", "text": "A clerk."}', "line 1"),
        (b'{"id": "\\ud83d\\ude00", "text": "A clerk."}', "\U0001f600"),
        (b'{"id": "x", "text": "\\ud800"}', "x"),
        (b'{"id": "x", "text": "A clerk.", "\\ud800": 1}', "x"),
        (b'{"id": "x", "text": "A clerk.", "post": {"\\udc00": 1}}', "x"),
        (b'{"id": "x", "text": "A clerk.", "post": {"grade": "\\ud800"}}', "x"),
        (b'{"id": "x", "text": "A clerk.", "format": "\\ud800"}', "x"),
        (b'{"id": "\\u0000", "text": "A clerk."}', "\0"),
        (b'{"id": "", "text": "A clerk."}', ""),
        (b'{"id": 1e999, "text": "A clerk."}', "line 1"),
        (b'{"id": 1.5, "text": "A clerk."}', "line 1"),
        (b'{"id": true, "text": "A clerk."}', "line 1"),
        (b'{"id": null, "text": "A clerk."}', "line 1"),
        (b'{"id": [1], "text": "A clerk."}', "line 1"),
        (b'{"id": ' + b"9" * 5000 + b', "text": "A clerk."}', "line 1"),
        (b'{"id": -12345678901234567890, "text": "A clerk."}', -12345678901234567890),
        (b'{"id": "x", "id": "y", "text": "A clerk."}', "line 1"),
        (b'{"id": "x", "text": "A clerk."} {}', "line 1"),
        (b'{"id": "x", "text": "\\u0000"}', "x"),
        (b'{"id": "x", "text": "' + b" " * 300_000 + b'clerk"}', "x"),
        (b"\xff\xfe", "line 1"),
        (b"null", "line 1"),
        (b"[" * 50_000, "line 1"),
    ],
)
def test_a_bad_line_is_a_line_and_the_batch_goes_on(client: FlaskClient, line: bytes, name: str | int) -> None:
    batch = client.post(f"{API}/batch", data=line + b'\n{"id": 2, "text": "A clerk."}\n', content_type=LINES)
    first, second = (json.loads(each) for each in batch.data.split(b"\n")[:-1])
    assert first["id"] == name
    assert first.get("error") or first["findings"] == []
    assert (second["id"], "error" in second) == (2, False)
    batch.close()


def test_a_fault_in_a_batch_is_a_line_too(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    work = client.application.extensions["inclusive_ads"]
    real = work.line
    monkeypatch.setattr(work, "line", lambda item, given: 1 / 0 if item.id == 1 else real(item, given))
    body = b'{"id": 1, "text": "A clerk."}\n{"id": 2, "text": "A clerk."}'
    batch = client.post(f"{API}/batch", data=body, content_type=LINES)
    first, second = (json.loads(each) for each in batch.data.splitlines())
    assert first == {"id": 1, "error": "The advert could not be checked."}
    assert "error" not in second
    batch.close()
