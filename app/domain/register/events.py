"""What happens when a register is taken over, in the past tense: ids, codes, days."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateTakenOver(Event):
    """A certificate that another register had issued came onto this one."""

    name: ClassVar[str] = "certificate.taken_over"

    certificate_id: UUID
    job_id: UUID
    issued_on: date
    taken_over_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDiscrepancyOpened(Event):
    """Another register says otherwise than this one; nothing has changed."""

    name: ClassVar[str] = "register_discrepancy.opened"

    discrepancy_id: UUID
    job_id: UUID
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDiscrepancyTaken(Event):
    """An officer has found that the other register is right, and ours says the same now."""

    name: ClassVar[str] = "register_discrepancy.taken"

    discrepancy_id: UUID
    parts: tuple[str, ...]
    settled_by: UUID
    settled_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDiscrepancyKept(Event):
    """An officer has found that our register is right; nothing has changed."""

    name: ClassVar[str] = "register_discrepancy.kept"

    discrepancy_id: UUID
    parts: tuple[str, ...]
    settled_by: UUID
    settled_on: date
