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
class RegisterImportAsked(Event):
    """An officer has asked that a table of another register be taken over; nothing goes in before it is approved."""

    name: ClassVar[str] = "register_import.asked"

    import_id: UUID
    new: int
    asked_by: UUID
    asked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterImportApproved(Event):
    """A second person has approved that a table be taken over; so many certificates are new by its dry run."""

    name: ClassVar[str] = "register_import.approved"

    import_id: UUID
    new: int
    asked_by: UUID
    approved_by: UUID
    approved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterImportRefused(Event):
    """A second person does not let another register in; why stays with the import."""

    name: ClassVar[str] = "register_import.refused"

    import_id: UUID
    asked_by: UUID
    refused_by: UUID
    refused_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterImportWithdrawn(Event):
    """Whoever had asked for an import has given it up before it was approved."""

    name: ClassVar[str] = "register_import.withdrawn"

    import_id: UUID
    asked_by: UUID
    withdrawn_on: date


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
