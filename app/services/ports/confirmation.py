"""What the use cases of confirmations ask of the store."""

from typing import Protocol
from uuid import UUID

from app.domain.confirmation import Confirmation, ConfirmationStage
from app.domain.shared.access import Principal


class Confirmations(Protocol):
    """The second persons' words that items wait for."""

    async def get(self, key: UUID, *, version: int | None = None) -> Confirmation:
        """The confirmation; with `version`, only if it still is the one that the caller has read."""
        ...

    async def of_application(self, application_id: UUID) -> list[Confirmation]:
        """All of an application, the oldest first."""
        ...

    async def open_of(self, case_id: UUID) -> Confirmation | None:
        """The one of a case that still may be given."""
        ...

    async def page(
        self, stages: tuple[ConfirmationStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[Confirmation]:
        """Some of those in the caller's areas, or of those that the caller is asked for or applies by."""
        ...

    async def carry_out(self, confirmation_id: UUID) -> None:
        """Go on in the place of the case, once the word is given in this transaction."""
        ...

    def add(self, confirmation: Confirmation) -> None:
        """Put a new one on record."""
        ...

    async def save(self, confirmation: Confirmation) -> Confirmation:
        """Write a changed one over the version that was read."""
        ...
