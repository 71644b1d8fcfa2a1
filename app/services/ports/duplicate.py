"""What the use cases of records that may be one person's need of the world."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from app.domain.duplicate import AtIntake, DuplicateStage, Likeness, NameForms, PersonDuplicate
from app.domain.shared.access import Principal

if TYPE_CHECKING:
    from app.services.ports.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where to look, and among the people of which clock."""

    region: str
    clock_id: UUID | None


class Names(Protocol):
    """Names made comparable."""

    def forms(self, name: str, *, variants: Mapping[str, str]) -> NameForms:
        """The forms of a name; `variants` has the common character for each rare one."""
        ...


class DuplicateKeeper(Protocol):
    """All places of a deployment, for what is compared by itself."""

    async def places(self, *, test_clock_id: UUID | None) -> list[Place]:
        """Where somebody is to be compared; with a test clock, of the people of its client alone."""
        ...

    def open_work(self, place: Place, *, what: str) -> "UnitOfWork":
        """A transaction in which nobody acts, in one place and at the time of one clock."""
        ...


class PersonDuplicates(Protocol):
    """Pairs of records that may be one person's."""

    async def get(self, key: UUID, *, version: int | None = None) -> PersonDuplicate:
        """The pair; with `version`, only if it still is the one that the caller has read."""
        ...

    async def save(self, duplicate: PersonDuplicate) -> PersonDuplicate:
        """Write a changed one over the version that was read."""
        ...

    async def page(
        self, stages: tuple[DuplicateStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[PersonDuplicate]:
        """Some of those in the caller's areas, in the order of their ids."""
        ...

    async def uncompared(self, *, clock_id: UUID | None, limit: int) -> list[UUID]:
        """Some people who came or changed since they were compared, held against other workers."""
        ...

    async def alike(self, keys: Mapping[UUID, frozenset[str]], *, most: int) -> list[tuple[UUID, UUID]]:
        """Write the keys of these people, and say who shares one with whom; one that too many share is passed over."""
        ...

    async def one_at_a_time(self) -> None:
        """Wait until nobody else compares: two who compared twins at once would each not see the other's keys."""
        ...

    async def take(self, person_id: UUID) -> list[UUID]:
        """The person, if the person was not compared since coming or changing; held against others."""
        ...

    async def at_intake(self, person_id: UUID) -> AtIntake | None:
        """Whether somebody was compared, and the most alike of the open pairs; None where the caller may not know."""
        ...

    async def likeness(self, person_id: UUID) -> Likeness | None:
        """The most alike of the pairs of somebody of the caller's areas that are open, wherever the other is."""
        ...

    async def put_down(self, found: Sequence[PersonDuplicate]) -> frozenset[UUID]:
        """Put these on record, in one statement; which of them are new."""
        ...

    async def merge(self, merged: PersonDuplicate) -> tuple[str, ...]:
        """Let all that names the one record name the other, or nothing; what was moved.

        Raises:
            BothHoldCertificates, BothHaveOpenBusiness: both have what a person has once.
            TryAgain: a record has changed or moved meanwhile.
        """
        ...

    async def separate(self, merged: PersonDuplicate) -> None:
        """Let what a merge has moved name again whom it named before.

        Raises:
            TryAgain: a record has changed or moved meanwhile.
        """
        ...
