"""What the lines of a roll come to, and whether all ways of adding them up agree to the fen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from app.domain.payment.due import Change

ONE_OFF = frozenset({Change.BACK_PAYMENT, Change.CORRECTED})
"""What comes once: it is in one roll, and not in the next."""


class RollDoesNotReconcile(AssertionError):
    """Two ways of adding up the same lines differ: a mistake in this program, and no roll."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """So many lines, so much money, and what the roll before held in their place."""

    lines: int = 0
    amount_fen: int = 0
    previous_fen: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        """Both together."""
        return Sum(
            lines=self.lines + other.lines,
            amount_fen=self.amount_fen + other.amount_fen,
            previous_fen=self.previous_fen + other.previous_fen,
        )


NOTHING = Sum()


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What a roll comes to: as a whole, by change, by township, by reason, and against the roll before."""

    all: Sum = NOTHING
    persons: int = 0
    by_change: Mapping[Change, Sum] = field(default_factory=dict)
    by_township: Mapping[str, Sum] = field(default_factory=dict)
    by_reason: Mapping[str, Sum] = field(default_factory=dict)
    """Of lines that were stopped or corrected: why."""
    doubtful: int = 0
    """Lines of which the rules say that a condition is not met: a human looks at each, and no machine stops it."""
    before_fen: int = 0
    """What the roll before came to."""
    ended_fen: int = 0
    """What came once in the roll before, and so is not in this one."""

    @property
    def difference_fen(self) -> int:
        """How much more this roll is than the one before."""
        return self.all.amount_fen - self.before_fen

    @property
    def one_off_fen(self) -> int:
        """What comes once in this roll."""
        return sum(self.by_change.get(change, NOTHING).amount_fen for change in ONE_OFF)

    def difference_by(self, change: Change) -> int:
        """How much of the difference is of lines of this kind."""
        found = self.by_change.get(change, NOTHING)
        return found.amount_fen - found.previous_fen

    def reconciled(self) -> Self:
        """The same, once all ways of adding up agree, and the difference to the roll before is explained to the fen.

        Raises:
            RollDoesNotReconcile: they do not.
        """
        for name, parts in (("change", self.by_change), ("township", self.by_township)):
            if added(parts.values()) != self.all:
                raise RollDoesNotReconcile(f"The sums by {name} are not the sum of all lines.")
        explained = sum(self.difference_by(change) for change in Change) - self.ended_fen
        if explained != self.difference_fen:
            raise RollDoesNotReconcile(f"Of a difference of {self.difference_fen} fen, {explained} are explained.")
        return self


def added(sums: Iterable[Sum]) -> Sum:
    """All of them together."""
    return sum(sums, NOTHING)
