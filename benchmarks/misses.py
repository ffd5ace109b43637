"""Silent sentences of adverts, those first that look most like wording worth raising: for a person to read.

    python -m benchmarks.misses ADVERTS...                              folders, files, CSV, JSON lines of adverts
    python -m benchmarks.misses ADVERTS... --learn LABELLED.jsonl       learn from sentences of your own, too
    python -m benchmarks.misses --judge LABELLED.jsonl                  how far up the faults that are missed stand

LABELLED lines: {"text", "label": "raise"|"leave"}. A linear model of words learns from the examples in the lexicons and
from what you give. It does not know what it reads: its list says where to look, and is no finding.
Needs scikit-learn (`make misses`).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inclusive_ads import Checker, Document, InclusiveAdsError
from inclusive_ads.batch.items import Item, read_items
from inclusive_ads.lexicon.models import MARKED

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

LABELS = {"raise": True, "leave": False}
SHORTEST = 3  # words; less is a heading or a fact
DEPTHS = (50, 100, 200, 400)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; `fault` says whether it is worth raising, where a person has said so."""

    advert: str
    text: str
    fault: bool = False


def examples(checker: Checker) -> list[Sentence]:
    """The examples of every entry: those that are found are faults, those that stay silent are none."""
    return [
        Sentence(entry.id, " ".join(MARKED.sub(r"\1", example.text).split()), fault)
        for entry in checker.lexicon.entries.values()
        for found, fault in ((entry.examples.flag, True), (entry.examples.ok, False))
        for example in found
    ]


def labelled(path: str) -> list[Sentence]:
    """The sentences of a JSON lines file, each with its label.

    Raises:
        ValueError: a line is no object with "text" and a label, with its number.
    """
    read = []
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        try:
            data = json.loads(line)
            read.append(Sentence(str(data.get("id", number)), data["text"], LABELS[data["label"]]))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ValueError(f'{path}:{number}: not {{"text": ..., "label": "raise" or "leave"}}') from None
    return read


def learn(sentences: Sequence[Sentence]) -> Pipeline:
    """A linear model of up to three words in a row; letters and other models ranked no better."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    words = TfidfVectorizer(ngram_range=(1, 3), sublinear_tf=True, token_pattern=r"\w+")
    model = make_pipeline(words, LogisticRegression(class_weight="balanced", max_iter=2_000))
    return model.fit([s.text for s in sentences], [s.fault for s in sentences])


def silent(checker: Checker, document: Document) -> Iterator[str]:
    """The sentences of an advert of which nothing is said."""
    found = [document.clean_span(f.start, f.end) for f in checker.check(document).findings]
    for low, high in checker.analyse(document).sentences:
        text = " ".join(document.text[low:high].split())
        if text.count(" ") >= SHORTEST - 1 and not any(start < high and low < end for start, end in found):
            yield text


def silent_sentences(checker: Checker, items: Iterable[Item]) -> list[Sentence]:
    """Those of all adverts, each once; an advert that cannot be read is told on stderr and left out."""
    kept: dict[str, Sentence] = {}
    for item in items:
        try:
            document = Document.from_file(item.path) if item.path else Document.from_text(item.text, format=item.format)
            for text in silent(checker, document):
                kept.setdefault(text, Sentence(str(item.id), text))
        except InclusiveAdsError as error:
            print(f"{item.id}: {error}", file=sys.stderr)
    return list(kept.values())


def ranked(model: Pipeline, sentences: Sequence[Sentence]) -> list[tuple[float, Sentence]]:
    """Each with how likely it is worth raising (0 to 1), the likeliest first."""
    if not sentences:
        return []
    likely = model.predict_proba([s.text for s in sentences])[:, 1]
    return sorted(zip(likely.tolist(), sentences, strict=True), key=lambda pair: -pair[0])


def judge(checker: Checker, model: Pipeline, sentences: Sequence[Sentence]) -> Iterator[str]:
    """For the sentences that get no finding at all: how many faults stand so far up the list, and by chance."""
    missed = [s for s in sentences if not checker.check(s.text).findings]
    order = [s.fault for _, s in ranked(model, missed)]
    faults = sum(order)
    yield f"{len(sentences)} sentences, {len(missed)} silent, {faults} of them faults"
    for depth in (d for d in DEPTHS if d < len(order)):
        by_chance = round(depth * faults / len(order))
        yield f"first {depth}: {sum(order[:depth])} faults ({by_chance} by chance)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("adverts", nargs="*")
    parser.add_argument("--learn", action="append", default=[], metavar="LABELLED.jsonl")
    parser.add_argument("--judge", action="append", default=[], metavar="LABELLED.jsonl")
    parser.add_argument("--top", type=int, default=200)
    options = parser.parse_args()
    try:
        checker = Checker()
        model = learn([*examples(checker), *(s for path in options.learn for s in labelled(path))])
        for path in options.judge:
            print("\n".join(judge(checker, model, labelled(path))))
        for likely, sentence in ranked(model, silent_sentences(checker, read_items(options.adverts)))[: options.top]:
            print(f"{likely:.2f}\t{sentence.advert}\t{sentence.text}")
    except (InclusiveAdsError, ValueError, OSError) as error:
        sys.exit(f"misses: {error}")


if __name__ == "__main__":
    main()
