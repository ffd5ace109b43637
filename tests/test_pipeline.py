"""The spaCy components, and the questions that need a parse."""

import pytest
import spacy

from inclusive_ads import SettingsError
from inclusive_ads.analysis.syntax import Syntax, _model


def test_the_components_work_in_somebody_elses_pipeline():
    nlp = spacy.blank("en")
    nlp.add_pipe("inclusive_ads_matcher")
    nlp.add_pipe("inclusive_ads_context")
    doc = nlp("You need an enhanced CRB check. The word “CRB” is old.")
    assert [s.text for s in doc.spans["inclusive_ads"]] == ["CRB check"]
    assert doc.spans["inclusive_ads"][0].label_ == "stale-crb"
    assert len(doc.spans["inclusive_ads_candidates"]) > 1


def test_an_empty_doc_is_no_error():
    nlp = spacy.blank("en")
    nlp.add_pipe("inclusive_ads_matcher")
    nlp.add_pipe("inclusive_ads_context")
    assert not nlp(" ").spans["inclusive_ads"]


@pytest.mark.model
def test_verbs_of_a_subject():
    sentence = "She plans the work and writes the report."
    verbs = Syntax().verbs(sentence, 0)
    assert [sentence[a:b] for a, b in verbs] == ["plans", "writes"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("sentence", "word", "subject"),
    [("The patients are often young.", "young", "patients"), ("Young patients come here.", "Young", "patients")],
)
def test_who_the_wording_is_said_of(sentence, word, subject):
    start = sentence.index(word)
    assert Syntax().subject(sentence, start, start + len(word)) == subject


def test_a_model_that_is_not_installed_is_a_clear_error():
    with pytest.raises(SettingsError, match="not installed"):
        Syntax("en_no_such_model")


def test_without_a_model_it_says_so():
    assert not Syntax("none").available


@pytest.mark.model
def test_the_model_is_loaded_once_a_process():
    Syntax().verbs("She plans.", 0)
    loaded = _model.cache_info().currsize
    Syntax().verbs("She plans.", 0)
    assert _model.cache_info().currsize == loaded
    assert _model.cache_info().hits > 0
