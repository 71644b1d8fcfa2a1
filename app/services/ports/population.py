"""What the use cases of populations need of the store: facts side by side, and one question about all of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.entitlement import Entitlement, Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """What is known of one person on a day."""

    person_id: UUID
    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundOfAll:
    """Of how many people the criteria of a service are met, not met and not known; and how many receive it."""

    met: int
    not_met: int
    unknown: int
    receiving: int
    """Of those of whom it is met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundInArea:
    """What the rules of one service say of those who live in one area."""

    region: str
    code: str
    found: FoundOfAll


@dataclass(frozen=True, slots=True, kw_only=True)
class Unserved:
    """Somebody to whom a service is due and who does not receive it, as far as was known on a day."""

    person_id: UUID
    region: str
    known_on: date

    @property
    def id(self) -> UUID:
        """The person's id."""
        return self.person_id


class Population(Protocol):
    """Facts of many people as of a day, in the shape in which rules ask for them."""

    async def people(self, region: str, *, clock_id: UUID | None, after: UUID | None, limit: int) -> list[UUID]:
        """Some people who live or are registered in a place, in the order of their ids."""
        ...

    async def keep(self, people: Sequence[KnownPerson], *, clock_id: UUID | None) -> None:
        """Put down what is known of some people, in place of what was."""
        ...

    async def bearing(self, flags: Collection[str], *, among: Sequence[UUID]) -> frozenset[UUID]:
        """Who of some people bears one of these flags, as far as was known last night."""
        ...

    async def found(
        self, entitlements: Collection[Entitlement], *, region: str, on: date, clock_id: UUID | None
    ) -> Mapping[str, FoundOfAll]:
        """What rules say of all who live in a place, by the code of the service, in one statement."""
        ...

    async def found_by_area(
        self, entitlements: Collection[Entitlement], *, region: str, depth: int, on: date, clock_id: UUID | None
    ) -> list[FoundInArea]:
        """The same by the areas of so many levels in which they live, in one statement."""
        ...

    async def unserved(
        self, entitlement: Entitlement, *, region: str, on: date, clock_id: UUID | None, after: UUID | None, limit: int
    ) -> list[Unserved]:
        """Some of those of a place to whom a service is due and who do not receive it, in the order of their ids."""
        ...
