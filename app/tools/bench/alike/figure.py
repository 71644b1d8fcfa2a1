"""How far two kinds of answers lie apart, and how that is printed."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from rich.table import Table

from app.tools.bench.alike.answers import Answers
from app.tools.bench.alike.questions import Kind

AIM = 0.05
"""Of Cliff's δ; what is below 0.147 is called negligible in the literature, and here it must be smaller."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two kinds of questions beside one another."""

    one: Kind
    other: Kind
    one_median_ms: float
    other_median_ms: float
    delta: float
    """Cliff's δ of the times: from -1 to 1, and 0 where a time says nothing about what was asked."""
    is_one_form: bool
    """Whether status, headers, size and shape are the same, whichever was asked."""

    @property
    def holds(self) -> bool:
        """Whether the two are alike."""
        return abs(self.delta) < AIM and self.is_one_form

    def to_json(self) -> dict[str, Any]:
        """The pair for programs."""
        return asdict(self) | {"aim": AIM, "holds": self.holds}


def cliffs_delta(first: Sequence[float], second: Sequence[float]) -> float:
    """How much more often a value of the first is larger than one of the second than the other way round.

    >>> cliffs_delta([1, 2, 3], [1, 2, 3]), cliffs_delta([4, 5], [1, 2, 3])
    (0.0, 1.0)
    """
    ordered = sorted(second)
    above = sum(bisect_left(ordered, value) for value in first)
    below = sum(len(ordered) - bisect_right(ordered, value) for value in first)
    return (above - below) / (len(first) * len(ordered))


def pairs_of(answers: Mapping[Kind, Answers]) -> list[Pair]:
    """Each two of the three kinds."""
    compared = ((Kind.HIT, Kind.UNKNOWN_NUMBER), (Kind.HIT, Kind.WRONG_NAME), (Kind.UNKNOWN_NUMBER, Kind.WRONG_NAME))
    return [_pair(one, other, answers) for one, other in compared]


def table_of(pairs: Sequence[Pair], *, title: str, caption: str) -> Table:
    """The pairs as a table."""
    table = Table("asked", "beside", title=title, caption=caption)
    for heading in ("median ms", "median ms", "Cliff's δ", "one form", "holds"):
        table.add_column(heading, justify="right")
    for pair in pairs:
        table.add_row(
            pair.one,
            pair.other,
            f"{pair.one_median_ms:.3f}",
            f"{pair.other_median_ms:.3f}",
            f"{pair.delta:+.3f}",
            "yes" if pair.is_one_form else "NO",
            "yes" if pair.holds else "NO",
        )
    return table


def _pair(one: Kind, other: Kind, answers: Mapping[Kind, Answers]) -> Pair:
    first, second = answers[one], answers[other]
    return Pair(
        one,
        other,
        one_median_ms=median(first.seconds) * 1000,
        other_median_ms=median(second.seconds) * 1000,
        delta=cliffs_delta(first.seconds, second.seconds),
        is_one_form=len({*first.forms, *second.forms}) == 1,
    )
