"""What was begun in the fields of the desk and is not in the text: it goes with every form until it is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from inclusive_ads_web.asking import fact_field, value_field
from inclusive_ads_web.desk import ASKED, Desk
from inclusive_ads_web.points import Point

_FIELDS = tuple(f"{name}-" for name in ("own", "fact", "value", *ASKED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """Something that was begun, and the field in which it stands."""

    field: str
    said: str


def carried(form: Mapping[str, str]) -> dict[str, str]:
    """The fields of the desk that a person writes in, for a form of another page to carry."""
    return {name: value for name, value in form.items() if name.startswith(_FIELDS)}


def own_begun(point: Point, form: Mapping[str, str]) -> bool:
    """Whether other words than its sentence stand in the field for own words."""
    return form.get(f"own-{point.key}", point.sentence).split() not in ([], point.sentence.split())


def reason_begun(desk: Desk, point: Point, form: Mapping[str, str]) -> str:
    """The first field of the reason for keeping a wording in which something is written; "" for none."""
    written = (name for name in ASKED if form.get(f"{name}-{point.key}", "").strip() not in ("", desk.keeper(name)))
    return next((f"{name}-{point.key}" for name in written), "")


def begun(desk: Desk, form: Mapping[str, str]) -> Iterator[Begun]:
    """All that was begun on the desk and can still be gone on with."""
    for point in desk.points:
        if point.state != "kept" and own_begun(point, form):
            yield Begun(field=f"own-{point.key}", said=f"Your own words for “{point.phrase}”")
        if point.state != "kept" and (field := reason_begun(desk, point, form)):
            yield Begun(field=field, said=f"The reason for keeping “{point.phrase}”")
    facts = {fact_field(one.item.id): one.item.title for one in desk.missing if one.line}
    needs = {value_field(n, one.id): one.title for one in desk.offers.statements.refused for n in one.needs}
    for field, title in (facts | needs).items():
        if form.get(field, "").strip():
            yield Begun(field=field, said=f"What you wrote for “{title}”")
