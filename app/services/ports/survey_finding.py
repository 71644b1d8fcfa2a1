"""What the use cases of survey findings need of the store."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from app.domain.shared.access import Principal
from app.domain.survey_finding import FindingKind, FindingStage, SurveyFinding


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedFindings:
    """Which findings a list shows."""

    stages: tuple[FindingStage, ...]
    kind: FindingKind | None = None
    round_id: UUID | None = None
    owner_id: UUID | None = None
    assignee_id: UUID | None = None


class SurveyFindings(Protocol):
    """What rules have found about the data of surveys."""

    async def get(self, key: UUID, *, version: int | None = None) -> SurveyFinding:
        """The finding; with `version`, only if it still is the one that the caller has read."""
        ...

    async def page(
        self, wanted: WantedFindings, *, whose: Principal, after: UUID | None, limit: int
    ) -> list[SurveyFinding]:
        """Some of those in the caller's areas, in the order of their ids."""
        ...

    async def may_look(self, finding: SurveyFinding, *, asked: UUID, owner_id: UUID) -> bool:
        """Say whether an account serves an organisation for the person's place, and stands apart from the person."""
        ...

    def add(self, aggregate: SurveyFinding) -> None:
        """Put a new one on record."""
        ...

    async def save(self, aggregate: SurveyFinding) -> SurveyFinding:
        """Write a changed one over the version that was read."""
        ...
