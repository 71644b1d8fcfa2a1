"""All grants with everything that is held of their people and that rules may ask for: no name, and no number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from app.domain.benefit import Decided, Grant
from app.domain.person import Person
from app.domain.shared.identity import Category, Grade
from app.services.ports.application import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateHeld:
    """What the person's newest certificate says, and for how long."""

    is_valid: bool
    """Whether it is neither frozen nor cancelled nor replaced, as the register knows today."""
    issued_on: date
    valid_until: date
    grade: Grade
    components: Mapping[Category, Grade]
    has_changed: bool
    """Whether category or grade are others than when the benefit was decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedBenefit:
    """One decision as it is stored, and when it was made."""

    decided: Decided
    person_id: UUID
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantedCase:
    """A grant with everything that is held of its person and that rules may ask for; no name and no number."""

    case_id: UUID
    person_id: UUID
    region: str
    application_id: UUID
    item: str
    grant: Grant
    granted_on: date
    person: Person
    is_known_here: bool
    """Whether the person still lives or is registered where the caller looks; of others nothing is known."""
    has_twin: bool
    """Whether the person has the same benefit by another case, as far as the caller may know."""
    certificate: CertificateHeld | None
    form: Form


class DecidedBenefits(Protocol):
    """Benefits that were granted or refused, with what their decisions were made upon."""

    async def page(self, item: str | None, region: str, *, after: UUID | None, limit: int) -> list[DecidedBenefit]:
        """Some of a place, of one benefit or of all, in the order of their cases: of each the last decision."""
        ...


class Grants(Protocol):
    """Grants, running or ended."""

    async def page(self, benefit: str | None, region: str, *, after: UUID | None, limit: int) -> list[GrantedCase]:
        """Some grants in a place, of one benefit or of all, in the order of their ids."""
        ...

    async def count(self, benefit: str | None, region: str) -> int:
        """How many there are."""
        ...

    async def of(self, case_id: UUID) -> GrantedCase | None:
        """The grant of a case; None where nothing was granted, or the caller may not know of it."""
        ...

    async def others(self, person_id: UUID, item: str, *, than: UUID) -> tuple[Grant, ...]:
        """What the person was granted of the same benefit by other cases, as far as the caller may know."""
        ...
