"""Every text that the records of a profile would put into an advert, to be read before it stands in one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from inclusive_ads.statements.library import fill, load_library, placeholders
from inclusive_ads.statements.models import Profile, Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The text of a record about one group, as firm as the figures will let it be; gaps stand in brackets."""

    record: str
    group: str
    strength: Strength
    text: str


def rendered(profile: Profile) -> Iterator[Rendered]:
    """The texts of every record, for each group that it names and each strength that has a wording of its own."""
    library = load_library()
    values = {"merit": library.merit[profile.merit], "organisation": profile.organisation, **profile.values}
    for record in profile.records:
        for name in record.groups:
            told: set[str] = set()
            for strength in get_args(Strength):
                template = library.template(record.kind, record.jurisdiction, record.limb, strength)
                if template is None or template.id in told:
                    continue
                told.add(template.id)
                text = profile.texts.get(template.id, template.text)
                own = {"groups": library.groups[name].name, "level": record.level, "contact": record.contact}
                known = values | {word: value for word, value in own.items() if value}
                gaps = {
                    word: f"[{library.values.get(word, word)}]" for word in placeholders(text) if not known.get(word)
                }
                yield Rendered(record=record.id, group=name, strength=strength, text=fill(text, known | gaps))
