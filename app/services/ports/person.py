"""What the person use cases need of the store."""

from typing import Protocol
from uuid import UUID

from app.domain.person import Person
from app.domain.shared.identity import CitizenNumber


class Persons(Protocol):
    """The register of persons."""

    async def get(self, person_id: UUID) -> Person:
        """The person with all dated facts.

        Raises:
            NotFound: there is none whom this caller may know of.
        """
        ...

    async def get_many(self, person_ids: list[UUID]) -> dict[UUID, Person]:
        """Those of the persons whom this caller may know of."""
        ...

    async def find_by_citizen_number(self, number: CitizenNumber) -> UUID | None:
        """Who bears the number at present."""
        ...

    async def find_by_name(self, name: str, *, limit: int) -> list[UUID]:
        """Who bears just this name, among those whom this caller may know of."""
        ...

    def add(self, person: Person) -> None:
        """Put a new person on the register."""
        ...
