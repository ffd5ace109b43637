"""Which layout a row of headings is of, and which of its columns holds what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from inclusive_ads.errors import EvidenceError
from inclusive_ads.evidence.layouts import Shape, fold
from inclusive_ads.evidence.thresholds import Thresholds

FIELDS = (
    "org",
    "snapshot_date",
    "scheme",
    "grade",
    "role",
    "characteristic",
    "group",
    "count",
    "unknown",
    "total",
    "status",
)
GROUP = "group:"
_CONSTANT = "="
_FROM_ELSEWHERE = ("org", "snapshot_date")  # options and the lines above the headings may say these, too


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A layout as it was found.

    Attributes:
        columns: field → heading.
        wide: label of a group → the heading of the column that counts it.
        constants: field → what it is in every row.
    """

    shape: Shape
    columns: Mapping[str, str]
    wide: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)

    def crossed(self, headings: Sequence[str]) -> list[str]:
        """The headings that part people further."""
        used = {*self.columns.values(), *self.wide.values()}
        return [name for name in headings if name not in used and _spaced(name) in self.shape.crossed]


def find_layout(names: Sequence[str | None], thresholds: Thresholds) -> Layout | None:
    """The first layout of the list whose headings are all there; None where none is."""
    headings = [name for name in names if name]
    return next((found for shape in thresholds.shapes if (found := _match(shape, headings, thresholds))), None)


def _match(shape: Shape, headings: Sequence[str], thresholds: Thresholds) -> Layout | None:
    written = {thresholds.labels.key(name): name for name in reversed(headings)}
    written |= {_spaced(name): name for name in reversed(headings)}
    written |= {fold(name): name for name in reversed(headings)}
    columns: dict[str, str] = {}
    wide: dict[str, str] = {}
    for target, wanted in ((columns, shape.fields), (wide, shape.wide)):
        for name, labels in wanted.items():
            used = {*columns.values(), *wide.values()}
            found = next((written[label] for label in labels if label in written and written[label] not in used), None)
            if found is not None:
                target[name] = found
    if any(need not in shape.constants and need not in columns and need not in wide for need in shape.needs):
        return None
    constants = dict(shape.constants)
    if shape.wide_of:
        characteristic, wide = _groups(shape, [name for name in headings if name not in columns.values()], thresholds)
        if not characteristic:
            return None
        constants["characteristic"] = characteristic
    elif "characteristic" not in columns and "characteristic" not in constants:
        constants["characteristic"] = thresholds.characteristic(_spaced(columns["group"]))
    if constants.get("characteristic") in shape.known:
        constants["unknown"] = "0"
    return Layout(shape=shape, columns=columns, wide=wide, constants=constants)


def _groups(shape: Shape, headings: Sequence[str], thresholds: Thresholds) -> tuple[str, dict[str, str]]:
    """The characteristic of which at least two groups have a column; the columns of groups, unknowns and a total."""
    of = {group.id: group.characteristic for group in thresholds.groups}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    further: dict[str, str] = {}
    for name in headings:
        for label in (fold(name), thresholds.labels.key(name), name):
            kind, group, _ = thresholds.label(label, coded=True)
            if kind == "group" and of.get(group) in shape.wide_of:
                found[of[group]][label] = name
            elif kind != "group" or fold(label) in thresholds.labels.others:
                further[label] = name
            else:
                continue
            break
    characteristic = max(found, key=lambda one: len(found[one]), default="")
    if len(found.get(characteristic, ())) < 2:
        return "", {}
    return characteristic, found[characteristic] | further


def check_mapping(mapping: Mapping[str, str]) -> None:
    """Refuse a mapping that cannot be used, whatever the file.

    Raises:
        EvidenceError: a field that is not known, or one that is missing.
    """
    for key, value in mapping.items():
        if _field(key) not in FIELDS and not key.startswith(GROUP):
            raise EvidenceError(
                f"The mapping has a field '{key}' that is not known.",
                f"Use {', '.join(FIELDS)} or {GROUP}NAME.",
                column=value,
            )
        if not value.removeprefix(_CONSTANT).strip():
            raise EvidenceError(f"The mapping says nothing for '{key}'.", "Name a heading, or write =TEXT.", column=key)
    for need in needed_fields(mapping):
        if need not in mapping:
            raise EvidenceError(f"The mapping does not say where '{need}' is.", "Add it.", column=need)


def needed_fields(mapping: Mapping[str, str]) -> tuple[str, ...]:
    """The fields that a mapping cannot be without."""
    wide = any(key.startswith(GROUP) for key in mapping)
    return ("grade", "characteristic", *(() if wide else ("group", "count")))


def mapped(mapping: Mapping[str, str], names: Sequence[str | None]) -> Layout | None:
    """The layout that a mapping describes, where every heading that it names is there."""
    written = {fold(name): name for name in names if name}
    columns: dict[str, str] = {}
    wide: dict[str, str] = {}
    constants: dict[str, str] = {}
    for key, value in mapping.items():
        if value.startswith(_CONSTANT):
            constants[_field(key)] = value.removeprefix(_CONSTANT).strip()
        elif fold(value) not in written:
            return None
        elif key.startswith(GROUP):
            wide[key.removeprefix(GROUP)] = written[fold(value)]
        else:
            columns[_field(key)] = written[fold(value)]
    shape = Shape(id="mapping", fields={}, needs=())
    return Layout(shape=shape, columns=columns, wide=wide, constants=constants)


def _spaced(heading: str) -> str:
    return fold(heading.replace("_", " "))


def _field(key: str) -> str:
    return "role" if key == "role_family" else key
