"""What is granted, from which month and to which. Months are named by their first day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from app.domain.benefit.proposal import Proposal
from app.domain.benefit.rules import BenefitRules
from app.domain.shared.errors import Conflict
from app.domain.shared.span import month_of, months_after


class AnotherGrantRuns(Conflict):
    """The same benefit is granted to the person already, and has no end."""

    code = "another_grant_runs"
    title = "The same is granted already"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A benefit that was granted.

    The amount is the one in force when it was decided. What is paid for a month is read from the rulebook of that
    month, so that a new standard reaches everybody without a new decision.

    Source: 国发〔2015〕52号: counted from the month of application, stopped the month after a condition ceases.
    """

    first_month: date
    amount_fen: int | None = None
    """None where nothing is promised in money, such as help to employment."""
    unit: str | None = None
    """`fen_per_month` or `fen_per_year`."""
    last_month: date | None = None
    """The last month for which it is due; None while it goes on."""
    rule_versions: tuple[str, ...] = ()
    stopped_because: str = ""
    """Why it has an end; empty while it goes on."""
    recovers_overpaid: bool = False
    """Whether what was paid for later months is claimed back; only a human says so, and gives the reason."""

    @classmethod
    def of(
        cls,
        proposal: Proposal,
        rules: BenefitRules,
        *,
        applied_on: date,
        others: Iterable[Self] = (),
        also_used: tuple[str, ...] = (),
    ) -> Self:
        """What is due, in the amount that is in force: from the month of application, or after other grants of it.

        Raises:
            AnotherGrantRuns: another grant has no end.
        """
        amount = rules.amount
        return cls(
            first_month=first_month_of(applied_on, others=others),
            amount_fen=proposal.amount_fen if amount else None,
            unit=amount.rule.unit if amount else None,
            rule_versions=(*proposal.rule_versions, *((amount.reference,) if amount else ()), *also_used),
        )

    def stopped(self, ceased_on: date, *, because: str = "", recover: bool = False) -> Self:
        """The grant after a condition has ceased: the month of that day is the last one, and never before the first.

        The day is the first on which the condition does not hold: an exclusion that begins on the first of a month
        leaves that month due.

        >>> Grant(first_month=date(2026, 11, 1)).stopped(date(2027, 3, 15)).last_month
        datetime.date(2027, 3, 1)
        """
        last_month = max(month_of(ceased_on), self.first_month)
        return replace(self, last_month=last_month, stopped_because=because, recovers_overpaid=recover)

    def corrected(self, *, first_month: date, last_month: date | None, because: str, recover: bool) -> Self:
        """The grant with the months that it is due for put right."""
        return replace(
            self,
            first_month=month_of(first_month),
            last_month=None if last_month is None else month_of(last_month),
            stopped_because="" if last_month is None else because,
            recovers_overpaid=recover,
        )

    def shares_a_month(self, other: Self) -> bool:
        """Say whether both are due for the same month.

        >>> old = Grant(first_month=date(2026, 1, 1), last_month=date(2026, 11, 1))
        >>> [old.shares_a_month(Grant(first_month=first)) for first in (date(2026, 11, 1), date(2026, 12, 1))]
        [True, False]
        """
        return self.is_due_for(other.first_month) or other.is_due_for(self.first_month)

    def is_due_for(self, month: date) -> bool:
        """Say whether it is due for the month that a day lies in."""
        asked = month_of(month)
        return self.first_month <= asked and (self.last_month is None or asked <= self.last_month)


def first_month_of(applied_on: date, *, others: Iterable[Grant] = ()) -> date:
    """The first month that is due: that of the application or, where another grant was still paid then, the next one.

    Source: 国发〔2015〕52号: counted from the month of application; after a move of the registration the old place
    stops and the new one pays, so that no month is missing and none is paid twice.

    >>> old = Grant(first_month=date(2026, 1, 1), last_month=date(2026, 11, 1))
    >>> str(first_month_of(date(2026, 11, 20), others=[old])), str(first_month_of(date(2027, 2, 3), others=[old]))
    ('2026-12-01', '2027-02-01')

    Raises:
        AnotherGrantRuns: another grant has no end.
    """
    first = month_of(applied_on)
    for other in others:
        if other.last_month is None:
            raise AnotherGrantRuns("The person has this benefit already. Have that grant looked at and stopped first.")
        first = max(first, months_after(other.last_month, 1))
    return first
