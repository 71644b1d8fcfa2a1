"""What the use cases of the roster need of the store."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from app.domain.roster import Bearer, Cell, Charge, GroupKind, Placement, VisitPlan
from app.domain.shared.access import Principal
from app.domain.shared.identity import Category
from app.domain.shared.reason import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterEntry:
    """Somebody on the roster, with who answers and when the next visit is due."""

    id: UUID
    """The person's."""
    region: str
    category: Category | None
    grade: int | None
    listed_on: date
    commissioner_id: UUID | None
    commissioner_name: str | None
    reason: Reason | None
    placed_on: date | None
    absent_until: date | None
    deputy_id: UUID | None
    deputy_name: str | None
    flags: tuple[str, ...]
    weight: int
    every_days: int | None
    visited_on: date | None
    due_on: date
    rule_versions: tuple[str, ...]
    reported_dead_on: date | None
    """Since when it is told that the person has died, which nothing has confirmed: nothing is due as long as it is."""

    def holder_on(self, on: date) -> UUID | None:
        """Who answers on a day: the commissioner, or a deputy while that one is absent."""
        is_absent = self.absent_until is not None and on <= self.absent_until
        return self.deputy_id if is_absent else self.commissioner_id


class RosterStanding(StrEnum):
    """What is told of somebody on the roster."""

    EXPECTED = "expected"
    """Visits and surveys are due."""
    REPORTED_DEAD = "reported_dead"
    """上报死亡，尚未核实: it is told that the person has died, and nothing is due until that is found out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedEntries:
    """Which entries of the roster are asked for."""

    commissioner_id: UUID | None = None
    standing: RosterStanding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Somebody whom no serving commissioner answers for, who is in no group, or whose household has no head."""

    id: UUID
    region: str
    lacks_commissioner: bool
    lacks_group: bool
    lacks_head: bool
    """Whether the person is on record as living with others, around nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapCount:
    """Of one place: how many are on the roster, but for the reported dead, and how many of them lack something."""

    region: str
    people: int
    lack_commissioner: int
    lack_group: int
    lack_head: int
    reported_dead: int
    """How many more are on it who are reported dead: they lack nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group as a human has adopted it."""

    id: UUID
    kind: GroupKind
    region: str
    category: Category | None
    adopted_by: UUID
    adopted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ToPlan:
    """Somebody whose plan is derived anew, and what it depends on besides the flags."""

    id: UUID
    listed_on: date
    visited_on: date | None


class Roster(Protocol):
    """Everybody whom commissioners answer for. The registers keep who is on it."""

    async def find(self, person_id: UUID) -> RosterEntry | None:
        """The person's entry; None where the person is on no roster that the caller may know of."""
        ...

    async def find_many(self, person_ids: Collection[UUID]) -> Mapping[UUID, RosterEntry]:
        """The entries of those of some people who are on a roster that the caller may know of, in one statement."""
        ...

    async def page(
        self, wanted: WantedEntries, *, whose: Principal, on: date, after: UUID | None, limit: int
    ) -> list[RosterEntry]:
        """Some of those in the caller's areas, by their ids."""
        ...

    async def queue(self, commissioner_id: UUID, *, on: date, until: date, limit: int) -> list[RosterEntry]:
        """Whom a commissioner visits next: what is overdue first, then the heaviest, then by day."""
        ...

    async def charges(self, area: str, *, on: date) -> list[Charge]:
        """All of an area whose commissioner is not absent, as they are to be spread."""
        ...

    async def charges_of(self, commissioner_id: UUID) -> list[Charge]:
        """All for whom a commissioner answers, as they are to be spread over deputies."""
        ...

    async def bearers(self, area: str, *, on: date) -> list[Bearer]:
        """The commissioners who serve in an area at present and are not absent, with what they bear elsewhere."""
        ...

    async def place(self, placements: Sequence[Placement], *, by: UUID, on: date) -> None:
        """Write who answers from now on, and why."""
        ...

    async def depute(self, placements: Mapping[UUID, UUID], *, absent: UUID, until: date) -> None:
        """Write who answers until a commissioner is back; where there is nobody, that is a gap."""
        ...

    async def names_of(self, account_ids: Iterable[UUID]) -> Mapping[UUID, str]:
        """What colleagues call the accounts."""
        ...

    async def cells(self, area: str) -> list[Cell]:
        """How many there are of each place and category."""
        ...

    async def groups(self, area: str) -> list[Group]:
        """The groups of an area, and those of the areas above that cover it."""
        ...

    async def adopt(self, groups: Iterable[Group], *, area: str) -> None:
        """Put groups in the place of those that the area has."""
        ...

    async def gap_counts(self, area: str, *, on: date) -> list[GapCount]:
        """How many lack something, place by place."""
        ...

    async def gaps(self, *, whose: Principal, on: date, after: UUID | None, limit: int) -> list[Gap]:
        """Some of those in the caller's areas who lack something, by their ids."""
        ...

    async def to_plan(self, area: str, *, on: date, limit: int) -> list[ToPlan]:
        """Some of an area whose plan was not derived today."""
        ...

    async def plan(self, plans: Mapping[UUID, VisitPlan], *, on: date) -> None:
        """Write plans as they were derived."""
        ...

    async def visited(self, person_id: UUID, *, on: date) -> None:
        """Count the next visit from a day on which the person was seen."""
        ...
