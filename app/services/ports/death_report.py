"""What the use cases of reported deaths need of the store."""

from collections.abc import Collection, Mapping
from typing import Protocol
from uuid import UUID

from app.domain.death_report import Told, WordsTakenBack
from app.domain.shared.access import Role


class DeathReports(Protocol):
    """What is told of deaths, and what was taken back. The roster follows by itself."""

    async def told_of(self, person_ids: Collection[UUID]) -> Mapping[UUID, list[Told]]:
        """All on record that says of people of the caller's areas that they have died, or that they live."""
        ...

    async def officers(self, certificate_ids: Collection[UUID], *, role: Role) -> Mapping[UUID, Mapping[UUID, str]]:
        """Who serves the places of certificates in a role and stands apart from their holders, with names."""
        ...

    def add(self, aggregate: WordsTakenBack) -> None:
        """Put down that a report was wrong."""
        ...
