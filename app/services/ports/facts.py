"""What is held of a person that rules may ask for; who it is by name or number is no part of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.assessment import NeedStage
from app.domain.flag import Home
from app.domain.person import Person
from app.domain.shared.identity import Category, Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCertificate:
    """What a certificate in force says."""

    certificate_id: UUID
    category: Category
    grade: Grade
    components: dict[Category, Grade]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFacts:
    """The facts of one person on one day."""

    person: Person
    """Without names, numbers and contacts: no rule asks for them."""
    on: date
    certificate: HeldCertificate | None
    """The one in force; None where there is none, or the register does not know."""
    needs: dict[str, NeedStage]
    """How the newest finding on each need stands, by its item in the catalogue."""
    receiving: frozenset[str]
    """Benefits that were granted, services that a provider has taken on, and what a project pays for, by code."""
    last_received: dict[str, date]
    """When a service was last delivered, or paid for by a project, by its code in the catalogue."""
    providers: frozenset[UUID]
    """Organisations that serve the person, or have."""
    home: Home | None
    """Who lives with the person, and who of them holds a certificate in force; None where that is not known."""
    places: Mapping[str, bool] = field(default_factory=dict)
    """For which services a project that is open where the person lives has a place left, or has none."""


class Facts(Protocol):
    """The register as rules see it."""

    async def place_of(self, person_id: UUID, *, application_id: UUID | None = None) -> str:
        """The path of the place where a person lives.

        Raises:
            NotFound: there is no such person, or no such application of this person, that the caller may know of.
        """
        ...

    async def guardians_of(self, person_id: UUID, *, on: date) -> tuple[UUID, ...]:
        """Who may act for a person on a day."""
        ...

    async def find(self, person_id: UUID, *, on: date) -> HeldFacts | None:
        """All facts of a person on a day; None where the caller may not know of the person."""
        ...

    async def of_many(self, person_ids: Sequence[UUID], *, on: date) -> list[HeldFacts]:
        """The facts of some people on a day, in one statement; whom the caller may not know of is left out."""
        ...

    async def of(self, person_id: UUID, *, on: date) -> HeldFacts:
        """All facts of a person on a day.

        Raises:
            NotFound: there is no such person that the caller may know of.
        """
        ...
