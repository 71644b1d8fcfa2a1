"""What the register of access tells: who was shown a person's data, when, for what and which of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.shared.access import Principal


@dataclass(frozen=True, slots=True, kw_only=True)
class ActingOrganisation:
    """An organisation that somebody acted for."""

    id: UUID
    name: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRecord:
    """One request that showed something of a person. Others whom the same request showed are not told."""

    position: int
    """Its number in the register, counting up."""
    recorded_at: datetime
    actor_id: UUID
    organisations: tuple[ActingOrganisation, ...]
    """For whom the account was appointed at that time; none for citizens."""
    operation: str
    purpose: str | None
    disclosed: tuple[str, ...]
    """Groups of fields that were shown."""

    @property
    def id(self) -> UUID:
        """The number as an id, by which pages begin like those of any other list."""
        return UUID(int=self.position)


class AccessRecords(Protocol):
    """The register of access."""

    async def of_person(
        self, person_id: UUID, *, whose: Principal, withheld: tuple[str, ...], before: int | None, limit: int
    ) -> list[AccessRecord]:
        """Some of those about one person, newest first, older than a position; none that showed what is withheld.

        Raises:
            NotFound: there is no such person that this caller may know of.
        """
        ...
