"""Criteria as SQL: the same tree that the domain evaluates for one person, as one expression over the rows of many.

SQL's own logic of three values is Kleene's: NULL is what is not known, and AND, OR and NOT treat it as the domain does.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from app.domain.entitlement import AtLeast, Node, Not
from app.domain.entitlement.conditions import (
    AgeBetween,
    CategoryIn,
    CertificateInForce,
    Condition,
    DiagnosisPresent,
    EconomicStatusIn,
    FlagPresent,
    GradeAtMost,
    IntervalSince,
    NeedPresent,
    NotReceiving,
    QuotaLeft,
    RegisteredIn,
    ResidingIn,
)
from app.domain.shared.identity import Category
from app.domain.shared.span import months_after

_DAY = timedelta(days=1)
_LONGEST_MONTH = 31


class Expressions:
    """Writes trees as expressions over the columns of `entitlement_facts`, and gathers the values that they bind."""

    def __init__(self, on: date, *, first: int = 1) -> None:
        self._on = on
        self._first = first
        self.values: list[Any] = []

    def of(self, node: Node) -> str:
        """The expression that is true where a tree is met, false where it is not, and NULL where it is not known."""
        match node:
            case AtLeast():
                return self._at_least(node.count, [self.of(branch) for branch in node.of])
            case Not():
                return f"(NOT {self.of(node.of)})"
            case _:
                return f"({_WRITERS[type(node)](self, node)})"

    def bind(self, value: Any, kind: str) -> str:
        """A place in the statement for a value."""
        self.values.append(value)
        return f"${self._first + len(self.values) - 1}::{kind}"

    def certificate_in_force(self, _: CertificateInForce) -> str:
        """As it was settled for the day."""
        return "has_certificate"

    def category_in(self, condition: CategoryIn) -> str:
        """By any component; settled when all are known, or there is no certificate to name any."""
        wanted, multiple = bits_of(condition.categories), bits_of([Category.MULTIPLE])
        return (
            f"CASE WHEN NOT has_certificate THEN false WHEN categories & {wanted} <> 0 THEN true "
            f"WHEN categories <> 0 AND categories & {multiple} = 0 THEN false END"
        )

    def grade_at_most(self, condition: GradeAtMost) -> str:
        """By the heaviest component."""
        return f"CASE WHEN NOT has_certificate THEN false ELSE grade <= {int(condition.grade)} END"

    def age_between(self, condition: AgeBetween) -> str:
        """By the last day of birth with which somebody is old enough, or too old."""
        on = date(self._on.year, *condition.reference_day) if condition.reference_day else self._on
        bounds = []
        if condition.at_least is not None:
            bounds.append(f"birth_date <= {self.bind(_born_by(on, condition.at_least), 'date')}")
        if condition.at_most is not None:
            bounds.append(f"birth_date > {self.bind(_born_by(on, condition.at_most + 1), 'date')}")
        return " AND ".join(bounds)

    def economic_status_in(self, condition: EconomicStatusIn) -> str:
        """NULL where no status is on record."""
        return f"economic_status = ANY ({self.bind(sorted(condition.statuses), 'text[]')})"

    def registered_in(self, condition: RegisteredIn) -> str:
        """By the path of the register."""
        return self._within("registration_path", condition.area)

    def residing_in(self, condition: ResidingIn) -> str:
        """By the path of the residence."""
        return self._within("region_path", condition.area)

    def diagnosis_present(self, condition: DiagnosisPresent) -> str:
        """By any of them; settled against it when all are known not to be there."""
        wanted = bits_of(condition.categories)
        return f"CASE WHEN diagnosed & {wanted} <> 0 THEN true WHEN not_diagnosed & {wanted} = {wanted} THEN false END"

    def need_present(self, condition: NeedPresent) -> str:
        """By any of them."""
        return self._any("needs", condition.needs)

    def not_receiving(self, condition: NotReceiving) -> str:
        """One that is being received settles it."""
        return f"NOT ({self._any('receiving', condition.benefits)})"

    def flag_present(self, condition: FlagPresent) -> str:
        """By any of them."""
        return self._any("flags", condition.flags)

    def quota_left(self, condition: QuotaLeft) -> str:
        """By any of them."""
        return self._any("places", condition.services)

    def interval_since(self, condition: IntervalSince) -> str:
        """By when each was last received; a null stands for never."""
        latest = self.bind(_received_by(self._on, condition.months), "date")
        passed = [self._has_passed(self.bind(benefit, "text"), latest) for benefit in condition.benefits]
        return self._at_least(len(passed), passed)

    @staticmethod
    def _has_passed(benefit: str, latest: str) -> str:
        last = f"last_received ->> {benefit}"
        return (
            f"CASE WHEN NOT last_received ? {benefit} THEN NULL WHEN ({last}) IS NULL THEN true "
            f"ELSE ({last})::date <= {latest} END"
        )

    def _any(self, known: str, codes: Iterable[str]) -> str:
        wanted = self.bind(list(codes), "text[]")
        return f"CASE WHEN {known} && {wanted} THEN true WHEN no_{known} @> {wanted} THEN false END"

    def _within(self, path: str, area: str) -> str:
        return f"({path} || '/') ^@ {self.bind(f'{area}/' if area else '', 'text')}"

    @staticmethod
    def _at_least(count: int, branches: list[str]) -> str:
        if count == len(branches):
            return f"({' AND '.join(branches)})" if branches else "true"
        if count == 1:
            return f"({' OR '.join(branches)})" if branches else "false"
        met = " + ".join(f"({branch} IS TRUE)::int" for branch in branches)
        possible = " + ".join(f"({branch} IS NOT FALSE)::int" for branch in branches)
        return f"(CASE WHEN {met} >= {count} THEN true WHEN {possible} < {count} THEN false END)"


_WRITERS: Mapping[type[Condition], Callable[[Expressions, Any], str]] = MappingProxyType(
    {
        AgeBetween: Expressions.age_between,
        CategoryIn: Expressions.category_in,
        CertificateInForce: Expressions.certificate_in_force,
        DiagnosisPresent: Expressions.diagnosis_present,
        EconomicStatusIn: Expressions.economic_status_in,
        FlagPresent: Expressions.flag_present,
        GradeAtMost: Expressions.grade_at_most,
        IntervalSince: Expressions.interval_since,
        NeedPresent: Expressions.need_present,
        NotReceiving: Expressions.not_receiving,
        QuotaLeft: Expressions.quota_left,
        RegisteredIn: Expressions.registered_in,
        ResidingIn: Expressions.residing_in,
    }
)


def bits_of(categories: Iterable[Category]) -> int:
    """Categories as the table keeps them: one bit each."""
    return sum(1 << category for category in set(categories))


def _born_by(on: date, years: int) -> date:
    """The last day of birth with which somebody has completed so many years.

    Who is born on 29 February has a birthday on 1 March of a common year.

    >>> _born_by(date(2026, 2, 28), 2), _born_by(date(2024, 2, 29), 1)
    (datetime.date(2024, 2, 28), datetime.date(2023, 2, 28))
    """
    is_leap_day = (on.month, on.day) == (2, 29)
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        assert is_leap_day
        return date(on.year - years, 2, 28)


def _received_by(on: date, months: int) -> date:
    """The last day since which so many months have passed.

    >>> _received_by(date(2026, 2, 28), 6)
    datetime.date(2025, 8, 31)
    """
    last = months_after(on, -months) + timedelta(days=_LONGEST_MONTH)
    while months_after(last, months) > on:
        last -= _DAY
    return last
