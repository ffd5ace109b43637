"""The guide to every entry, made from the entries themselves; and what changed between two runs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from inclusive_ads.lexicon.concepts import severity
from inclusive_ads.lexicon.lexicon import Lexicon
from inclusive_ads.lexicon.models import MARKED, Alternative, Entry
from inclusive_ads.plain import JsonObject

_EVIDENCE = {
    "law": "the law",
    "strong": "strong: several good studies, or a large trial",
    "mixed": "mixed: good studies disagree",
    "weak": "weak: small studies, or reasoning by analogy",
    "convention": "convention: agreed practice, not measured",
}
_SHOWN = 12  # wordings of an entry; more are in its examples
_FOLD = re.compile(r"(?<=[(\[|]) +| +(?=[)\]|])")  # where YAML went on in the next line of a phrase


def pages(lexicon: Lexicon) -> dict[str, str]:
    """File name → Markdown, one page a category and an index."""
    written: dict[str, str] = {}
    index = [
        "# Guide to the entries",
        "",
        "Made by `inclusive-ads lexicon docs`; change the lexicons, not these pages.",
        "",
    ]
    for category in lexicon.categories.values():
        entries = [e for e in lexicon.entries.values() if e.category == category.name and e.forms]
        index.append(f"- [{category.title}]({category.name}.md): {len(entries)} entries")
        body = [f"# {category.title}", "", category.about.strip(), ""]
        for entry in entries:
            body.extend((entry_markdown(entry, lexicon), ""))
        written[f"{category.name}.md"] = "\n".join(body).rstrip() + "\n"
    index.append("- [What an advert does with people](operators.md): found by reading the sentence, not by its words")
    index.append("- [Word lists](words.md): what a name in braces stands for, as in `{number} years`")
    written["words.md"] = "\n".join(_word_lists(lexicon)) + "\n"
    written["README.md"] = "\n".join(index) + "\n"
    written["operators.md"] = "\n".join(_operators(lexicon)).rstrip() + "\n"
    return written


def _operators(lexicon: Lexicon) -> Iterator[str]:
    """The page on concepts and operators: what each operator does, how grave it is with each concept, examples."""
    wording = lexicon.wording
    yield "# What an advert does with people"
    yield ""
    yield "A finding here is an *operator* (what the advert does: turns away, requires, prefers ...) that governs a"
    yield "*concept* (what is said of a person) in one clause. How grave that is stands in a table."
    for operator in wording.operators:
        yield from ("", f"## {operator.operator}", "", f"It {operator.title}.", "")
        if operator.settles:
            yield f"Where it speaks of the same people, nothing is said of: {', '.join(operator.settles)}."
        levels: dict[str, list[str]] = {}
        for concept in wording.concepts if operator.levels else ():
            level = severity(operator, concept)
            levels.setdefault(level.value if level else "nothing is said", []).append(concept.concept)
        yield from (f"- {level}: {', '.join(names)}" for level, names in levels.items())
        if operator.advice:
            yield f"- What to do: {operator.advice}"
        sample = wording.concepts[0].sample.model_dump()
        for label, texts in (("Flagged", operator.examples.flag), ("Fine", operator.examples.ok)):
            shown = [MARKED.sub(r"**\1**", text.format(**sample)) for text in texts[:1]]
            yield from (f"- {label}: “{text}”" for text in shown)
    yield from ("", "## Concepts", "")
    yield from (f"- **{c.concept}**: {c.title}. {c.why.strip()}" for c in wording.concepts)
    yield from ("", "## Where the law allows it", "")
    for rule in wording.lawful:
        cited = "".join(f" Source: {_cited(name, lexicon)}." for name in rule.source)
        yield f"- {rule.because} {'Nothing is said.' if rule.then == 'silent' else f'Risk: {rule.then}.'}{cited}"


def _word_lists(lexicon: Lexicon) -> Iterator[str]:
    """The page on the slots of the vocabulary."""
    yield "# Word lists"
    yield ""
    yield from (f"- **{name}**: {_phrases(phrases)}" for name, phrases in sorted(lexicon.vocabulary.slots.items()))


def _phrases(phrases: Iterable[str]) -> str:
    return ", ".join(f"`{_FOLD.sub('', phrase)}`" for phrase in phrases)


def _alternative(alternative: Alternative) -> str:
    """What an alternative says, for a reader."""
    said = alternative.add or ", ".join(dict.fromkeys(alternative.say.values()))
    return said.replace("{match}", "...").replace("{kept}", "...") or "(leave it out)"


def entry_markdown(entry: Entry, lexicon: Lexicon) -> str:
    """One entry as Markdown."""
    lines = [f"## “{entry.name}”", "", entry.told, "", entry.why.strip(), "", f"- Id: `{entry.id}`"]
    lines.append(f"- Risk: {entry.severity.value}")
    lines.append(f"- May put off: {', '.join(entry.affects)}")
    if entry.characteristics:
        lines.append(f"- Protected characteristics: {', '.join(entry.characteristics)}")
    lines.append(f"- Such as: {'; '.join(f'“{wording}”' for wording in entry.wordings[:_SHOWN])}")
    said = list(dict.fromkeys(_alternative(a) for a in entry.alternatives))
    if said:
        lines.append(f"- Say instead: {'; or '.join(said)}")
    if entry.advice:
        lines.append(f"- What to do: {entry.advice}")
    lines.extend(
        f"- {'Fine' if guard.then == 'silent' else f'Weighs less ({guard.then})'}: {guard.because}"
        for guard in entry.unless
    )
    if entry.about == "applicant":
        lines.append("- Only where it is about the applicant or the team")
    lines.append(f"- Source: {'; '.join(_cited(name, lexicon) for name in entry.source)}")
    lines.append(f"- Evidence: {_EVIDENCE[entry.evidence]}")
    flagged = MARKED.sub(r"**\1**", entry.examples.flag[0].text)
    lines.append(f"- Flagged: “{flagged}”")
    lines.append(f"- Fine: “{entry.examples.ok[0].text}”")
    return "\n".join(lines)


def _cited(name: str, lexicon: Lexicon) -> str:
    source = lexicon.sources[name]
    text = ", ".join(part for part in (source.title, source.publisher, source.year) if part)
    return f"{f'[{text}]({source.url})' if source.url else text} ({source.standing})"


def entry_text(entry: Entry, lexicon: Lexicon) -> str:
    """One entry for the terminal."""
    return entry_markdown(entry, lexicon).replace("## ", "", 1).replace("`", "").replace("**", "")


def starter(category: str) -> str:
    """A lexicon file with one entry, ready to be changed."""
    return f"""category: {category}
