"""Another register of certificates that is taken over: its rows, what they say otherwise, and who settles that."""

from app.domain.register.comparing import Differing, HeldCard, HeldPerson, Part, differing
from app.domain.register.discrepancy import (
    DISCREPANCY_LIFECYCLE,
    DiscrepancyAction,
    DiscrepancyStage,
    HeldSince,
    RegisterDiscrepancy,
    TakenElsewhere,
)
from app.domain.register.entry import EntryUnclear, RegisterEntry, entry_of
from app.domain.register.events import (
    CertificateTakenOver,
    RegisterDiscrepancyKept,
    RegisterDiscrepancyOpened,
    RegisterDiscrepancyTaken,
)

__all__ = [
    "DISCREPANCY_LIFECYCLE",
    "CertificateTakenOver",
    "Differing",
    "DiscrepancyAction",
    "DiscrepancyStage",
    "EntryUnclear",
    "HeldCard",
    "HeldPerson",
    "HeldSince",
    "Part",
    "RegisterDiscrepancy",
    "RegisterDiscrepancyKept",
    "RegisterDiscrepancyOpened",
    "RegisterDiscrepancyTaken",
    "RegisterEntry",
    "TakenElsewhere",
    "differing",
    "entry_of",
]
