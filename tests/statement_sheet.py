"""Writes docs/statement-texts.md: every sentence of every statement with every group, level and organisation in it.

`python tests/statement_sheet.py` writes it anew; a test holds it to the texts.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from inclusive_ads.statements.library import Library, fill, load_library, placeholders

PAGE = Path(__file__).parents[1] / "docs" / "statement-texts.md"
# Ways in which records name where people are under-represented.
LEVELS = (
    "at Grade 7 in our Private Offices",
    "at Grades 6 and 7",
    "in Bands 8a to 9",
    "in the Senior Civil Service",
    "among our senior managers",
    "as police constables",
    "on our board",
    "in engineering",
)
ORGANISATIONS = {
    "a department": {
        "organisation": "Department for Example",
        "contact": "Sam Okoro (sam.okoro@example.org, 01632 960 123)",
        "clearance": "Security Check (SC) clearance",
        "network": "our Race Equality Network",
        "network_contact": "race.network@example.org",
        "disability_confident": "Leader",
        "flexible_options": "part-time hours, job sharing and two days a week at home",
        "merit": "civil-service",
    },
    "an NHS trust": {
        "organisation": "Northfield NHS Foundation Trust",
        "contact": "the recruitment team on 01632 960 200",
        "clearance": "an enhanced check of criminal records",
        "network": "the Multicultural Staff Network",
        "network_contact": "Ruth Adler, 01632 960 201",
        "disability_confident": "Committed",
        "flexible_options": "self-rostering and term-time contracts",
        "merit": "standard",
    },
    "a charity": {
        "organisation": "Example Trust for Canals",
        "contact": "Lee Park (lee@canals.example)",
        "clearance": "a basic check",
        "network": "our disabled staff group",
        "network_contact": "group@canals.example",
        "disability_confident": "Employer",
        "flexible_options": "hours that fit school days",
        "merit": "standard",
    },
}
OTHERS = {
    "carers_support": "carer's leave and flexible hours",
    "lived_experience": "the asylum system",
    "scheme": "Next Step",
    "requirement": "a woman",
    "requirement_reason": "the work includes intimate searches of women",
}
HEAD = """# Every statement, as it reads

Written by `python tests/statement_sheet.py` from the files in `lexicons/en-GB/statements/`, so that whoever
approves them can read each sentence with every group, level and kind of organisation. This is guidance, not legal
advice; nobody with legal training has checked the texts.
"""


def sheet() -> str:
    """The page, as Markdown."""
    return "\n".join([HEAD, *_lines(load_library())])


def _lines(library: Library) -> Iterator[str]:
    yield "## Positive action statements\n"
    groups = [group for group in library.groups.values() if group.protected]
    for template in library.templates:
        fitting = [group.name for group in groups if group.jurisdiction in (None, template.jurisdiction)]
        yield f"### `{template.id}`\n"
        yield from _sentences(template.text, {"groups": fitting, "level": list(LEVELS)}, library)
    yield "## Statements beside them\n"
    for companion in library.companions.values():
        yield f"### `{companion.id}`\n"
        for text in filter(None, (companion.text, companion.text_in_wales)):
            yield from _sentences(text, {}, library)


def _sentences(text: str, many: dict[str, list[str]], library: Library) -> Iterator[str]:
    for sentence in text.replace(". ", ".\n").replace("? ", "?\n").split("\n"):
        names = placeholders(sentence)
        choices = [[(name, value) for value in many[name]] for name in names if name in many]
        rendered = []
        for organisation, chosen in itertools.product(ORGANISATIONS.values(), itertools.product(*choices)):
            values = {**OTHERS, **organisation, "merit": library.merit[organisation["merit"]], **dict(chosen)}
            rendered.append(fill(sentence, values))
        rendered = list(dict.fromkeys(rendered))
        yield from (f"- {one}" for one in rendered)
    yield ""


if __name__ == "__main__":
    PAGE.write_text(sheet(), encoding="utf-8")
