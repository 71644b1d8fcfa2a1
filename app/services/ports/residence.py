"""What the use cases of moves of the home need of the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.person import Person, ResidenceMove
from app.domain.roster import HandedOn, Serving


@dataclass(frozen=True, slots=True, kw_only=True)
class Relocation:
    """A move as it is carried out: the fact of it, and who answers from then on."""

    id: UUID
    move: ResidenceMove
    handed_on: HandedOn


class Residences(Protocol):
    """Where people have lived, and what a move carries along."""

    async def serving(self, place: str, *, person_id: UUID, on: date) -> Sequence[Serving]:
        """The commissioners who serve a place at present, wherever that is, for somebody of the caller's areas."""
        ...

    async def is_known_dead(self, person_id: UUID) -> bool:
        """Say whether it is on record that somebody of the caller's areas has died."""
        ...

    async def move(self, person: Person, relocation: Relocation) -> Person:
        """Write where the person lives now, over the version that was read, and let follow what follows a person.

        Raises:
            StaleVersion: somebody else was quicker, or the place that is left is not the caller's.
        """
        ...

    async def of_person(self, person_id: UUID, *, limit: int) -> Sequence[ResidenceMove]:
        """The person's moves to and from the caller's areas, the latest first."""
        ...
