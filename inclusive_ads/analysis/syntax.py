"""Tags and parses for the guards that need them; `components` has the parts for somebody else's pipeline.

spaCy is imported at the first sentence that needs it. The tagger and parser see single sentences only.
Where no model is installed, `Syntax.available` is False and the callers say so.
"""

from __future__ import annotations

import importlib
import importlib.util
import threading
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from inclusive_ads.errors import SettingsError
from inclusive_ads.settings import MODELS

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_T = TypeVar("_T")
_UNUSED = ("ner", "lemmatizer", "attribute_ruler", "senter")


_LOCK = threading.Lock()  # a model does one sentence at a time


@cache
def _model(name: str) -> Language:
    """The model, loaded once for all checkers of a process."""
    model: Language = importlib.import_module(name).load(exclude=list(_UNUSED))
    return model


class Syntax:
    """Tags and parses one sentence at a time; `name` says with which model ("none" for none).

    Args:
        model: name of an installed model, "" for the first known one, "none" for no model.

    Raises:
        SettingsError: a model is named that is not installed.
    """

    def __init__(self, model: str = "") -> None:
        self.name = model or next((name for name in MODELS if importlib.util.find_spec(name)), "none")
        if self.name != "none" and importlib.util.find_spec(self.name) is None:
            raise SettingsError(
                f"The language model '{model}' is not installed.", "Install it, or leave the setting empty."
            )
        self.parsed = 0

    @property
    def available(self) -> bool:
        """Whether a model is installed."""
        return self.name != "none"

    def load(self) -> None:
        """Load the model now and not with the first sentence that needs it."""
        if self.available:
            _model(self.name)

    def _ask(self, sentence: str, question: Callable[[Doc], _T]) -> _T:
        with _LOCK:
            nlp = _model(self.name)
            self.parsed += 1
            # A long-lived server must not grow with every new word it has seen; nothing of the Doc leaves the zone.
            with nlp.memory_zone():
                return question(nlp(sentence))

    def verbs(self, sentence: str, subject: int) -> list[tuple[int, int]]:
        """Offsets of the present-tense verbs whose subject starts at offset `subject`."""

        def question(doc: Doc) -> list[tuple[int, int]]:
            token = next((t for t in doc if t.idx >= subject), None)
            if token is None:
                return []
            head = token.head
            found = [head, *head.conjuncts, *(c for c in head.children if c.dep_ in ("aux", "auxpass"))]
            return [(t.idx, t.idx + len(t.text)) for t in found if t.tag_ == "VBZ" and t.idx > subject]

        return self._ask(sentence, question)

    def subject(self, sentence: str, start: int, end: int) -> str:
        """The noun that the wording at ``sentence[start:end]`` is said of, in lower case ("" if none)."""

        def question(doc: Doc) -> str:
            inside = [t for t in doc if t.idx < end and t.idx + len(t.text) > start]
            if not inside:
                return ""
            token = _top(inside)
            for _ in range(len(doc)):
                if token.dep_ in ("amod", "compound", "poss", "nmod", "conj", "acomp", "attr", "advmod", "appos"):
                    if token.dep_ in ("acomp", "attr"):
                        subjects = [c for c in token.head.children if c.dep_ in ("nsubj", "nsubjpass")]
                        return subjects[0].text.lower() if subjects else ""
                    token = token.head
                elif token.dep_ in ("dobj", "pobj", "ROOT", "xcomp", "ccomp", "prep"):
                    subjects = [c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")]
                    if subjects:
                        return subjects[0].text.lower()
                    if token.pos_ in ("NOUN", "PROPN") and token not in inside and token.dep_ != "prep":
                        return token.text.lower()
                    if token.head is token:
                        return ""
                    token = token.head
                else:
                    return token.text.lower() if token not in inside else ""
            return ""

        return self._ask(sentence, question)


def _top(tokens: list[Token]) -> Token:
    """The token whose head lies outside the others."""
    return next((t for t in tokens if t.head not in tokens or t.head is t), tokens[0])
