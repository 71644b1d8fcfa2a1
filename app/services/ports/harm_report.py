"""What the use cases of reports of suspected harm need of the store."""

from typing import Protocol
from uuid import UUID

from app.domain.harm_report import HarmReport, HarmStage
from app.domain.shared.access import Principal


class HarmReports(Protocol):
    """Reports of suspected harm."""

    async def get(self, key: UUID, *, version: int | None = None) -> HarmReport:
        """The report; with `version`, only if it still is the one that the caller has read."""
        ...

    async def take(self, key: UUID) -> HarmReport | None:
        """The report, held against everybody else; None where another transaction holds it, or there is none."""
        ...

    async def page(
        self, stages: tuple[HarmStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[HarmReport]:
        """Some of those that the caller's body acts upon, in the order of their ids."""
        ...

    def add(self, report: HarmReport) -> None:
        """Put a new one on record."""
        ...

    async def save(self, report: HarmReport) -> HarmReport:
        """Write a changed one over the version that was read."""
        ...
