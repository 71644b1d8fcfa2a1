"""Who is owed an individual plan: the poor, the severely disabled, and those in special difficulty."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.person import EconomicStatus
from app.domain.shared.identity import Grade

LIGHTEST_SEVERE = Grade.SECOND
"""重度 are grades 1 and 2: the usage of every place, and part of what the word means."""


class Because(StrEnum):
    """Why a plan is owed."""

    POOR = "poor"
    """困难"""
    SEVERE = "severe"
    """重度"""
    SPECIAL_DIFFICULTY = "special_difficulty"
    """特殊困难: 一户多残、老残一体、孤残、多重残疾."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """Whether a plan is owed, and why. For everybody else a plan is a best effort that blocks nothing."""

    reasons: tuple[Because, ...]

    @property
    def is_owed(self) -> bool:
        """Say whether there is a reason."""
        return bool(self.reasons)


def obligation_of(*, status: EconomicStatus | None, grade: Grade | None, flags: frozenset[str]) -> Obligation:
    """Who is owed a plan.

    Source: 昌市政办发〔2020〕53号 五(五)2: 对贫困、重度和有特殊困难的残疾人努力做到“一人一案”.

    >>> obligation_of(status=None, grade=Grade.FIRST, flags=frozenset()).reasons
    (<Because.SEVERE: 'severe'>,)
    """
    found = {
        Because.POOR: status is not None and status is not EconomicStatus.ORDINARY,
        Because.SEVERE: grade is not None and grade <= LIGHTEST_SEVERE,
        Because.SPECIAL_DIFFICULTY: bool(flags),
    }
    return Obligation(tuple(because for because, is_so in found.items() if is_so))
