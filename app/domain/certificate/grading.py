"""Whether what was measured agrees with what doctors have concluded: warnings with the clause, and never a grade."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.identity import Category, Grade
from app.domain.shared.reason import Parameter, Reason
from app.domain.shared.rulebook import RulesInForce

CHILD_TABLE = "grading.intellectual.child"
TABLES = ("visual", "hearing", "speech", "physical", "intellectual", "intellectual.child", "mental")


class Measure(StrEnum):
    """What can be measured in numbers, each in the unit of the standard's table."""

    ACUITY = "acuity"
    """Best corrected visual acuity of the better eye, as a decimal fraction."""
    FIELD_DEGREES = "field_degrees"
    """Radius of the visual field of the better eye."""
    HEARING_DB = "hearing_db"
    """Mean hearing loss of the better ear in dB HL, without a hearing aid."""
    SPEECH_CLARITY_PERCENT = "speech_clarity_percent"
    LEG_LENGTH_DIFFERENCE_MM = "leg_length_difference_mm"
    KYPHOSIS_DEGREES = "kyphosis_degrees"
    SCOLIOSIS_DEGREES = "scoliosis_degrees"
    ADULT_HEIGHT_MM = "adult_height_mm"
    DEVELOPMENT_QUOTIENT = "development_quotient"
    INTELLIGENCE_QUOTIENT = "intelligence_quotient"


class AdaptiveBehaviour(StrEnum):
    """How far adaptive behaviour is impaired (适应性行为), as doctors judge it."""

    PROFOUND = "profound"
    SEVERE = "severe"
    MODERATE = "moderate"
    MILD = "mild"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurements:
    """What the conclusion rests on, as far as it can be measured."""

    numbers: Mapping[Measure, Decimal] = field(default_factory=dict)
    adaptive_behaviour: AdaptiveBehaviour | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """One measure of a table: which grades its bands stand for, and up to which value it counts at all."""

    measure: str
    counts_below: Decimal | None
    bands: tuple[tuple[Grade, "_Holds"], ...]

    def value_in(self, measured: Measurements) -> Decimal | str | None:
        """What was measured of it; None where nothing was, or where it does not count."""
        if self.measure == _BEHAVIOUR:
            return measured.adaptive_behaviour
        value = measured.numbers.get(Measure(self.measure))
        return None if value is None or (self.counts_below is not None and value >= self.counts_below) else value

    def grades_of(self, value: Decimal | str) -> frozenset[Grade]:
        """The grades whose bands the value lies in: one, or none."""
        return frozenset(grade for grade, holds in self.bands if holds(value))


_Holds = Callable[[Decimal | str], bool]
_BEHAVIOUR = "adaptive_behaviour"


class _Support(StrEnum):
    """Which of several measures a grade rests on."""

    HEAVIEST = "heaviest"
    """On the one that shows the most."""
    ANY = "any"
    FIRST = "first"
    """On the first of the table that was taken and counts."""


@dataclass(frozen=True, slots=True)
class _Table:
    """The table of one category."""

    category: Category
    clause: str
    reference: str
    support: _Support
    rows: tuple[_Row, ...]

    def taken(self, measured: Measurements) -> Mapping[str, frozenset[Grade]]:
        """The measures that were taken, each with the grades whose bands they lie in."""
        values = ((row, row.value_in(measured)) for row in self.rows)
        return {row.measure: row.grades_of(value) for row, value in values if value is not None}

    def supports(self, grade: Grade, taken: Mapping[str, frozenset[Grade]]) -> bool:
        """Say whether what was taken lies in the band of a grade, in the way of this table."""
        if self.support is _Support.FIRST:
            return grade in next(iter(taken.values()))
        shown = frozenset[Grade]().union(*taken.values())
        return grade in shown if self.support is _Support.ANY else min(shown, default=None) is grade


