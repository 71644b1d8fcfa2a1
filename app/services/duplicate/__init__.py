"""Use cases of records that may be one person's.

finding   the worker compares whoever came or changed, and puts pairs down
intake    what acceptance asks: may the person of a case be registered already
settling  officers say that a pair is two people's, or merge it, or undo that
"""

from app.services.duplicate.finding import compare_person, find_duplicates
from app.services.duplicate.intake import may_be_twin, require_no_twin, with_warning
from app.services.duplicate.settling import (
    confirm_person_merge,
    dismiss_person_duplicate,
    get_person_duplicate,
    list_person_duplicates,
    merge_person_duplicate,
    override_person_duplicate,
    separate_person_duplicate,
)

__all__ = [
    "compare_person",
    "confirm_person_merge",
    "dismiss_person_duplicate",
    "find_duplicates",
    "get_person_duplicate",
    "list_person_duplicates",
    "may_be_twin",
    "merge_person_duplicate",
    "override_person_duplicate",
    "require_no_twin",
    "separate_person_duplicate",
    "with_warning",
]
