"""What is due for one grant in the roll of a month: pure, by the amounts of each month and what rolls hold already."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.domain.shared.rulebook import Ruled
from app.domain.shared.span import months_after, months_between


class Change(StrEnum):
    """What a line is against the roll before; every difference between two rolls is one of these."""

    UNCHANGED = "unchanged"
    NEW = "new"
    """Due for the month, and not in the roll before."""
    AMOUNT_CHANGED = "amount_changed"
    """In the roll before with another amount."""
    STOPPED = "stopped"
    """In the roll before, and no longer due: the line holds no money and says why."""
    BACK_PAYMENT = "back_payment"
    """Due for an earlier month that no roll has held, such as those between application and decision."""
    CORRECTED = "corrected"
    """The difference for an earlier month that a roll has held otherwise than it was due."""


class CorrectionReason(StrEnum):
    """Why an earlier month is corrected."""

    AMOUNT_RULE = "amount_rule"
    """The amount of the month was put right in the rulebook."""
    OVERPAID = "overpaid"
    """The month was not due, and whoever stopped or corrected the grant has it claimed back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement:
    """A grant, as far as a roll asks for it. Months are named by their first day."""

    case_id: UUID
    person_id: UUID
    region: str
    first_month: date
    last_month: date | None = None
    stopped_because: str = ""
    recovers_overpaid: bool = False
    """Whether what was held for months that were not due is claimed back. Nobody is asked for money by default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What earlier rolls hold of a grant."""

    by_month: Mapping[date, int] = field(default_factory=dict)
    """In fen, everything that was approved for a month added up."""
    in_roll_before: int | None = None
    """What the roll before holds for its own month; None where the grant is not in it."""


NOTHING_HELD = Held()


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One line: so much for one month, and what it is against the roll before."""

    for_month: date
    amount_fen: int
    change: Change
    previous_fen: int = 0
    """What the roll before holds in its place; 0 for what comes once."""
    reason: str = ""
    """Why it was stopped or corrected."""
    rule: str = ""
    """The rule that gives the amount."""


AmountIn = Callable[[date], Ruled[int]]
"""The amount of a month, by the rulebook of that month."""


def dues_of(entitlement: Entitlement, *, month: date, held: Held, amount_in: AmountIn) -> tuple[Due, ...]:
    """The lines of a grant in the roll of a month, earlier months first.

    Source: 国发〔2015〕52号: counted from the month of application, stopped the month after a condition ceases.
    """
    return (*_earlier(entitlement, month, held=held, amount_in=amount_in), *_of(entitlement, month, held, amount_in))


def _earlier(entitlement: Entitlement, month: date, *, held: Held, amount_in: AmountIn) -> Iterator[Due]:
    last_due = _last_due(entitlement, months_after(month, -1))
    for earlier in months_between(entitlement.first_month, last_due):
        amount, given = amount_in(earlier), held.by_month.get(earlier)
        rule = amount.reference
        if given is None:
            yield Due(for_month=earlier, amount_fen=amount.value, change=Change.BACK_PAYMENT, rule=rule)
        elif given != amount.value:
            reason, difference = CorrectionReason.AMOUNT_RULE, amount.value - given
            yield Due(for_month=earlier, amount_fen=difference, change=Change.CORRECTED, reason=reason, rule=rule)
    if entitlement.recovers_overpaid:
        yield from _overpaid(held, first_due=entitlement.first_month, last_due=last_due)


def _overpaid(held: Held, *, first_due: date, last_due: date) -> Iterator[Due]:
    for month, given in sorted(held.by_month.items()):
        if given and not first_due <= month <= last_due:
            reason = CorrectionReason.OVERPAID
            yield Due(for_month=month, amount_fen=-given, change=Change.CORRECTED, reason=reason)


def _of(entitlement: Entitlement, month: date, held: Held, amount_in: AmountIn) -> Iterator[Due]:  # noqa: PLR0917 - a sentence
    before = held.in_roll_before
    if entitlement.first_month <= month <= _last_due(entitlement, month):
        amount = amount_in(month)
        yield Due(
            for_month=month,
            amount_fen=amount.value,
            change=_change(before, amount.value),
            previous_fen=before or 0,
            rule=amount.reference,
        )
    elif before is not None:
        because = entitlement.stopped_because
        yield Due(for_month=month, amount_fen=0, change=Change.STOPPED, previous_fen=before, reason=because)


def _last_due(entitlement: Entitlement, until: date) -> date:
    return until if entitlement.last_month is None else min(until, entitlement.last_month)


def _change(before: int | None, amount: int) -> Change:
    if before is None:
        return Change.NEW
    return Change.UNCHANGED if before == amount else Change.AMOUNT_CHANGED
