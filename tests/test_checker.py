"""The whole run: offsets, edits, order, fixing twice."""

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

import inclusive_ads
from inclusive_ads import Checker, Document, InputError, Verdict, check, plan
from inclusive_ads.text.edits import apply_edits

EXAMPLE = (Path(__file__).parent.parent / "examples" / "private-office.txt").read_text(encoding="utf-8")
PIECES = st.sampled_from([
    "The chairman", "he or she", "will", "an enhanced CRB check", "is", "needed", ".", ",", "\n", "\n\n- ", "&nbsp;",
    "\u00a0", "“", "”", "’s", "\u00ad", "👩‍💻", "competitive salary", "manpower", "a", "and", "driving licence",
    "\r\n", "\t", "café", "\u0301",
])  # fmt: skip
ADVERTS = (
    st.lists(PIECES, min_size=1, max_size=40)
    .map(" ".join)
    .filter(
        lambda text: any(map(str.isalpha, text.replace("&nbsp;", "")))  # spaces alone are no advert
    )
)


@settings(max_examples=150)
@given(ADVERTS, st.sampled_from(["text", "markdown", "html"]))
def test_offsets_give_exactly_the_text_of_the_finding(advert, format_):
    try:
        document = Document.from_text(advert, format=format_)
    except InputError:  # nothing but spaces is left
        reject()
    for finding in check(document).findings:
        assert advert[finding.start : finding.end] == finding.text
        assert finding.sentence_start <= finding.start < finding.end <= finding.sentence_end
        for suggestion in finding.suggestions:
            assert all(0 <= e.start <= e.end <= len(advert) for e in suggestion.edits)


@settings(max_examples=60)
@given(ADVERTS)
def test_fixing_twice_changes_nothing_more(advert):
    once = fixed(advert)
    assert fixed(once) == once


def fixed(advert: str) -> str:
    if not advert.strip():
        return advert
    return apply_edits(advert, plan(Document.from_text(advert), check(advert).findings))


@settings(max_examples=60)
@given(ADVERTS)
def test_what_was_fixed_is_not_found_again_and_nothing_new_appears(advert):
    before = check(advert).findings
    after = check(fixed(advert)).findings
    assert {f.entry for f in after} <= {f.entry for f in before}
    made = [f for f in before if f.suggestions and f.suggestions[0].safety == "safe"]
    assert len(after) <= len(before)
    if made:
        assert len(after) < len(before) or fixed(advert) == advert


@settings(max_examples=60)
@given(ADVERTS)
def test_findings_are_in_order_and_do_not_overlap(advert):
    findings = check(advert).findings
    assert sorted(f.number for f in findings) == list(range(1, len(findings) + 1))
    assert all(a.end <= b.start for a, b in pairwise(findings))


def test_the_same_advert_gives_the_same_report_from_a_fresh_checker():
    assert Checker().check(EXAMPLE) == check(EXAMPLE)


def test_the_example_is_not_ready_and_its_improved_form_is_better():
    report = check(EXAMPLE)
    assert report.wording is not Verdict.READY
    found = {f.entry for f in report.findings}
    assert "stale-crb" in found
    assert len(check(report.improved).findings) < len(report.findings)
    assert "CRB" not in report.improved


@pytest.mark.parametrize(
    ("text", "code"), [("", "empty"), ("  \n\t ", "empty"), ("x" * 200_001, "too-long"), ("a\x00b", None)]
)
def test_bad_input_gets_a_clear_error(text, code):
    with pytest.raises(InputError) as caught:
        check(text)
    assert caught.value.remedy
    assert code is None or caught.value.code == code


def test_a_report_as_json_says_its_schema():
    data = json.loads(json.dumps(check(EXAMPLE).to_dict()))
    assert data["schema_version"] == inclusive_ads.report.SCHEMA_VERSION
    assert data["findings"][0]["suggestions"] is not None
    assert set(data) == set(check(EXAMPLE).__dataclass_fields__)


def test_edits_leave_html_tags_alone():
    source = "<ul><li>An enhanced <b>CRB</b> check &amp; more</li></ul>"
    report = check(Document.from_text(source, format="html"))
    assert "<b>DBS check</b>" in report.improved or "<b>DBS</b> check" in report.improved
    assert "&amp; more</li></ul>" in report.improved


def test_importing_the_library_loads_nothing_heavy():
    heavy = ("spacy", "pydantic", "yaml", "flask", "scipy", "textstat")
    code = f"import sys, inclusive_ads; print([m for m in {heavy} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_everything_public_is_there():
    for name in inclusive_ads.__all__:
        assert getattr(inclusive_ads, name) is not None
    assert len(set(inclusive_ads.__all__)) == len(inclusive_ads.__all__)  # their order is the linter's


def test_spacy_is_not_loaded_where_no_sentence_needs_it():
    use = "from inclusive_ads import check; check('An enhanced CRB check is needed.')"
    code = f"import sys; {use}; print('spacy' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"
