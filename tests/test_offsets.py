"""A place in the clean text is none in the source: a mix-up is refused before anything runs."""

from __future__ import annotations

from pathlib import Path

from mypy import api

ROOT = Path(__file__).parents[1]
HEAD = """
from inclusive_ads.offsets import CleanOffset, SourceOffset
from inclusive_ads.report import LongSentence
from inclusive_ads.text.document import Document

document = Document.from_text("We need a <b>host</b>.", format="html")
block = document.blocks[0]
there, end_there = document.span(block.start, block.end)
here, end_here = document.clean_span(there, end_there)
"""
RIGHT = [
    "document.span(here, end_here)",
    "document.edits(here, end_here, '')",
    "LongSentence(start=there, end=there, words=1)",
]
MIXED_UP = [
    "document.span(there, end_there)",
    "document.clean_span(block.start, block.end)",
    "document.clean_span(*document.clean_span(there, end_there))",
    "document.edits(there, end_there, '')",
    "LongSentence(start=block.start, end=block.end, words=1)",
    "document.span(0, 5)",
]


def test_mypy_refuses_a_place_of_the_other_text(tmp_path: Path) -> None:
    file = tmp_path / "places.py"
    file.write_text(HEAD + "\n".join([*RIGHT, *MIXED_UP]) + "\n", encoding="utf-8")
    # With the settings of the project, so that what `mypy` has read of it before is not read again.
    output, errors, _ = api.run(["--config-file", str(ROOT / "pyproject.toml"), "--no-error-summary", str(file)])
    assert errors == ""
    first = HEAD.count("\n") + 1 + len(RIGHT)
    refused = {int(line.split(":")[1]) for line in output.splitlines() if "[arg-type]" in line}
    assert refused == set(range(first, first + len(MIXED_UP))), output
