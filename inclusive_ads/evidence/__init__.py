"""Is a group under-represented at this grade and role, against what, and on which numbers?

`read_evidence` reads an employer's own aggregate figures and grades each group at each post. No number under five, and
none that would give one away, is in anything it returns.
"""

from inclusive_ads.evidence.asking import Asked
from inclusive_ads.evidence.change_words import (
    NOT_CONTROLLED,
    outcome_picture,
    outcome_rows,
    outcome_sentences,
    outcome_table,
    outcomes_said,
)
from inclusive_ads.evidence.changes import GroupChange, Outcomes, read_outcomes
from inclusive_ads.evidence.grading import judge, read_evidence
from inclusive_ads.evidence.periods import begins
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
from inclusive_ads.evidence.target_pictures import ASPIRATION, target_picture, target_rows, target_table
from inclusive_ads.evidence.targets import Target, goal_thresholds, set_targets
from inclusive_ads.evidence.thresholds import Thresholds, load_thresholds
from inclusive_ads.evidence.values import Evidence, EvidenceGrade, GradedGroup

__all__ = [
    "ASPIRATION",
    "NOT_CONTROLLED",
    "Asked",
    "Evidence",
    "EvidenceGrade",
    "Goal",
    "GradedGroup",
    "GroupChange",
    "Outcomes",
    "Proposal",
    "Target",
    "Thresholds",
    "aspiration",
    "begins",
    "binomial_chance",
    "goal_thresholds",
    "holm",
    "hypergeometric_chance",
    "indicator_1",
    "judge",
    "load_thresholds",
    "outcome_picture",
    "outcome_rows",
    "outcome_sentences",
    "outcome_table",
    "outcomes_said",
    "picture",
    "propose_mapping",
    "read_evidence",
    "read_outcomes",
    "read_relative_likelihood",
    "relative_likelihood",
    "set_targets",
    "table",
    "target_picture",
    "target_rows",
    "target_table",
    "wilson",
]
