"""What the use cases of offers need of the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from app.domain.offer import Offer, OfferStage
from app.domain.shared.access import Principal
from app.services.ports.clock import Pointer

if TYPE_CHECKING:
    from app.services.ports.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where to look for what is due: an area, and by whose time."""

    region: str
    test_clock_id: UUID | None


class OfferKeeper(Protocol):
    """All places of a deployment, for what the rules find and for what runs out by itself."""

    async def places(self, *, test_clock_id: UUID | None) -> list[Place]:
        """Where packages are offered; with a test clock, where the people of its client are registered."""
        ...

    async def lapsed(self, *, test_clock_id: UUID | None, after: UUID | None, limit: int) -> list[Pointer]:
        """Some open offers whose last day has passed, in the order of their ids."""
        ...

    def open_work(self, place: Place | Pointer, *, what: str) -> "UnitOfWork":
        """A transaction in which nobody acts, in one place and at the time of one clock."""
        ...


class Offers(Protocol):
    """What is due to people who have not asked."""

    async def get(self, key: UUID, *, version: int | None = None) -> Offer:
        """The offer; with `version`, only if it still is the one that the caller has read."""
        ...

    async def take(self, key: UUID) -> Offer | None:
        """The offer, held against everybody else; None where another transaction holds it, or there is none."""
        ...

    async def take_turn(self, region: str) -> bool:
        """Have a place to oneself until the transaction ends; False where another worker is there."""
        ...

    async def candidates(self, region: str, *, clock_id: UUID | None, after: UUID | None, limit: int) -> list[UUID]:
        """Some people of a place with a certificate or a confirmed need, in the order of their ids."""
        ...

    async def latest_of(self, person_ids: Sequence[UUID]) -> dict[tuple[UUID, str], Offer]:
        """The newest offer of each benefit to each of these people."""
        ...

    async def asked_for(self, person_ids: Sequence[UUID], *, since: date) -> dict[UUID, frozenset[str]]:
        """What each of these people has open, or has applied for since a day."""
        ...

    def add(self, offer: Offer) -> None:
        """Put a new one on record."""
        ...

    async def save(self, offer: Offer) -> Offer:
        """Write a changed one over the version that was read."""
        ...

    async def page(
        self,
        stages: tuple[OfferStage, ...],
        *,
        person_id: UUID | None,
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[Offer]:
        """Some of those that the caller may see, in the order of their ids."""
        ...
