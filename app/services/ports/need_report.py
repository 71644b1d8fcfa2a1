"""What the use cases of reports of needs need of the store."""

from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.need_report import NeedReport, NeedReportStage
from app.domain.shared.access import Principal


class NeedReports(Protocol):
    """Needs on their way to whoever can meet them."""

    async def get(self, key: UUID, *, version: int | None = None) -> NeedReport:
        """The report; with `version`, only if it still is the one that the caller has read."""
        ...

    async def take(self, key: UUID) -> NeedReport | None:
        """The report, held against everybody else; None where another transaction holds it, or there is none."""
        ...

    async def page(
        self,
        stages: tuple[NeedReportStage, ...],
        *,
        due_by: date | None,
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[NeedReport]:
        """Some of those that the caller may see, in the order of their ids."""
        ...

    def add(self, report: NeedReport) -> None:
        """Put a new one on record."""
        ...

    async def save(self, report: NeedReport) -> NeedReport:
        """Write a changed one over the version that was read."""
        ...
