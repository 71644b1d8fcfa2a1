"""What the use cases of alarms need: what the database counts, and alarms that were raised before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from app.domain.certificate import Threshold
from app.domain.integrity import (
    Alarm,
    AlarmKind,
    AlarmStage,
    Count,
    IntegrityRules,
    Period,
    Share,
    Signal,
)
from app.domain.recheck import RunningGrant
from app.domain.shared.access import Principal

if TYPE_CHECKING:
    from app.services.ports.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """Within what figures are looked at: an area and a period, and by which rules."""

    area: str
    period: Period
    rules: IntegrityRules
    thresholds: tuple[Threshold, ...] = ()


@dataclass(frozen=True, slots=True)
class CasesBehind:
    """On which files a signal rests, the oldest of them, and between which places all of them lie."""

    cases: tuple[UUID, ...]
    first_region: str
    last_region: str
    people: tuple[UUID, ...] = ()
    """Of what is asked about one applicant: that person, and the guardians, none of whom sees the alarm."""


class IntegrityAlarms(Protocol):
    """All alarms of a deployment, and what they are raised from."""

    async def get(self, key: UUID, *, version: int | None = None) -> Alarm:
        """The alarm; with `version`, only if it still is the one that the caller has read."""
        ...

    async def page(
        self,
        stages: tuple[AlarmStage, ...],
        kinds: tuple[AlarmKind, ...],
        *,
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[Alarm]:
        """Some of those in the caller's areas in which the caller is not named, in the order of their ids."""
        ...

    def add(self, alarm: Alarm) -> None:
        """Put a new one on record."""
        ...

    async def save(self, alarm: Alarm) -> Alarm:
        """Write a changed one over the version that was read."""
        ...

    async def take_turn(self, region: str) -> bool:
        """Whether no other worker looks there now, and none will until the transaction ends."""
        ...

    async def was_looked_at(self, area: str, period: Period) -> bool:
        """Whether the figures of the period were looked at before, whatever was found."""
        ...

    async def was_sampled(self, county: str, month: Period) -> bool:
        """Whether the lot of the month was drawn before."""
        ...

    def looked_at(self, area: str, period: Period, *, at: datetime, alarms: int) -> None:
        """Put down that they were, so that nobody looks on until something is found by chance."""
        ...

    async def shares(self, kind: AlarmKind, extent: Extent) -> list[Share]:
        """What a kind compares, as the database counts it."""
        ...

    async def counts(self, kind: AlarmKind, extent: Extent) -> list[Count]:
        """What a kind counts, as the database counts it."""
        ...

    async def behind(self, signal: Signal, extent: Extent) -> CasesBehind:
        """The files that a signal rests on."""
        ...

    async def named_with(self, accounts: Sequence[UUID]) -> frozenset[UUID]:
        """These accounts, and the people whose they are."""
        ...

    async def concluded_in(self, county: str, month: Period) -> list[UUID]:
        """All files of a month's conclusions."""
        ...

    async def running_grants(self, county: str, month: Period) -> list[RunningGrant]:
        """The grants that run on after a month, but for those of whoever has a permanent condition."""
        ...


@dataclass(frozen=True, slots=True)
class Office:
    """The office of a county that has a series of draws."""

    organisation_id: UUID
    county: str


class IntegrityKeeper(Protocol):
    """All places of a deployment, for what figures notice there."""

    async def areas(self) -> list[str]:
        """The areas within which doctors and institutions are compared, each once."""
        ...

    async def offices(self) -> list[Office]:
        """One office for each county."""
        ...

    def open_work(self, region: str, *, what: str) -> "UnitOfWork":
        """A transaction in which nobody acts, in one place, by the clock on the wall."""
        ...
