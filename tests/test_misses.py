"""The list of silent sentences that look most worth raising."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from benchmarks import misses
from benchmarks.misses import Sentence
from inclusive_ads import Checker, Document
from inclusive_ads.batch.items import Item

ADVERT = "The chairman needs a laptop. You will count the boats at dawn.\nLeeds\n- Bring your own ladder to work\n"


def test_only_sentences_without_a_finding_are_listed_each_once(checker: Checker) -> None:
    found = misses.silent_sentences(checker, [Item(id="a", text=ADVERT), Item(id="b", text=ADVERT)])
    assert found == [
        Sentence("a", "You will count the boats at dawn."),
        Sentence("a", "Bring your own ladder to work"),
    ]


def test_places_are_those_of_the_advert_where_markup_stands_between(checker: Checker) -> None:
    document = Document.from_text("<p>We <b>count</b> &amp; mend boats.</p><p>The chairman counts.</p>", format="html")
    assert list(misses.silent(checker, document)) == ["We count & mend boats."]


def test_an_advert_that_cannot_be_read_is_told_and_the_rest_are_listed(
    checker: Checker, capsys: pytest.CaptureFixture[str]
) -> None:
    found = misses.silent_sentences(checker, [Item(id="gone", path="gone.txt"), Item(id="a", text=ADVERT)])
    assert len(found) == 2
    assert capsys.readouterr().err.startswith("gone: ")


def test_every_example_of_the_lexicons_is_learnt_from_without_its_marks(checker: Checker) -> None:
    found = misses.examples(checker)
    entries = checker.lexicon.entries.values()
    assert sum(s.fault for s in found) == sum(len(e.examples.flag) for e in entries)
    assert sum(not s.fault for s in found) == sum(len(e.examples.ok) for e in entries)
    assert not [s for s in found if "[[" in s.text]


@pytest.mark.parametrize(
    "line", ['{"text": "We mend boats."}', '{"text": "We mend boats.", "label": "maybe"}', "[]", "no", ""]
)
def test_a_line_without_a_label_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_text('{"text": "We mend boats.", "label": "leave"}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"labelled\.jsonl:2: not"):
        misses.labelled(str(path))


@pytest.mark.misses
def test_what_resembles_the_faults_it_learnt_comes_first() -> None:
    raised = ["We would rather not take {} on.", "Please no {} at the front desk.", "This is no place for {}."]
    left = ["We work with {} every day.", "Our service helps {} to read.", "The centre is open to {}."]
    learnt = [Sentence("", text.format(who), True) for text in raised for who in ("smokers", "drummers")]
    learnt += [Sentence("", text.format(who), False) for text in left for who in ("smokers", "drummers")]
    mine = [Sentence("a", "Our service helps painters."), Sentence("a", "We would rather not take painters on.")]
    order = misses.ranked(misses.learn(learnt), mine)
    assert [s.text for _, s in order] == [mine[1].text, mine[0].text]
    assert 1 > order[0][0] > 0.5 > order[1][0] > 0
    assert misses.ranked(misses.learn(learnt), []) == []


@pytest.mark.misses
def test_the_command_lists_the_silent_sentences_and_judges_labelled_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    advert, labelled = tmp_path / "advert.txt", tmp_path / "labelled.jsonl"
    advert.write_text(ADVERT, encoding="utf-8")
    told = {"text": "The chairman is in.", "label": "raise"}
    lines = [told, *({"text": f"You will mend {n} boats.", "label": "leave"} for n in range(60))]
    lines += [{"text": f"Bring your own boat, at {n}.", "label": "raise"} for n in range(20)]
    labelled.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    command = ["misses", str(advert), "--learn", str(labelled), "--judge", str(labelled), "--top", "1"]
    monkeypatch.setattr(sys, "argv", command)
    misses.main()
    counted, near, listed = capsys.readouterr().out.splitlines()
    assert counted == "81 sentences, 80 silent, 20 of them faults"
    assert near == "first 50: 20 faults (12 by chance)"
    assert listed.split("\t")[1:] == [str(advert), "Bring your own ladder to work"]


def test_what_is_not_there_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["misses", "--learn", str(tmp_path / "gone.jsonl")])
    with pytest.raises(SystemExit, match=r"misses: .*gone\.jsonl"):
        misses.main()
