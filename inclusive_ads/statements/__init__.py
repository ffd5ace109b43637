"""Positive Action Statements and their companions: which, where and why, or why not.

Nothing here is legal advice. A positive action statement is chosen only on the employer's own figures and an
approved, dated record in its profile; see `docs/statements.md`.
"""

from inclusive_ads.statements.asking import statement_titles, value_names
from inclusive_ads.statements.choosing import choose_statements
from inclusive_ads.statements.drafting import add_records, draft_records, new_profile
from inclusive_ads.statements.drafting import needed as needed_values
from inclusive_ads.statements.models import Profile, Record
from inclusive_ads.statements.own_texts import refuse_own_texts
from inclusive_ads.statements.placing import insert_statements
from inclusive_ads.statements.profiles import load_profile, profile_path, profiles
from inclusive_ads.statements.rendering import Rendered, rendered
from inclusive_ads.statements.standing import Standing, standings

__all__ = [
    "Profile",
    "Record",
    "Rendered",
    "Standing",
    "add_records",
    "choose_statements",
    "draft_records",
    "insert_statements",
    "load_profile",
    "needed_values",
    "new_profile",
    "profile_path",
    "profiles",
    "refuse_own_texts",
    "rendered",
    "standings",
    "statement_titles",
    "value_names",
]
