"""The thresholds of GB/T 26341: values of a measure beyond which a heavier grade begins."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from app.domain.certificate.grading import TABLES, Measure
from app.domain.shared.entry import Entry
from app.domain.shared.identity import Grade
from app.domain.shared.rulebook import RulesInForce

_HUNDREDTH = Decimal("0.01")
"""The step of what is measured in fractions; all else is measured in whole units."""


class Side(StrEnum):
    """On which side of a threshold a value lies, as far as it lies near it."""

    BEYOND = "beyond"
    """Where the heavier grade is."""
    SHORT = "short"


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """One bound of one band, with the direction in which grades grow heavier."""

    measure: Measure
    grade: Grade
    """The grade that begins beyond it."""
    bound: Decimal
    is_heavier_above: bool
    is_in_heavier: bool
    """Whether the bound itself belongs to the heavier grade."""

    @property
    def code(self) -> str:
        """What names it, such as `hearing_db/80`."""
        return f"{self.measure}/{self.bound}"

    @property
    def belongs_above(self) -> bool:
        """Whether the bound itself lies with the values above it."""
        return self.is_in_heavier == self.is_heavier_above

    def side_of(self, value: Decimal, *, within: Decimal) -> Side | None:
        """The side of a value, or None where it is further away than so many per cent of the bound.

        The two sides are equally wide, in whole steps: of values as they are measured, each holds as many as the other.
        """
        width = self.width(within)
        away = value - self.bound
        is_above = away >= 0 if self.belongs_above else away > 0
        is_near = -width <= away < width if self.belongs_above else -width < away <= width
        if not is_near:
            return None
        return Side.BEYOND if is_above == self.is_heavier_above else Side.SHORT

    def width(self, within: Decimal) -> Decimal:
        """How far either side reaches, where it is so many per cent of the bound."""
        step = Decimal(1) if self.bound >= 1 else _HUNDREDTH
        return max(step, (self.bound * within / 100).quantize(step, ROUND_HALF_UP))


def thresholds(rules: RulesInForce) -> tuple[Threshold, ...]:
    """All of them, as the tables of the standard hold in a region on a day.

    Raises:
        NoRuleInForce: a table is missing.
    """
    tables = (rules.entry(f"grading.{name}").value for name in TABLES)
    return tuple(found for table in tables for row in table.entries("measures") for found in _of(row))


def _of(row: Entry) -> Iterator[Threshold]:
    if row.text("measure") not in set(Measure):
        return
    bands = row.entries("bands")
    heaviest = min(bands, key=lambda band: band.whole("grade"))
    is_above = heaviest.has("above") or heaviest.has("at_least")  # the heaviest band is open on its far side
    inside, outside = ("at_least", "above") if is_above else ("at_most", "below")
    for band in bands:
        is_inside = band.has(inside)
        yield Threshold(
            measure=Measure(row.text("measure")),
            grade=Grade(band.whole("grade")),
            bound=band.decimal(inside if is_inside else outside),
            is_heavier_above=is_above,
            is_in_heavier=is_inside,
        )
