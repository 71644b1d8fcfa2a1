"""What the use cases of payment need: rolls and their lines, and what earlier rolls hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.benefit import Finding
from app.domain.payment import Change, Due, Held, PaymentRoll, RollStage, Totals
from app.domain.shared.access import Principal
from app.domain.shared.identity import CitizenNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentLine:
    """A line of a roll: who is due how much for which month, what it is against the roll before, and what rules say."""

    id: UUID
    roll_id: UUID
    case_id: UUID
    person_id: UUID
    region: str
    due: Due
    finding: Finding
    """What the rules say to the facts of the month; it stops nothing by itself."""
    unmet: tuple[str, ...] = ()
    """The conditions that are not met, by their codes."""
    channel: str | None = None
    """How the person wants to be paid, as a code; no account is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedLine:
    """What whoever pays needs of a person's lines: who it is, and what they come to."""

    case_id: UUID
    person_id: UUID
    name: str | None
    """None where the person is not known here any more."""
    citizen_number: CitizenNumber | None
    region: str
    channel: str | None
    months: tuple[date, ...]
    amount_fen: int


class PaymentRolls(Protocol):
    """The rolls of months."""

    async def get(self, key: UUID, *, version: int | None = None) -> PaymentRoll:
        """The roll; with `version`, only if it still is the one that the caller has read."""
        ...

    def add(self, roll: PaymentRoll) -> None:
        """Put a new one on record."""
        ...

    async def save(self, roll: PaymentRoll) -> PaymentRoll:
        """Write a changed one over the version that was read."""
        ...

    async def page(
        self, stages: tuple[RollStage, ...], *, whose: Principal, after: UUID | None, limit: int
    ) -> list[PaymentRoll]:
        """Some of those in the caller's areas, in the order of their ids."""
        ...

    async def latest(self, benefit: str, region: str) -> PaymentRoll | None:
        """The last approved roll of a benefit in a place."""
        ...

    async def is_open(self, benefit: str, region: str) -> bool:
        """Say whether a roll is on its way that is neither approved nor rejected."""
        ...

    async def totals_of(self, roll: PaymentRoll, *, before: PaymentRoll | None) -> Totals:
        """What the lines of a roll come to, added up in each way by itself."""
        ...

    async def lines(
        self, roll_id: UUID, *, changes: Sequence[Change], only_doubtful: bool, after: UUID | None, limit: int
    ) -> list[PaymentLine]:
        """Some lines of a roll, in the order of their ids."""
        ...

    async def add_lines(self, lines: Sequence[PaymentLine]) -> None:
        """Write lines, in one statement."""
        ...

    async def held(self, case_ids: Sequence[UUID], *, before: UUID | None) -> Mapping[UUID, Held]:
        """What approved rolls hold of grants; `before` is the roll that the new one is compared with."""
        ...

    async def named(self, roll_id: UUID, *, after: UUID | None, limit: int) -> list[NamedLine]:
        """The people on a roll with what they are due in all, in the order of their cases."""
        ...
