import shutil

import pytest

from inclusive_ads import Checker, LexiconError, Settings
from inclusive_ads.lexicon.checking import check_phrases, check_wording
from inclusive_ads.lexicon.files import lexicon_folder
from inclusive_ads.lexicon.loading import load_lexicon, load_vocabulary, load_wording
from inclusive_ads.selftest import run_selftests

GOOD = """- id: own-word
  forms: [zibble]
  severity: style
  affects: [everyone]
  message: A made-up word for the tests.
  why: It is only here to be found.
  source: practice
  evidence: convention
  alternatives: [bubble]
  examples:
    flag: [{text: "A [[zibble]].", fix: "A bubble."}]
    ok: [A bubble.]
"""


def mistake(own_lexicon, entries: str) -> LexiconError:
    with pytest.raises(LexiconError) as caught:
        check_phrases(load_lexicon([own_lexicon(entries)]))
    return caught.value


def test_a_good_entry_loads_and_passes_its_tests(own_lexicon):
    checker = Checker(Settings(lexicons=(own_lexicon(GOOD),)))
    assert list(run_selftests(checker, ["own-word"])) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("severity: style", "severty: style", 7, "Did you mean 'severity'"),
        ("severity: style", "severity: awful", 7, "severity"),
        ("  severity: style\n", "", 5, "severity"),
        ("forms: [zibble]", "forms: [(zibble]", 5, "not closed"),
        ("forms: [zibble]", "forms: ['{nothing} zibble']", 5, "no slot"),
        ("forms: [zibble]", "forms: [crb check]", 5, "belongs to 'stale-crb' too"),
        ("source: practice", "source: hearsay", 5, "not in sources.yaml"),
        ("id: own-word", "id: stale-crb", 5, "already used"),
        ("alternatives: [bubble]", "advice: ''", 5, "alternative, or advice"),
        ("[[zibble]]", "zibble", 15, "mark the wording"),
        (
            "forms: [zibble]",
            "forms: {singular: zibble, plural: zibbles}\n  alternativ: 1",
            7,
            "Did you mean 'alternatives'",
        ),
        ("alternatives: [bubble]", "alternatives: [{say: {plural: x}}]", 5, "says nothing for the form 'any'"),
        ("  why: It", "  why: It\n  why: It", 11, "stands twice"),
        ("forms: [zibble]", "forms: &a [zibble]", 0, "anchors"),
        ("forms: [zibble]", "forms: [zibble", 0, "The YAML cannot be read here"),
    ],
)
def test_a_mistake_names_file_line_and_remedy(own_lexicon, old, new, line, says):
    assert old in GOOD
    error = mistake(own_lexicon, GOOD.replace(old, new, 1))
    assert "own.yaml" in error.path
    assert says in str(error)
    if line:
        assert error.line == line
    assert error.remedy


def test_no_and_yes_are_words(own_lexicon):
    folder = own_lexicon(
        GOOD.replace("forms: [zibble]", "forms: [zibble, no zibble]\n  unless: [{just_before: [no], because: none}]")
    )
    (guard,) = load_lexicon([folder]).entries["own-word"].unless
    assert guard.just_before == ("no",)


def test_a_bare_number_is_asked_to_be_quoted(own_lexicon):
    error = mistake(own_lexicon, GOOD.replace("forms: [zibble]", "forms: [zibble, 24]"))
    assert error.remedy == "Put it in quotes."


def test_the_wrong_suffix_is_not_silently_ignored(own_lexicon):
    folder = own_lexicon(GOOD)
    (folder / "more.yml").write_text("category: x")
    with pytest.raises(LexiconError, match=r"end in \.yaml"):
        load_lexicon([folder])


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(LexiconError, match="no such lexicon folder"):
        load_lexicon([tmp_path / "nowhere"])


def test_an_organisation_can_switch_off_and_change(own_lexicon):
    folder = own_lexicon(GOOD)
    (folder / "lexicon.yaml").write_text(
        "entries:\n  stale-crb: {severity: discouraging, because: we mind more}\n"
        "  own-word: {off: true, because: our word}\n"
    )
    lexicon = load_lexicon([folder])
    assert lexicon.entries["stale-crb"].severity.value == "discouraging"
    assert "own-word" not in lexicon.entries


def test_changing_an_entry_that_is_not_there_is_refused(own_lexicon):
    folder = own_lexicon(GOOD)
    (folder / "lexicon.yaml").write_text("entries:\n  nobody: {off: true, because: gone}\n")
    with pytest.raises(LexiconError, match="no entry 'nobody'"):
        load_lexicon([folder])


def test_an_entry_may_be_cured_as_another_that_is_there(own_lexicon):
    lexicon = load_lexicon([own_lexicon(GOOD.replace("  severity:", "  cured_as: stale-crb\n  severity:", 1))])
    assert lexicon.entries["own-word"].alternatives[-1:] == lexicon.entries["stale-crb"].alternatives[-1:]
    with pytest.raises(LexiconError, match="no entry 'nobody'"):
        load_lexicon([own_lexicon(GOOD.replace("  severity:", "  cured_as: nobody\n  severity:", 1))])


