"""What happens to a recheck, in the past tense: ids, codes, days; the words stay with it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckOpened(Event):
    """Somebody is to look again at a running grant; nothing has changed yet."""

    name: ClassVar[str] = "recheck.opened"

    recheck_id: UUID
    case_id: UUID
    item: str
    trigger: str
    opened_by: UUID | None
    """Empty where it followed from what is on record, or from the calendar."""
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckConfirmed(Event):
    """Somebody has looked: the grant goes on as it was."""

    name: ClassVar[str] = "recheck.confirmed"

    recheck_id: UUID
    case_id: UUID
    item: str
    trigger: str
    confirmed_by: UUID
    confirmed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckStopped(Event):
    """Somebody has decided that the grant ends with a month."""

    name: ClassVar[str] = "recheck.stopped"

    recheck_id: UUID
    case_id: UUID
    item: str
    trigger: str
    stopped_by: UUID
    stopped_on: date
    ceased_on: date
    last_month: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckCorrected(Event):
    """Somebody has put right for which months the grant is due."""

    name: ClassVar[str] = "recheck.corrected"

    recheck_id: UUID
    case_id: UUID
    item: str
    trigger: str
    corrected_by: UUID
    corrected_on: date
    first_month: date
    last_month: date | None
