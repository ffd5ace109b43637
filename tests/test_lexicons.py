"""The lexicons that ship: every entry's own examples, and what holds for all of them."""

from pathlib import Path

import pytest

from inclusive_ads import Checker
from inclusive_ads.analysis.near_words import near_words_page
from inclusive_ads.lexicon.guide import entry_markdown, pages
from inclusive_ads.lexicon.known import load_known
from inclusive_ads.lexicon.legible import lists_that_stand_twice, long_phrases
from inclusive_ads.lexicon.loading import load_lexicon
from inclusive_ads.lexicon.signs import slots
from inclusive_ads.selftest import known_problems, run_selftests

ROOT = Path(__file__).parent.parent
ENTRIES = sorted(load_lexicon().entries)


@pytest.mark.parametrize("category", sorted(load_lexicon().categories))
def test_the_examples_of_every_entry(checker, category):
    ids = [e.id for e in checker.lexicon.entries.values() if e.category == category]
    assert ids
    assert [str(p) for p in run_selftests(checker, ids)] == []


def test_ids_begin_with_their_category(checker):
    for entry in checker.lexicon.entries.values():
        if not entry.forms:  # a reading: operator and concept
            continue
        head = entry.category.split("-")[0]
        assert entry.id.startswith((entry.category, head)), entry.id


def test_messages_are_calm(checker):
    for entry in checker.lexicon.entries.values():
        assert "!" not in entry.message + entry.why, entry.id
        assert "unlawful" not in (entry.message + entry.why).lower().replace("likely unlawful", ""), entry.id


def test_every_source_is_used_and_every_slot_too(checker):
    used = {name for e in checker.lexicon.entries.values() for name in e.source}
    used |= {item.source for item in checker.lexicon.checklist.items} | {"gaucher-2011", "castilla-rho-2023"}
    used |= {name for rule in checker.lexicon.wording.lawful for name in rule.source}
    assert set(checker.lexicon.sources) - used == set()
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "lexicons" / "en-GB").rglob("*.yaml"))
    lists = {*checker.lexicon.vocabulary.slots}.union(*(one.slots for one in checker.lexicon.wording.concepts))
    assert [name for name in lists if f"{{{name}}}" not in text] == []


def test_a_name_of_a_concept_stands_for_its_own_list_alone(checker):
    wording, vocabulary = checker.lexicon.wording, checker.lexicon.vocabulary
    taken = {*vocabulary.slots, *vocabulary.builtin, *wording.families.words, *slots(wording.persons)}
    assert [(one.concept, name) for one in wording.concepts for name in one.slots if name in taken] == []


def test_a_name_stands_for_a_word_list_or_a_family_and_never_for_both(checker):
    assert set(checker.lexicon.vocabulary.slots).intersection(checker.lexicon.wording.families.words) == set()


def test_every_family_is_used(checker):
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "lexicons" / "en-GB").rglob("*.yaml"))
    text += (ROOT / "inclusive_ads" / "wording" / "reader.py").read_text(encoding="utf-8")
    operators = {operator.beside for operator in checker.lexicon.wording.operators}
    operators |= {pattern.without for operator in checker.lexicon.wording.operators for pattern in operator.patterns}
    names = [name for name in checker.lexicon.wording.families.words if f"{{{name}}}" not in text]
    assert set(names) - operators == set()


def test_a_person_can_read_every_phrase(checker):
    assert list(long_phrases(checker.lexicon)) == []
    assert list(lists_that_stand_twice(checker.lexicon)) == []


def test_the_guide_shows_what_people_write_and_no_patterns(checker):
    for entry in checker.lexicon.entries.values():
        page = entry_markdown(entry, checker.lexicon)
        assert page.startswith(f"## “{entry.name}”\n")
        assert f"“{entry.wordings[0]}”" in page
        assert not set("{|}").intersection(page)


def test_the_guide_is_current(checker):
    folder = ROOT / "docs" / "lexicon"
    written = {p.name: p.read_text(encoding="utf-8") for p in folder.glob("*.md")}
    assert written == pages(checker.lexicon), "run: make guide"


def test_the_near_words_are_current(checker):
    path = ROOT / "lexicons" / "en-GB" / "near_words.yaml"
    assert path.read_text(encoding="utf-8") == near_words_page(checker.lexicon), "run: make guide"


def test_no_python_file_holds_a_list_of_flagged_words(checker):
    forms = {
        phrase
        for entry in checker.lexicon.entries.values()
        for phrases in entry.forms.values()
        for phrase in phrases
        if len(phrase) > 9 and phrase.replace(" ", "").isalpha()
    }
    for folder in (ROOT / "inclusive_ads", ROOT / "web"):
        for path in folder.rglob("*.py"):
            text = path.read_text(encoding="utf-8").lower()
            held = [form for form in forms if f'"{form}"' in text or f"'{form}'" in text]
            assert not held, f"{path}: {held}"


def test_what_is_known_to_come_out_wrong_still_does(checker: Checker) -> None:
    known = load_known()
    assert len(known.known_miss) >= 10
    assert [str(problem) for problem in known_problems(checker)] == []