@dataclass(frozen=True, slots=True)
class Grading:
    """The tables of the standard and its bounds of age, as they hold on a day.

    Source: GB/T 26341-2010, 5.2 to 5.7. Degrees of limb dysfunction have no scale there and are not looked at.
    """

    tables: tuple[_Table, ...]
    child_until_age: int
    hearing_under_age: int
    hearing_grade_at_most: Grade
    speech_from_age: int

    @staticmethod
    def of(rules: RulesInForce) -> "Grading":
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: one of them is missing for the day.
        """
        return _grading(rules)

    def warnings(
        self, found: Mapping[Category, Grade], measured: Measurements, *, age: int | None
    ) -> tuple[Reason, ...]:
        """What a reviewer should look at again: `found` is what the doctors concluded, empty where nothing was met.

        A warning names category, clause and measures, and never a grade: what follows is for doctors to say.
        """
        return (*self._against_the_tables(found, measured, age), *self._against_the_age(found, age))

    def _against_the_tables(
        self, found: Mapping[Category, Grade], measured: Measurements, age: int | None
    ) -> Iterator[Reason]:
        for table in self._tables_for(age):
            taken = table.taken(measured)
            grade = found.get(table.category)
            if grade is not None and taken and not table.supports(grade, taken):
                yield _warning("outside_the_band", table, tuple(taken))
            # Behaviour stands in two tables: by itself it does not point to the category that was not concluded.
            shown = tuple(measure for measure, grades in taken.items() if grades and measure != _BEHAVIOUR)
            if grade is None and shown:
                yield _warning("within_a_band_and_not_concluded", table, shown)

    def _tables_for(self, age: int | None) -> Iterator[_Table]:
        is_child = age is not None and age < self.child_until_age
        skipped = "grading.intellectual@" if is_child else f"{CHILD_TABLE}@"
        return (table for table in self.tables if not table.reference.startswith(skipped))

    def _against_the_age(self, found: Mapping[Category, Grade], age: int | None) -> Iterator[Reason]:
        if age is None:
            return
        hearing = found.get(Category.HEARING)
        if hearing is not None and age < self.hearing_under_age and hearing > self.hearing_grade_at_most:
            yield Reason(code="grading.too_young_for_the_grade", parameters={"years": self.hearing_under_age})
        if Category.SPEECH in found and age < self.speech_from_age:
            yield Reason(code="grading.too_young_for_speech", parameters={"years": self.speech_from_age})


def _warning(code: str, table: _Table, measures: tuple[str, ...]) -> Reason:
    parameters: dict[str, Parameter] = {
        "category": table.category.slug,
        "clause": table.clause,
        "measures": measures,
        "rule": table.reference,
    }
    return Reason(code=f"grading.{code}", parameters=parameters)


@lru_cache(maxsize=64)
def _grading(rules: RulesInForce) -> Grading:
    """Read once for a region and a day, which never change."""
    hearing = rules.entry("disability.hearing_under_age").value
    return Grading(
        tables=tuple(_table(rules, f"grading.{name}") for name in TABLES),
        child_until_age=rules.years("grading.intellectual.child_until_age").value,
        hearing_under_age=hearing.whole("under_age"),
        hearing_grade_at_most=Grade(hearing.whole("grade_at_most")),
        speech_from_age=rules.years("disability.speech_from_age").value,
    )


def _table(rules: RulesInForce, subject: str) -> _Table:
    ruled = rules.entry(subject)
    entry = ruled.value
    entry.require_only("category", "clause", "supported_by", "measures")
    return _Table(
        category=Category.from_slug(entry.text("category")),
        clause=entry.text("clause"),
        reference=ruled.reference,
        support=_Support(entry.text("supported_by")),
        rows=tuple(_row(row) for row in entry.entries("measures")),
    )


def _row(entry: Entry) -> _Row:
    entry.require_only("measure", "below", "bands")
    if entry.text("measure") not in {*Measure, _BEHAVIOUR}:
        raise MalformedRule(f"{entry.where} measures what nobody enters: {entry.text('measure')}.")
    return _Row(
        measure=entry.text("measure"),
        counts_below=entry.decimal("below") if entry.has("below") else None,
        bands=tuple((Grade(band.whole("grade")), _holds(band)) for band in entry.entries("bands")),
    )


_BOUNDS: Mapping[str, Callable[[Decimal, Decimal], bool]] = MappingProxyType(
    {
        "at_least": lambda value, bound: value >= bound,
        "above": lambda value, bound: value > bound,
        "below": lambda value, bound: value < bound,
        "at_most": lambda value, bound: value <= bound,
    }
)


def _holds(band: Entry) -> _Holds:
    band.require_only("grade", "is", *_BOUNDS)
    if band.has("is"):
        wanted = AdaptiveBehaviour(band.text("is"))
        return lambda value: value == wanted
    bounds = tuple((_BOUNDS[key], band.decimal(key)) for key in _BOUNDS if band.has(key))
    return lambda value: isinstance(value, Decimal) and all(holds(value, bound) for holds, bound in bounds)
