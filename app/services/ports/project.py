"""What the use cases of projects ask of the store."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from app.domain.project import Account, Beneficiary, BeneficiaryStage, Project, ProjectStage, Received
from app.domain.shared.access import Principal
from app.domain.shared.relations import Relations


@dataclass(frozen=True, slots=True, kw_only=True)
class BeneficiaryCount:
    """How many are on the list of a project in one area, and with how much."""

    region: str
    people: int
    amount_fen: int


class Projects(Protocol):
    """Projects of the caller's areas, and those that are for them and for more."""

    async def get(self, key: UUID, *, version: int | None = None) -> Project:
        """The project; with `version`, only if it still is the one that the caller has read."""
        ...

    async def get_many(self, keys: Collection[UUID]) -> Mapping[UUID, Project]:
        """Those of them that the caller may know of, in one statement."""
        ...

    async def page(
        self, stages: tuple[ProjectStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[Project]:
        """Some of those in or around the caller's areas, in the order of their ids."""
        ...

    async def accounts(self, keys: Collection[UUID]) -> Mapping[UUID, Account]:
        """What is taken of projects, counted over everybody in them."""
        ...

    def add(self, project: Project) -> None:
        """Put a new one on record."""
        ...

    async def save(self, project: Project) -> Project:
        """Write a changed one over the version that was read."""
        ...


class Beneficiaries(Protocol):
    """Who is on the lists of projects."""

    async def get(self, key: UUID, *, version: int | None = None) -> Beneficiary:
        """The entry; with `version`, only if it still is the one that the caller has read."""
        ...

    async def page(
        self,
        stages: tuple[BeneficiaryStage, ...],
        *,
        project_id: UUID | None,
        person_id: UUID | None,
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[Beneficiary]:
        """Some of those that the caller may see, in the order of their ids."""
        ...

    async def relations(self, person_id: UUID) -> Relations:
        """Whether the caller is close to a person by what is on record; what is read says it of itself."""
        ...

    async def received_alone(self, person_id: UUID) -> list[Received]:
        """The same as `received`; nobody else looks so at the person before this transaction ends."""
        ...

    async def received(self, person_id: UUID) -> list[Received]:
        """What a person of the caller's areas has or had, wherever it was given."""
        ...

    async def counts(self, project_id: UUID, *, depth: int) -> list[BeneficiaryCount]:
        """How many of a project live where, as far as the caller sees them, by the region at a depth of the path."""
        ...

    def add(self, beneficiary: Beneficiary) -> None:
        """Put a new one on record."""
        ...

    async def save(self, beneficiary: Beneficiary) -> Beneficiary:
        """Write a changed one over the version that was read."""
        ...