def test_a_wrong_phrase_is_told_when_the_lexicon_is_loaded(own_lexicon):
    for wrong in ("zibble ((", "zibble ... [{nothing}] bubble"):
        with pytest.raises(LexiconError, match="own-word"):
            load_lexicon([own_lexicon(GOOD.replace("forms: [zibble]", f"forms: ['{wrong}']", 1))])
    folder = own_lexicon(GOOD)
    for wrong in ("((", "any ... words", "{digits}"):
        (folder / "lexicon.yaml").write_text(f"house_terms: ['{wrong}']\n")
        with pytest.raises(LexiconError, match=r"house.terms?"):
            load_lexicon([folder])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('fix: "A bubble."', 'fix: "A bauble."', "becomes 'A bubble.'"),
        ("ok: [A bubble.]", "ok: [The zibble.]", "is flagged"),
        ("[bubble]", "[zibble]", "becomes"),
        ("A [[zibble]].", "A [[zibble.]]", "at the mark"),
        ("forms: [zibble]", "forms: [zibble]\n  unless: [{sentence: [xyzzy], because: never}]", "changes none"),
        ("forms: [zibble]", "forms: [zibble]\n  about: applicant", "changes none"),
        ("alternatives: [bubble]", "alternatives: [crb check]", "becomes"),
        (', fix: "A bubble."', "", "has no fix"),
    ],
)
def test_self_tests_catch(own_lexicon, old, new, says):
    assert old in GOOD
    checker = Checker(Settings(lexicons=(own_lexicon(GOOD.replace(old, new, 1)),)))
    problems = [str(p) for p in run_selftests(checker, ["own-word"])]
    assert problems
    assert any(says in p for p in problems)
    assert all("own.yaml:5" in p for p in problems)


def test_a_fix_that_is_flagged_itself_is_offered_with_what_cures_it_and_told(own_lexicon):
    entry = GOOD.replace("[bubble]", "[CRB check]").replace('A bubble."}', 'A CRB check."}')
    checker = Checker(Settings(lexicons=(own_lexicon(entry),)))
    assert any("becomes 'A DBS check.', not 'A CRB check.'" in str(p) for p in run_selftests(checker, ["own-word"]))


def test_a_slot_in_two_files_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("inclusive_ads.lexicon.loading.lexicon_folder", lambda: tmp_path)
    (tmp_path / "xx" / "vocabulary").mkdir(parents=True)
    for name in ("pay", "shared"):
        (tmp_path / "xx" / "vocabulary" / f"{name}.yaml").write_text("slots:\n  sum_paid: [wage]\n")
    with pytest.raises(LexiconError, match=r"The slot 'sum_paid' stands in another file too\."):
        load_vocabulary("xx")


def test_a_family_in_two_files_is_refused_and_both_are_named(tmp_path):
    base = tmp_path / "en-GB"
    shutil.copytree(lexicon_folder() / "en-GB", base)
    for name in ("one", "two"):
        (base / "families" / f"{name}.yaml").write_text("families:\n  zibbling: {verbs: [zibble]}\n", encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        load_wording(base)
    assert "'zibbling' stands in families/one.yaml and in families/two.yaml" in caught.value.message
    assert caught.value.path == str(base / "families" / "two.yaml")
    assert (caught.value.line, caught.value.entry) == (2, "zibbling")


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("concepts/sex.yaml", "nouns:\n  [", "nouns:\n  [(zibble, ", "not closed"),
        ("operators/serve.yaml", "patterns:\n", 'patterns:\n  - "{nobody_knows} ...2 {whom}"\n', "no slot"),
        ("operators/suspect.yaml", "beside: choosing", "beside: zibbling", "no slot"),
        ("families/refusing.yaml", "families:\n", "families:\n  zibble: ['(zib']\n", "not closed"),
        ("families/refusing.yaml", "families:\n", "families:\n  zibble: {verbs: ['zib {ble}']}\n", "no slot"),
        ("families/verbs.yaml", "not_this:\n", "not_this:\n  - (zib\n", "not closed"),
        ("lawful.yaml", "lawful:\n", "lawful:\n  - {when: ['[zib'], then: silent, because: Zibble.}\n", "not closed"),
        ("persons.yaml", "persons:\n", 'persons:\n  - "{zibble} {head}"\n', "no slot"),
    ],
)
def test_a_wrong_phrase_of_the_wording_names_file_and_line(checker, tmp_path, file, old, new, says):
    base = tmp_path / "en-GB"
    shutil.copytree(lexicon_folder() / "en-GB", base)
    text = (base / file).read_text(encoding="utf-8")
    assert old in text
    (base / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        check_wording(load_wording(base), checker.lexicon.vocabulary, base)
    assert says in caught.value.message
    assert caught.value.path == str(base / file)
    assert caught.value.line > 0
    assert caught.value.remedy
    assert caught.value.entry == ("zibble" if "zibble:" in new else "")


def test_a_wrong_phrase_of_a_shipped_entry_names_file_and_line(tmp_path, monkeypatch):
    shutil.copytree(lexicon_folder(), tmp_path / "lexicons")
    path = tmp_path / "lexicons" / "en-GB" / "culture.yaml"
    text = path.read_text(encoding="utf-8").replace("    forms:\n", '    forms:\n      - "{nobody_knows}"\n', 1)
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr("inclusive_ads.lexicon.loading.lexicon_folder", lambda: tmp_path / "lexicons")
    with pytest.raises(LexiconError, match=r"there is no slot '\{nobody_knows\}'") as caught:
        Checker()
    assert caught.value.path == str(path)
    assert caught.value.line > 0
    assert caught.value.entry
    assert caught.value.remedy
