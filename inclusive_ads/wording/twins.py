"""Two sentences that are read as one, since both begin with people."""

from __future__ import annotations

from collections.abc import Sequence

from inclusive_ads.analysis.advert import Advert
from inclusive_ads.wording.masking import Hit

_LONGEST_TWIN = 160  # characters of each of two sentences that are read as one
_NEAR_START = 4  # characters: "The", "Our"


def twin_before(advert: Advert, low: int, high: int, hits: Sequence[Hit]) -> tuple[int, int] | None:
    """The sentence before one, where both begin with people: "Finns work the rank. Danes have the station."."""
    if not low or high - low > _LONGEST_TWIN or advert.lower[low - 1] == "\n":
        return None
    start, end = advert.sentence(low - 2)
    both = all(any(begin <= hit.start <= begin + _NEAR_START for hit in hits) for begin in (start, low))
    own = start + len(advert.lower[start:end].rstrip(" .!"))
    return (start, own) if both and end - start <= _LONGEST_TWIN else None
