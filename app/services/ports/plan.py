"""What the use cases of individual plans ask of the store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.entitlement import Node
from app.domain.plan import Part, Plan, PlanStage
from app.domain.shared.access import Principal


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """Somebody to whom a plan is owed, and who has none in force."""

    person_id: UUID
    region: str
    known_on: date
    """As of which day the facts say so."""

    @property
    def id(self) -> UUID:
        """The person's id."""
        return self.person_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCoverage:
    """How many people of an area hold a certificate, how many have a plan in force, and which parts it has."""

    region: str
    people: int
    planned: int
    parts: Mapping[Part, int]


class Plans(Protocol):
    """Individual plans in all their revisions."""

    async def get(self, key: UUID, *, version: int | None = None) -> Plan:
        """The plan; with `version`, only if it still is the one that the caller has read."""
        ...

    async def active_of(self, person_id: UUID) -> Plan | None:
        """The one that is carried out at present."""
        ...

    async def revision_of(self, person_id: UUID, revision: int) -> Plan:
        """A revision of a person's plan by its number.

        Raises:
            NotFound: the person has none of this number.
        """
        ...

    async def latest_revision(self, person_id: UUID) -> int:
        """The number of the person's newest revision; zero where there is none."""
        ...

    async def page(
        self,
        *,
        person_id: UUID | None,
        stages: tuple[PlanStage, ...],
        review_due_by: date | None,
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[Plan]:
        """Some of those that the caller may see, in the order of their ids."""
        ...

    async def owed(
        self, grounds: Node, *, region: str, on: date, clock_id: UUID | None, after: UUID | None, limit: int
    ) -> list[Owed]:
        """Some people of a place who are on the roster, of whom the grounds hold, and who have no plan in force."""
        ...

    async def of_people(self, person_ids: Sequence[UUID]) -> list[Plan]:
        """All plans of some people that were in force, in whatever revision."""
        ...

    def add(self, plan: Plan) -> None:
        """Put a new one on record."""
        ...

    async def save(self, plan: Plan) -> Plan:
        """Write a changed one over the version that was read."""
        ...

    async def coverage(self, *, region: str, depth: int, clock_id: UUID | None) -> list[PlanCoverage]:
        """How many holders of certificates have a plan in force with which parts, by the areas of so many levels."""
        ...