title: {category.replace("-", " ").capitalize()}
about: Words of our own that we do not want in adverts.
entries:
  - id: {category}-wizard
    forms: {{singular: spreadsheet wizard, plural: spreadsheet wizards}}
    severity: style
    affects: [people who do not use the in-house word]
    message: Says it as a joke; the skill is hard to see.
    why: People who have the skill may not find themselves in the word.
    source: practice
    evidence: convention
    alternatives:
      - say: {{singular: skilled user of spreadsheets, plural: skilled users of spreadsheets}}
    examples:
      flag:
        - text: You are a [[spreadsheet wizard]].
          fix: You are a skilled user of spreadsheets.
      ok:
        - You will use spreadsheets.
"""


def difference(before: Iterable[JsonObject], now: Iterable[JsonObject]) -> Iterator[str]:
    """Lines that say what is newly flagged (+) and newly silent (-), then the totals by entry."""
    old = {line["id"]: Counter((f["entry"], f["text"]) for f in line.get("findings", ())) for line in before}
    totals: Counter[tuple[str, str]] = Counter()
    for line in now:
        new = Counter((f["entry"], f["text"]) for f in line.get("findings", ()))
        was = old.get(line["id"], Counter())
        for sign, changed in (("+", new - was), ("-", was - new)):
            for (entry, text), count in changed.items():
                totals[sign, entry] += count
                yield f"{sign} {line['id']}: {entry}: {text}" + (f" ({count} times)" if count > 1 else "")
    for (sign, entry), count in sorted(totals.items()):
        yield f"{sign}{count} {entry}"
