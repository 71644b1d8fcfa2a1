"""Records that may be one person's: how they are compared, and who says whether they are."""

from app.domain.duplicate.comparing import Comparison, DuplicateRules, Ground, Known, compared
from app.domain.duplicate.duplicate import (
    LIFECYCLE,
    BothHaveOpenBusiness,
    BothHoldCertificates,
    DuplicateAction,
    DuplicateStage,
    Moved,
    NothingIsHeldUp,
    NotOfThePair,
    Pair,
    PersonDuplicate,
)
from app.domain.duplicate.events import (
    DuplicateDismissed,
    DuplicateFound,
    DuplicateOverridden,
    MergeProposed,
    PersonsMerged,
    PersonsSeparated,
)
from app.domain.duplicate.intake import (
    AtIntake,
    Likeness,
    MayBeRegisteredAlready,
    NotComparedYet,
    Uncompared,
    may_accept,
)
from app.domain.duplicate.keys import keys_of
from app.domain.duplicate.names import NameForms, with_common_characters, written_alike

__all__ = [
    "LIFECYCLE",
    "AtIntake",
    "BothHaveOpenBusiness",
    "BothHoldCertificates",
    "Comparison",
    "DuplicateAction",
    "DuplicateDismissed",
    "DuplicateFound",
    "DuplicateOverridden",
    "DuplicateRules",
    "DuplicateStage",
    "Ground",
    "Known",
    "Likeness",
    "MayBeRegisteredAlready",
    "MergeProposed",
    "Moved",
    "NameForms",
    "NotComparedYet",
    "NotOfThePair",
    "NothingIsHeldUp",
    "Pair",
    "PersonDuplicate",
    "PersonsMerged",
    "PersonsSeparated",
    "Uncompared",
    "compared",
    "keys_of",
    "may_accept",
    "with_common_characters",
    "written_alike",
]
