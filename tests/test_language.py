"""What is not English is never called ready, from whichever door; and no English sentence goes unread for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from inclusive_ads import Checker, Settings, Verdict
from inclusive_ads.cli import main
from inclusive_ads_web import WebSettings, create_app

FOREIGN = {
    "Femmes uniquement": "French",
    "Nous recherchons un serveur pour notre restaurant à Londres. Hommes seulement.": "French",
    "Nur Männer": "",
    "Wir suchen einen Koch für unsere Küche in Leeds.": "German",
    "Szukamy kierowcy do pracy w magazynie. Tylko mężczyźni.": "Polish",
    "Tylko kobiety": "Polish",
    "Rydym yn chwilio am nyrs i ymuno â'n tîm yn Abertawe.": "Welsh",
    "Swyddog Gweinyddol": "Welsh",
    "Cyflog: £24,000 y flwyddyn": "Welsh",
    "Dynion yn unig": "Welsh",
    "Tá tiománaí ag teastáil uainn. Fir amháin.": "Irish",
    "Tha sinn a' sireadh draibhear.": "Scottish Gaelic",
    "Se busca camarero para restaurante en Manchester. Solo hombres.": "Spanish",
    "Cercasi cameriera di bella presenza, massimo trent'anni.": "Italian",
    "Căutăm șofer pentru depozit în Birmingham. Doar bărbați.": "Romanian",
    "Ieškome vairuotojo darbui sandėlyje.": "Lithuanian",
    "Procuramos empregada de limpeza. Só mulheres.": "Portuguese",
    "Wij zoeken een kok voor ons restaurant in Londen. Alleen mannen.": "Dutch",
    "Търсим шофьор за работа в склад. Само мъже.": "Bulgarian",
    "Требуется водитель. Только мужчины.": "Russian",
    "Keresünk egy szakácsot. Csak férfiak.": "Hungarian",
    "Şoför aranıyor. Sadece erkekler.": "Turkish",
    "招聘厨师，只限男性。": "Chinese",
    "مطلوب سائق. رجال فقط.": "Arabic",
}
NOBODYS = ["asdf", "qwer zxcv", "lorem ipsum dolor sit amet", "12345 67", "!!! ???", "xxxx xxxx xxxx"]
ENGLISH = [
    "Plasterer",
    "Scaffolder",
    "Barmaid needed",
    "Groundworkers wanted",
    "Chef de partie",
    "Sous chef, Le Gavroche, London",
    "Café Rouge Leeds",
    "Maître d'hôtel wanted",
    "Kitchen porter / Küchenhilfe",
    "Au pair",
    "Open doors day",
    "Skin care nurse",
    "No gays.",
    "No Jews.",
    "No Sikhs, please.",
    "Gravitas is essential",
    "Zero-hours contract, on permanent standby",
    "Knows IFRS and COBIT",
    "HGV drivers, CPC",
    "Prince2, ITIL, SQL, Python",
    "Ysgol Bryn Elian needs a caretaker",
]
WELSH = """Nyrs Staff

Rydym yn chwilio am nyrs gofrestredig i ymuno â'n tîm ar Ward y Bryn yn Abertawe, gan weithio ar draws y safle.

Byddwch yn gofalu am gleifion ar ôl llawdriniaeth ac yn gweithio gyda'u teuluoedd bob dydd o'r wythnos.

"""
STAFF_NURSE = """Staff nurse

We are looking for a registered nurse to join the team on Bryn Ward in Swansea.

