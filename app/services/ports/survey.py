"""What the use cases of survey rounds need of the store."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.shared.access import Principal
from app.domain.survey import (
    Coverage,
    Difference,
    Population,
    RoundStage,
    StageCount,
    SurveyEntry,
    SurveyRound,
    SurveyStage,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyCount:
    """Of one place and one organisation: how many people of a round stand so, and differ so."""

    region: str
    owner_id: UUID | None
    stage: SurveyStage
    difference: Difference | None
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedEntries:
    """Which people of a round a list shows."""

    round_id: UUID
    stages: tuple[SurveyStage, ...]
    difference: Difference | None = None
    owner_id: UUID | None = None
    person_id: UUID | None = None


class SurveyRounds(Protocol):
    """Rounds of the survey."""

    async def get(self, key: UUID, *, version: int | None = None) -> SurveyRound:
        """The round; with `version`, only if it still is the one that the caller has read."""
        ...

    async def page(
        self, stages: tuple[RoundStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[SurveyRound]:
        """Some of those in the caller's areas, in the order of their ids."""
        ...

    async def latest_of(self, region: str, population: Population) -> SurveyRound | None:
        """The last round of just this place and population."""
        ...

    def add(self, aggregate: SurveyRound) -> None:
        """Put a new one on record."""
        ...

    async def enlist(self, opened: SurveyRound, *, on: date) -> int:
        """List everybody of the round's place and population, and say how many."""
        ...

    async def assign(self, assigned: SurveyRound, *, area: str, owner_id: UUID) -> int:
        """Let an organisation survey whoever in an area was not surveyed yet, and say how many."""
        ...

    async def counts(self, counted: SurveyRound) -> Sequence[SurveyCount]:
        """How the people of a round stand, by place and organisation."""
        ...

    async def no_longer_listed(self, counted: SurveyRound) -> int:
        """How many people of the round before are not in this one."""
        ...

    async def coverage(self, areas: Sequence[str], *, first: date, last: date, on: date) -> Sequence[Coverage]:
        """How far the rounds that began in some days have reached in some areas, population by population."""
        ...

    async def save(self, aggregate: SurveyRound) -> SurveyRound:
        """Write a changed one over the version that was read."""
        ...


class SurveyEntries(Protocol):
    """The people of rounds."""

    async def get(self, key: UUID, *, version: int | None = None) -> SurveyEntry:
        """The entry; with `version`, only if it still is the one that the caller has read."""
        ...

    async def page(
        self, wanted: WantedEntries, *, whose: Principal, after: UUID | None, limit: int
    ) -> list[SurveyEntry]:
        """Some of a round's people in the caller's areas, in the order of their ids."""
        ...

    async def work_of(self, account_id: UUID, *, on: date, after: UUID | None, limit: int) -> list[SurveyEntry]:
        """Some of those in open rounds who are still to be surveyed and for whom an account answers on a day."""
        ...

    async def progress(self, of: SurveyRound, *, on: date, after: UUID | None, limit: int) -> Sequence[StageCount]:
        """How the people of a round stand by who answers for them, and how many of them are reported dead.

        So many accounts by their ids; those for whom nobody answers come before all others, as one.
        """
        ...

    async def in_round(self, round_id: UUID, person_id: UUID) -> SurveyEntry | None:
        """How a person stands in a round."""
        ...

    async def many_in_round(self, round_id: UUID, person_ids: Collection[UUID]) -> Mapping[UUID, SurveyEntry]:
        """How some people stand in a round, by person and in one statement."""
        ...

    async def save(self, aggregate: SurveyEntry) -> SurveyEntry:
        """Write a changed one over the version that was read."""
        ...

    async def save_many(self, changed: Sequence[SurveyEntry], *, read: Mapping[UUID, int]) -> None:
        """Write changed ones, which bear their new versions, over the versions that were read, in one statement."""
        ...
