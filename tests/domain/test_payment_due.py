"""What is due for a grant in the roll of a month; every fen of the difference to the roll before is explained."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.payment import (
    NOTHING,
    ONE_OFF,
    Change,
    Due,
    Entitlement,
    Held,
    RollDoesNotReconcile,
    Sum,
    Totals,
    added,
    dues_of,
)
from app.domain.shared.provenance import Confidence
from app.domain.shared.rulebook import Rule, Ruled
from app.domain.shared.span import months_between

NOVEMBER, DECEMBER, JANUARY, FEBRUARY = (date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1))
MARCH = date(2026, 3, 1)


def amount_in(month: date) -> Ruled[int]:
    """120 yuan until the end of 2025, 140 from then on, as in 新疆."""
    fen = 12000 if month < JANUARY else 14000
    rule = Rule(
        subject="living_subsidy.amount",
        value=fen,
        unit="fen_per_month",
        source="invented",
        confidence=Confidence.SEEN,
        valid_from=month,
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return Ruled(fen, rule)


def an_entitlement(**changes: Any) -> Entitlement:
    whole = Entitlement(case_id=UUID(int=1), person_id=UUID(int=2), region="65/6523/652301", first_month=NOVEMBER)
    return replace(whole, **changes)


def told(dues: Iterable[Due]) -> list[tuple[str, int, Change, int, str]]:
    return [(f"{due.for_month:%m}", due.amount_fen, due.change, due.previous_fen, due.reason) for due in dues]


def dues(month: date, held: Held | None = None, **changes: Any) -> list[tuple[str, int, Change, int, str]]:
    return told(dues_of(an_entitlement(**changes), month=month, held=held or Held(), amount_in=amount_in))


def test_the_months_between_application_and_decision_are_paid_back_each_by_its_own_amount() -> None:
    assert dues(JANUARY) == [
        ("11", 12000, Change.BACK_PAYMENT, 0, ""),
        ("12", 12000, Change.BACK_PAYMENT, 0, ""),
        ("01", 14000, Change.NEW, 0, ""),
    ]


def test_a_new_standard_reaches_a_running_grant_without_a_new_decision() -> None:
    held = Held(by_month={NOVEMBER: 12000, DECEMBER: 12000}, in_roll_before=12000)

    assert dues(JANUARY, held) == [("01", 14000, Change.AMOUNT_CHANGED, 12000, "")]


def test_what_goes_on_as_it_was_is_unchanged() -> None:
    held = Held(by_month={JANUARY: 14000}, in_roll_before=14000)

    assert dues(FEBRUARY, held, first_month=JANUARY) == [("02", 14000, Change.UNCHANGED, 14000, "")]


def test_the_last_month_is_still_due_and_the_one_after_it_says_why_it_is_not() -> None:
    stopped: dict[str, Any] = {"last_month": JANUARY, "stopped_because": "death", "first_month": JANUARY}
    held = Held(by_month={JANUARY: 14000}, in_roll_before=14000)

    assert dues(JANUARY, **stopped) == [("01", 14000, Change.NEW, 0, "")]
    assert dues(FEBRUARY, held, **stopped) == [("02", 0, Change.STOPPED, 14000, "death")]
    assert dues(MARCH, replace(held, in_roll_before=None), **stopped) == []


def test_what_was_paid_for_too_long_is_claimed_back_only_if_a_human_has_said_so() -> None:
    held = Held(by_month={JANUARY: 14000, FEBRUARY: 14000}, in_roll_before=14000)
    stopped: dict[str, Any] = {"last_month": JANUARY, "first_month": JANUARY, "stopped_because": "death"}

    assert dues(MARCH, held, **stopped) == [("03", 0, Change.STOPPED, 14000, "death")]
    assert dues(MARCH, held, recovers_overpaid=True, **stopped) == [
        ("02", -14000, Change.CORRECTED, 0, "overpaid"),
        ("03", 0, Change.STOPPED, 14000, "death"),
    ]
    settled = Held(by_month={JANUARY: 14000, FEBRUARY: 0})
    assert dues(MARCH, settled, recovers_overpaid=True, **stopped) == []


def test_an_amount_that_was_put_right_later_is_made_up_for() -> None:
    held = Held(by_month={JANUARY: 12000}, in_roll_before=12000)

    assert dues(FEBRUARY, held, first_month=JANUARY) == [
        ("01", 2000, Change.CORRECTED, 0, "amount_rule"),
        ("02", 14000, Change.AMOUNT_CHANGED, 12000, ""),
    ]


def test_a_month_that_had_no_roll_comes_as_a_back_payment_of_the_next() -> None:
    held = Held(by_month={JANUARY: 14000}, in_roll_before=14000)

    assert [(month, change) for month, _, change, _, _ in dues(MARCH, held, first_month=JANUARY)] == [
        ("02", Change.BACK_PAYMENT),
        ("03", Change.UNCHANGED),
    ]


def test_a_grant_that_has_not_begun_has_no_line() -> None:
    assert dues(NOVEMBER, first_month=DECEMBER) == []


@dataclass(frozen=True)
class Story:
    """One grant as it goes on: known from one roll on, stopped in another, and claimed back or not."""

    first_month: int
    known_in: int
    stopped_in: int | None
    ceased: int
    recovers: bool


MONTHS = months_between(date(2025, 6, 1), date(2026, 9, 1))
STORIES = st.builds(
    Story,
    first_month=st.integers(0, 12),
    known_in=st.integers(0, 12),
    stopped_in=st.none() | st.integers(0, 15),
    ceased=st.integers(0, 15),
    recovers=st.booleans(),
)


def entitlement_in(story: Story, number: int, roll: int) -> Entitlement | None:
    """The grant as it is known when a roll is drawn up; None before anybody has decided."""
    if roll < max(story.known_in, story.first_month):
        return None
    whole = an_entitlement(case_id=UUID(int=number), first_month=MONTHS[story.first_month])
    if story.stopped_in is None or roll < story.stopped_in:
        return whole
    last = max(MONTHS[story.ceased], whole.first_month)
    return replace(whole, last_month=last, stopped_because="death", recovers_overpaid=story.recovers)


def totals_of(lines: list[Due], before: Totals | None) -> Totals:
    sums: dict[Change, Sum] = defaultdict(Sum)
    for line in lines:
        sums[line.change] += Sum(lines=1, amount_fen=line.amount_fen, previous_fen=line.previous_fen)
    return Totals(
        all=added(sums.values()),
        by_change=sums,
        by_township={"": added(sums.values())},
        before_fen=before.all.amount_fen if before else 0,
        ended_fen=before.one_off_fen if before else 0,
    )


class Office:
    """Draws one roll up after another, and remembers what was paid."""

    def __init__(self, stories: list[Story]) -> None:
        self.stories = stories
        self.paid: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
        self._roll_before: dict[int, int] = {}
        self._before: Totals | None = None

    def draw_up(self, roll: int) -> None:
        lines, current = [], {}
        for number, story in enumerate(self.stories):
            for due in self._dues(story, number, roll):
                lines.append(due)
                self.paid[number][due.for_month] += due.amount_fen
                if due.change not in ONE_OFF | {Change.STOPPED}:
                    current[number] = due.amount_fen
        self._before, self._roll_before = totals_of(lines, self._before).reconciled(), current

    def _dues(self, story: Story, number: int, roll: int) -> tuple[Due, ...]:
        entitlement = entitlement_in(story, number, roll)
        if entitlement is None:
            return ()
        held = Held(by_month=dict(self.paid[number]), in_roll_before=self._roll_before.get(number))
        return dues_of(entitlement, month=MONTHS[roll], held=held, amount_in=amount_in)


@given(st.lists(STORIES, max_size=8), st.sets(st.integers(1, len(MONTHS) - 1), max_size=4))
def test_whatever_happens_the_rolls_reconcile_to_the_fen_and_nobody_is_paid_for_a_month_twice(
    stories: list[Story], without_roll: set[int]
) -> None:
    office, rolls = Office(stories), [roll for roll in range(len(MONTHS)) if roll not in without_roll]

    for roll in rolls:
        office.draw_up(roll)

    for number, story in enumerate(stories):
        known, paid = entitlement_in(story, number, rolls[-1]), office.paid[number]
        last_roll = MONTHS[rolls[-1]]
        until = min(last_roll, known.last_month or last_roll) if known else last_roll
        due = set(months_between(known.first_month, until)) if known else set()
        assert {month: paid[month] for month in due} == {month: amount_in(month).value for month in due}
        if known and known.recovers_overpaid:
            assert {fen for month, fen in paid.items() if month not in due} <= {0}


def test_sums_that_do_not_agree_are_no_roll() -> None:
    line = Sum(lines=1, amount_fen=14000, previous_fen=0)
    good = Totals(all=line, by_change={Change.NEW: line}, by_township={"a": line})

    assert good.reconciled() is good
    for wrong in (
        replace(good, by_township={"a": line, "b": line}),
        replace(good, by_change={}),
        replace(good, before_fen=1),
        replace(good, ended_fen=1),
    ):
        with pytest.raises(RollDoesNotReconcile):
            wrong.reconciled()


def test_an_empty_roll_reconciles_with_an_empty_one() -> None:
    assert Totals().reconciled().difference_fen == 0
    assert Totals().all == NOTHING