You will care for patients after surgery and work with their families.
"""


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(WebSettings(api_rate="10000 per minute"), Settings()).test_client()


def run(*args: str, text: str = "") -> Result:
    return CliRunner().invoke(main, [*args], input=text)


@pytest.mark.parametrize("text", FOREIGN)
def test_another_language_is_not_assessed(checker: Checker, text: str) -> None:
    report = checker.check(text)
    assert report.wording is Verdict.NOT_ASSESSED
    assert not report.complete
    assert FOREIGN[text] in report.summary
    assert report.not_read
    assert report.statements.chosen == ()


@pytest.mark.parametrize("text", NOBODYS)
def test_words_that_nobody_knows_are_not_assessed(checker: Checker, text: str) -> None:
    report = checker.check(text)
    assert report.wording is Verdict.NOT_ASSESSED
    assert "No English" in report.summary
    assert [part.code for part in report.not_read] == ["unknown"]


@pytest.mark.parametrize("text", ENGLISH)
def test_short_english_is_assessed(checker: Checker, text: str) -> None:
    report = checker.check(text)
    assert report.wording is not Verdict.NOT_ASSESSED
    assert report.not_read == ()


@pytest.mark.parametrize("sentence", ["Only men may apply.", "No Jews.", "You must be under 30."])
def test_a_bar_is_found_in_whatever_language_it_stands(checker: Checker, sentence: str) -> None:
    report = checker.check(f"{WELSH}{sentence}\n")
    assert report.wording is Verdict.STOP
    assert "Welsh" in report.summary


def test_an_advert_in_two_languages_is_judged_in_its_english_half(checker: Checker) -> None:
    text = WELSH + STAFF_NURSE
    report = checker.check(text)
    assert report.wording is Verdict.READY
    assert "What is in Welsh was not checked." in report.summary
    (part,) = report.not_read
    assert (part.code, part.names) == ("language", ("Welsh",))
    assert part.start is not None
    assert text[part.start : part.end].strip() == WELSH.strip()


def test_an_advert_with_a_line_of_english_is_not_assessed(checker: Checker) -> None:
    assert checker.check(f"{WELSH}Send us your CV.\n").wording is Verdict.NOT_ASSESSED


def test_a_welsh_name_or_address_is_no_welsh_advert(checker: Checker) -> None:
    report = checker.check(STAFF_NURSE + "\nBwrdd Iechyd Prifysgol Bae Abertawe, Heol Ystradgynlais\n")
    assert report.not_read == ()


def test_every_door_says_so(client: FlaskClient, tmp_path: Path) -> None:
    advert = tmp_path / "advert.txt"
    advert.write_text("Nur Männer", encoding="utf-8")
    shown = run("check", str(advert))
    assert shown.exit_code == 2
    assert shown.output.splitlines()[1].startswith("Not assessed. No English was found")
    (line,) = map(json.loads, run("batch", str(advert)).stdout.splitlines())
    assert (line["wording"], line["complete"]) == ("not assessed", False)
    assert line["not_read"][0]["code"] == "unknown"
    table = run("batch", str(advert), "--format", "csv").stdout.splitlines()
    assert "not assessed,False,1 text without English words" in table[1]
    sarif = json.loads(run("check", str(advert), "--format", "sarif").stdout)
    (told,) = sarif["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert told["descriptor"]["id"] == "not-read-unknown"
    assert run("check", str(advert), "--format", "github").stdout.startswith("::warning file=")
    assert "Not assessed" in run("batch", str(advert), "--format", "html").stdout
    assert client.post("/api/v2/check", json={"text": "Nur Männer"}).json["wording"] == "not assessed"
    batch = client.post("/api/v2/batch", data='{"id": 1, "text": "asdf"}', content_type="application/x-ndjson")
    assert json.loads(batch.text)["wording"] == "not assessed"
    page = client.post("/result", data={"advert": "Nur Männer", "profile": "generic"})
    assert page.status_code in (200, 400)


def test_exit_codes_put_a_finding_first(tmp_path: Path) -> None:
    for name, text in (("a", "asdf"), ("b", "Only men may apply."), ("c", "A cook in Leeds.")):
        (tmp_path / f"{name}.txt").write_text(text)
    a, b, c = (str(tmp_path / f"{name}.txt") for name in "abc")
    assert [run("check", *files).exit_code for files in ((a,), (b,), (c,), (a, c), (a, b))] == [2, 1, 0, 2, 1]
    assert [run("batch", *files).exit_code for files in ((a,), (b,), (c,), (a, c), (a, b))] == [2, 1, 0, 2, 1]
    told = run("batch", a, b, c)
    assert "1 of 3 adverts were not assessed" in told.stderr
    assert len(told.stdout.splitlines()) == 3


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("Only men may apply.", 1, "do not publish yet"),
        ("asdf", 2, "not assessed"),
        ("A cook in Leeds.", 0, ""),
        ("The chairman leads us.", 0, ""),
    ],
)
def test_fix_says_what_its_advert_comes_to(text: str, code: int, said: str) -> None:
    result = run("fix", "-", text=text)
    assert result.exit_code == code
    assert said in result.stderr
    assert bool(result.stderr) == bool(said)


STORED = """Subject: Job
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

T25seSBtZW4gbWF5IGFwcGx5Lgo=
"""


def test_a_stored_e_mail_that_was_pasted_is_not_assessed(checker: Checker) -> None:
    report = checker.check(STORED)
    assert report.wording is Verdict.NOT_ASSESSED
    assert ".eml" in report.summary
    assert "stored-mail" in [part.code for part in report.not_read]


def test_an_e_mail_whose_words_can_be_read_is_assessed(checker: Checker) -> None:
    plain = STORED.replace("base64", "8bit").replace("T25seSBtZW4gbWF5IGFwcGx5Lgo=", "Only men may apply.")
    assert checker.check(plain).wording is Verdict.STOP
