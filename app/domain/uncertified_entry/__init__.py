"""The ledger of disabled people without a certificate (未持证残疾人台账): who agreed to be on it, and what follows."""

from app.domain.uncertified_entry.belonging import require_uncertified
from app.domain.uncertified_entry.contact import Contact, ContactOutcome, Report
from app.domain.uncertified_entry.entry import MOST_CONTACTS, Opening, UncertifiedEntry
from app.domain.uncertified_entry.events import (
    ContactRecorded,
    EntryClosed,
    EntryConverted,
    EntryHandedOver,
    EntryOpened,
    EntryTakenOff,
)
from app.domain.uncertified_entry.refusals import (
    ContactDayImpossible,
    EntryOpen,
    HoldsCertificate,
    IdentityNumberNeeded,
    UncertifiedReasonUnknown,
)
from app.domain.uncertified_entry.stages import LIFECYCLE, ClosingGround, EntryAction, EntryStage
from app.domain.uncertified_entry.terms import MINIMUM_CELL, LedgerTerms, UncertifiedReason

__all__ = [
    "LIFECYCLE",
    "MINIMUM_CELL",
    "MOST_CONTACTS",
    "ClosingGround",
    "Contact",
    "ContactDayImpossible",
    "ContactOutcome",
    "ContactRecorded",
    "EntryAction",
    "EntryClosed",
    "EntryConverted",
    "EntryHandedOver",
    "EntryOpen",
    "EntryOpened",
    "EntryStage",
    "EntryTakenOff",
    "HoldsCertificate",
    "IdentityNumberNeeded",
    "LedgerTerms",
    "Opening",
    "Report",
    "UncertifiedEntry",
    "UncertifiedReason",
    "UncertifiedReasonUnknown",
    "require_uncertified",
]
