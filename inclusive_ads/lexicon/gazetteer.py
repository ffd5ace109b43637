"""The names of places in `lexicons/en-GB/places/`: one home for the law of a place and for where the work is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from inclusive_ads.lexicon.files import lexicon_folder, read_yaml
from inclusive_ads.lexicon.models import Model, Phrases

Nation = Literal["england", "scotland", "wales", "great-britain"]


class SettlementsFile(Model):
    """`england.yaml`, `scotland.yaml` and `wales.yaml`."""

    settlements: Phrases


class BritainFile(Model):
    """`great-britain.yaml`."""

    nations: Mapping[Nation, Phrases]
    counties: Mapping[Nation, Phrases]
    towns: Phrases
    parts: Phrases
    known: Phrases
    postcode_areas: Mapping[Nation, Phrases]


class NorthernIrelandFile(Model):
    """`northern-ireland.yaml`."""

    regions: Phrases
    counties: Phrases
    towns: Phrases
    places: Phrases
    sites: Phrases
    only_as_location: Phrases
    only_whole: Phrases
    postcode_areas: Phrases


class Namesake(Model):
    """A name that lies in Northern Ireland or near by, and may be taken for Great Britain.

    Attributes:
        answer: what completes it for Northern Ireland.
        britain: names and postcode areas that settle that Great Britain is meant.
        town: whether an advert tells its place by it.
    """

    town: bool = False
    answer: str
    britain: tuple[str, ...]


class AreasFile(Model):
    """`areas.yaml`: what lies in which area, and other names of areas."""

    holds: Mapping[str, Phrases]
    spellings: Mapping[str, Phrases]


class ElsewhereFile(Model):
    """`elsewhere.yaml`."""

    out_of_scope: Phrases
    islands: Phrases
    cities: Phrases
    out_postcode_areas: Phrases
    whole_kingdom: Phrases
    kingdom: Phrases
    ambiguous: Mapping[str, Namesake]
    named_after: Phrases
    around: Phrases
    masks: Phrases


class Gazetteer(Model):
    """All files of places."""

    settlements: Mapping[Nation, Phrases]
    britain: BritainFile
    northern_ireland: NorthernIrelandFile
    elsewhere: ElsewhereFile
    areas: AreasFile

    @property
    def towns(self) -> tuple[str, ...]:
        """Names by which an advert tells where its work is, as phrases: known to all, and seldom a common word."""
        counties = [name for names in self.britain.counties.values() for name in names]
        lists = (counties, self.britain.towns, self.britain.parts, self.northern_ireland.towns, self.elsewhere.islands)
        shared = [name for name, namesake in self.elsewhere.ambiguous.items() if namesake.town]
        names = [*(name for names in lists for name in names), *shared]
        return tuple(dict.fromkeys(name.replace("-", " ") for name in names))


@cache
def load_gazetteer() -> Gazetteer:
    """Read the files of places.

    Raises:
        LexiconError: with file, line, entry and remedy.
    """
    folder = lexicon_folder() / "en-GB" / "places"
    nations: tuple[Nation, ...] = ("england", "scotland", "wales")
    return Gazetteer(
        settlements={nation: read_yaml(folder / f"{nation}.yaml", SettlementsFile).settlements for nation in nations},
        britain=read_yaml(folder / "great-britain.yaml", BritainFile),
        northern_ireland=read_yaml(folder / "northern-ireland.yaml", NorthernIrelandFile),
        elsewhere=read_yaml(folder / "elsewhere.yaml", ElsewhereFile),
        areas=read_yaml(folder / "areas.yaml", AreasFile),
    )
