"""What taking another register over needs of the store: who is held, what is taken in, and what is to be settled."""

from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID

from app.domain.certificate import Certificate
from app.domain.person import Person
from app.domain.register import (
    DiscrepancyStage,
    HeldPerson,
    ImportStage,
    Named,
    RegisterDiscrepancy,
    RegisterEntry,
    RegisterImport,
)
from app.domain.shared.access import Principal


class RegisterDiscrepancies(Protocol):
    """What another register says otherwise, and all of its rows at once."""

    async def get(self, key: UUID, *, version: int | None = None) -> RegisterDiscrepancy:
        """The discrepancy; with `version`, only if it still is the one that the caller has read."""
        ...

    async def save(self, discrepancy: RegisterDiscrepancy) -> RegisterDiscrepancy:
        """Write a changed one over the version that was read."""
        ...

    async def page(
        self, stages: tuple[DiscrepancyStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[RegisterDiscrepancy]:
        """Some of those in the caller's areas, in the order of their ids."""
        ...

    async def held(self, entries: Sequence[RegisterEntry]) -> Mapping[str, HeldPerson]:
        """Who bears the identity numbers of the rows, wherever they live, in one statement; by the number."""
        ...

    async def take_in(self, persons: Sequence[Person]) -> None:
        """Put people on record at once, one statement for all of them."""
        ...

    def take_over(self, certificate: Certificate, entry: RegisterEntry, *, clock_id: UUID | None) -> None:
        """Put a certificate on the register of somebody who holds none; all of a chunk go in one statement."""
        ...

    async def put_down(self, discrepancies: Sequence[RegisterDiscrepancy]) -> frozenset[UUID]:
        """Put these on record, in one statement; which of them are new. The same row is not asked about twice."""
        ...


class RegisterImports(Protocol):
    """Imports that wait for a second person."""

    async def get(self, key: UUID, *, version: int | None = None) -> RegisterImport:
        """The import; with `version`, only if it still is the one that the caller has read."""
        ...

    def add(self, aggregate: RegisterImport) -> None:
        """Put a new one on record."""
        ...

    async def save(self, aggregate: RegisterImport) -> RegisterImport:
        """Write a changed one over the version that was read."""
        ...

    async def page(
        self, stages: tuple[ImportStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[RegisterImport]:
        """Some of those in the caller's areas, in the order of their ids."""
        ...

    async def release(self, import_id: UUID) -> None:
        """Let the job of one that the caller has just approved go on.

        Raises:
            TryAgain: it does not wait any more, or somebody stands in its table who has a word in it.
        """
        ...

    async def give_up(self, import_id: UUID) -> None:
        """End the job of one that the caller has just refused.

        Raises:
            TryAgain: it does not wait any more.
        """
        ...

    async def note_named(self, job_id: UUID, numbers: Sequence[str]) -> None:
        """Put down which accounts stand in some rows of the caller's own dry run; the service reads no list of them."""
        ...

    async def carry_named(self, dry_run_id: UUID, job_id: UUID, *, region: str) -> Named:
        """Keep that for the import, and say whether the caller is among them, and which colleagues are not."""
        ...
