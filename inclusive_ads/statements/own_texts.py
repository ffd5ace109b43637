"""An organisation's own texts, held to what adverts and statements are held to before they can go in."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.outcomes import Severity
from inclusive_ads.report import ChosenStatement, Finding
from inclusive_ads.statements.library import Library, load_library, placeholders
from inclusive_ads.statements.models import Group, Profile, Template
from inclusive_ads.statements.profiles import profile_path, wrong
from inclusive_ads.statements.survey import survey
from inclusive_ads.statements.verifying import problems
from inclusive_ads.text.document import Document

Analyse = Callable[[Document], Advert]
Find = Callable[[Advert], Iterable[Finding]]

_WORD = re.compile(r"(\W+)")
_NAMING = "suspect-"  # the entries that ask why a group is named at all
_LEVEL = "at Grade 7 in our offices"


def refuse_own_texts(profile: Profile, name_or_path: str | Path, analyse: Analyse, find: Find) -> None:
    """Hold a profile's own texts to the rules, with every group that a statement can name in its place.

    Args:
        name_or_path: where the profile was read from.
        analyse, find: how an advert is read, and its findings.

    Raises:
        LexiconError: a text has wording that the checker would raise, or breaks a rule of statements.
    """
    library = load_library()
    templates = {template.id: template for template in library.templates}
    for name, text in profile.texts.items():
        for message, remedy in _faults(name, text, templates.get(name), library, analyse, find):
            raise wrong(profile_path(name_or_path), name, message, remedy)


def keeps_out(finding: Finding, *, names_group: bool, advised: bool) -> bool:
    """Whether a statement's text with this finding goes into no advert.

    Args:
        names_group: it is a positive action statement; that it names a group is what it is for.
        advised: legal advice was taken on it.
    """
    if finding.severity in (Severity.CONFIRM, Severity.INDIRECT):
        return not (names_group and finding.entry.startswith(_NAMING)) and not advised
    return finding.severity is Severity.UNLAWFUL


def kept_out(
    statements: Iterable[ChosenStatement], find: Callable[[str], Iterable[Finding]]
) -> list[tuple[ChosenStatement, Finding]]:
    """Of statements as they would go in, with all values, those that the checker would raise; and what it finds."""
    found = []
    for one in statements:
        grave = (
            finding
            for finding in find(one.text)
            if keeps_out(finding, names_group=bool(one.groups), advised=one.needs_legal_advice)
        )
        found += [(one, finding) for finding in itertools.islice(grave, 1)]
    return found


def _faults(
    name: str, text: str, template: Template | None, library: Library, analyse: Analyse, find: Find
) -> Iterator[tuple[str, str]]:
    advised = template is not None and template.kind != "positive-action"
    advised = advised or (name in library.companions and library.companions[name].needs_legal_advice)
    for group in _groups(text, template, library):
        # "They will be shortlisted first" favours the group that "they" are.
        for filled in dict.fromkeys((_filled(text, group, library), _named(text, group, library))):
            advert = analyse(Document.from_text(filled))
            for finding in find(advert):
                if keeps_out(finding, names_group=template is not None, advised=advised):
                    remedy = "Encourage people to apply, and appoint on merit; favour nobody and shut nobody out."
                    yield f"The text says '{finding.text}', which the checker would raise: {finding.message}", remedy
        advert = analyse(Document.from_text(_filled(text, group, library)))
        yield from _rules(name, advert, template, library)


def _rules(name: str, advert: Advert, template: Template | None, library: Library) -> Iterator[tuple[str, str]]:
    """What a statement must say, and what a companion may not."""
    seen = survey(advert, "", library)
    if template is None:
        known = {hit.name for hit in library.read(library.companions[name].text).get("group", ())}
        for hit in seen.hits.get("group", ()):
            if hit.name not in known and library.groups[hit.name].protected:
                remedy = "Put the group into a record with its figures and approval, or leave it out."
                wording = advert.text[hit.start : hit.end]
                yield f"The text names '{wording}', and only a positive action statement may name that group.", remedy
        promise = seen.topic("interview-promise")
        shipped = library.read(library.companions[name].text).get("topic", ())
        if promise and all(hit.name != promise.name for hit in shipped):
            yield (
                f"The text promises an interview: '{advert.text[promise.start : promise.end]}'.",
                "Only the Disability Confident text does that, for disabled people.",
            )
        return
    if template.jurisdiction == "NI" and seen.topic("equality-act"):
        yield (
            "The text is for Northern Ireland and names the Equality Act 2010.",
            "Leave the Act out: other law applies.",
        )
    if template.kind != "positive-action":
        return
    for fault in problems(seen, {}, checked=False, library=library):
        yield f"The text breaks a rule of statements: {fault.message}", "See docs/statements.md."
    if not seen.hits.get("encouragement"):
        yield "The text encourages nobody to apply.", "Say that you encourage {groups} to apply."
    if not seen.hits.get("reason"):
        remedy = "Say that they are under-represented, or meet more barriers than others, and at which {level}."
        yield "The text does not say why it names a group.", remedy
    if not seen.hits.get("everyone"):
        yield "The text does not say that everyone may apply.", "Begin with: We welcome applications from everyone."


def _groups(text: str, template: Template | None, library: Library) -> Iterable[Group]:
    """The groups that the text is tried with; one is enough where it names none."""
    own = template.jurisdiction if template else "GB"
    fitting = [g for g in library.groups.values() if g.protected and g.jurisdiction in (None, own)]
    return fitting if "groups" in placeholders(text) else fitting[:1]


def _filled(text: str, group: Group, library: Library) -> str:
    values = {"groups": group.name, "level": _LEVEL, "merit": next(iter(library.merit.values()))}
    for name in placeholders(text):
        text = text.replace(f"{{{name}}}", values.get(name, name.replace("_", " ")))
    return text


def _named(text: str, group: Group, library: Library) -> str:
    """The text with the group in place of "they" and "them", once it has been named."""
    before, named, after = text.partition("{groups}")
    words = (library.pronouns.get(word.lower(), word) for word in _WORD.split(after))
    return _filled(before + named + "".join(words), group, library)
