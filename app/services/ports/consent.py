"""What the use cases of consents ask of the store."""

from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.consent import Consent, Reliance
from app.domain.shared.access import Principal


class Consents(Protocol):
    """Consents of people that somebody is told of them."""

    async def get(self, key: UUID, *, version: int | None = None) -> Consent:
        """The consent; with `version`, only if it still is the one that the caller has read."""
        ...

    async def meeting(
        self, person_id: UUID, *, receiver_id: UUID, purpose: str, first: date, last: date
    ) -> Consent | None:
        """One that was not taken back, for the same receiver and purpose, and for one of these days."""
        ...

    async def relied_on(self, person_id: UUID, *, by: Principal) -> tuple[Reliance, ...]:
        """By what the caller's organisations, as providers, are shown the person today; none where they are not."""
        ...

    async def page(self, person_id: UUID, *, whose: Principal, after: UUID | None, limit: int) -> list[Consent]:
        """Some of a person's that the caller may see, in the order of their ids."""
        ...

    def add(self, consent: Consent) -> None:
        """Put a new one on record."""
        ...

    async def save(self, consent: Consent) -> Consent:
        """Write a changed one over the version that was read."""
        ...
