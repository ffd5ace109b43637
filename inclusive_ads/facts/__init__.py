"""What an advert itself says of its vacancy: grade, role, place, employer, closing date, contact."""

from inclusive_ads.facts.comparing import compare
from inclusive_ads.facts.fact import Fact
from inclusive_ads.facts.reading import read_facts, read_vacancy

__all__ = ["Fact", "compare", "read_facts", "read_vacancy"]
