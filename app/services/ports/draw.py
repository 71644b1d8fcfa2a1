"""What the use cases of draws need: series of commitments with their seeds, and who may be drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from app.domain.draw import Draw, DrawStage, EarlierDraw
from app.domain.shared.access import Principal

if TYPE_CHECKING:
    from app.services.ports.work import UnitOfWork


class Draws(Protocol):
    """All draws of a deployment."""

    async def get(self, draw_id: UUID) -> Draw:
        """One of them; what was taken for a case, only for whoever may know of the case."""
        ...

    async def page(
        self, stages: tuple[DrawStage, ...], *, case_id: UUID | None, whose: Principal, after: UUID | None, limit: int
    ) -> list[Draw]:
        """Some commitments that are left, and draws of cases that the caller may know of, in the order of their ids.

        With a case only its draws.
        """
        ...

    async def last_number(self, organisation_id: UUID) -> int:
        """The highest number of a series; 0 where there is none."""
        ...

    def publish(self, draw: Draw, seed: bytes) -> None:
        """Put a commitment on record, and the seed beside it, sealed."""
        ...

    async def take(self, organisation_id: UUID, *, at: datetime) -> tuple[Draw, bytes] | None:
        """The lowest number of a series that is left, with its seed; it is left no more. None where there is none."""
        ...

    def add(self, draw: Draw) -> Draw:
        """Put a draw on record that was taken for a case."""
        ...

    async def earlier(self, case_id: UUID, *, since: date) -> tuple[EarlierDraw, ...]:
        """Who was drawn for the last cases of the same person, of any business and wherever they lay, the latest first.

        Only those that have ended without a certificate, on the day or after it, and after the last one that had one.
        """
        ...

    async def take_over(self, case_id: UUID, earlier_id: UUID) -> None:
        """Put down for ever that a case keeps the draws of an earlier one, to be found with it."""
        ...


@dataclass(frozen=True, slots=True)
class Series:
    """The series of one office, and how many commitments of it are left."""

    organisation_id: UUID
    region: str
    left: int


class DrawKeeper(Protocol):
    """All series of a deployment, for who keeps them ahead."""

    async def series(self) -> Sequence[Series]:
        """Every office that may have to draw."""
        ...

    def open_work(self, series: Series) -> "UnitOfWork":
        """A transaction in which nobody acts, in the place of one office."""
        ...
