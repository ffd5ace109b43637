"""Is a group under-represented at this grade and role, against what, and on which numbers?

`read_evidence` reads an employer's own aggregate figures and grades each group at each post. No number under five, and
none that would give one away, is in anything it returns.
"""

from inclusive_ads.evidence.asking import Asked
from inclusive_ads.evidence.grading import judge, read_evidence
from inclusive_ads.evidence.pictures import picture, table
from inclusive_ads.evidence.proposing import Proposal, propose_mapping
from inclusive_ads.evidence.statistics import (
    Goal,
    aspiration,
    binomial_chance,
    holm,
    hypergeometric_chance,
    indicator_1,
    read_relative_likelihood,
    relative_likelihood,
    wilson,
)
from inclusive_ads.evidence.thresholds import Thresholds, load_thresholds
from inclusive_ads.evidence.values import Evidence, EvidenceGrade, GradedGroup

__all__ = [
    "Asked",
    "Evidence",
    "EvidenceGrade",
    "Goal",
    "GradedGroup",
    "Proposal",
    "Thresholds",
    "aspiration",
    "binomial_chance",
    "holm",
    "hypergeometric_chance",
    "indicator_1",
    "judge",
    "load_thresholds",
    "picture",
    "propose_mapping",
    "read_evidence",
    "read_relative_likelihood",
    "relative_likelihood",
    "table",
    "wilson",
]
