"""A limit that runs: when it ends, when it stands still, who may make it longer, and what is so on a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clock import (
    Clock,
    ClockNotOpen,
    ClockState,
    Counting,
    ExtendedAlready,
    NotExtendable,
    OnExpiry,
    Pause,
    days_of,
    standing_of,
)
from app.domain.shared.access import Role
from app.domain.shared.announced import announced_days
from app.domain.shared.calendar import Announcement, WorkingCalendar
from app.domain.shared.entry import MalformedRule
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.term import Term
from app.domain.shared.transitions import NotYourFunction
from tests.builders import APPROVER, ELSEWHERE, MONDAY, REVIEWER, WEEKDAYS, a_principal
from tests.builders.clock import TOWNSHIP, a_clock, a_limit
from tests.builders.rules import BOOK

CHANGJI = WorkingCalendar.of_region(BOOK, "65/6523/652301")

days = st.dates(date(2025, 1, 1), date(2026, 12, 31))
lengths = st.integers(1, 60)


@st.composite
def pauses(draw: st.DrawFn, since: date) -> tuple[Pause, ...]:
    """Some times that are over, in whatever order and however they overlap."""
    made = draw(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 30)), max_size=4))
    begun = [(since + timedelta(days=after), length) for after, length in made]
    return tuple(Pause(why="correction", since=on, until=on + timedelta(days=length)) for on, length in begun)


def on(text: str) -> date:
    return date.fromisoformat(text)


def a_day(number: int) -> date:
    """So many days after the Monday on which the clock was set off."""
    return MONDAY + timedelta(days=number)


def taken(clock: Clock, step: str, day: date, *, is_finished: bool = False) -> Clock:
    return clock.taken(step, on=day, is_finished=is_finished, calendar=WEEKDAYS)


@given(days, lengths)
def test_a_last_day_is_a_working_day_after_the_day_that_set_it_off(set_off_on: date, working_days: int) -> None:
    due_on = a_clock(CHANGJI, on=set_off_on, term=Term(working_days)).due_on

    assert due_on is not None
    assert due_on > set_off_on
    assert CHANGJI.is_working_day(due_on)


@given(days, lengths)
def test_more_days_never_end_earlier(set_off_on: date, working_days: int) -> None:
    shorter, longer = (a_clock(CHANGJI, on=set_off_on, term=Term(working_days + more)).due_on for more in (0, 1))

    assert shorter is not None
    assert longer is not None
    assert shorter < longer


@given(st.data(), days, lengths)
def test_standing_still_never_ends_a_limit_earlier_and_ends_it_on_a_working_day(
    data: st.DataObject, set_off_on: date, working_days: int
) -> None:
    stood_still = data.draw(pauses(set_off_on))

    clock = a_clock(CHANGJI, on=set_off_on, term=Term(working_days), pauses=stood_still)
    without = a_clock(CHANGJI, on=set_off_on, term=Term(working_days))

    assert clock.due_on is not None
    assert without.due_on is not None
    assert clock.due_on >= without.due_on
    assert CHANGJI.is_working_day(clock.due_on)


@given(st.data(), days, lengths)
def test_on_its_last_day_a_limit_is_used_up_and_not_a_day_before(
    data: st.DataObject, set_off_on: date, working_days: int
) -> None:
    clock = a_clock(CHANGJI, on=set_off_on, term=Term(working_days), pauses=data.draw(pauses(set_off_on)))

    assert clock.due_on is not None
    assert clock.used_by(clock.due_on, CHANGJI) == working_days
    assert clock.used_by(clock.due_on - timedelta(days=1), CHANGJI) == working_days - 1


@given(st.data(), days, lengths)
def test_a_line_a_day_adds_up(data: st.DataObject, set_off_on: date, working_days: int) -> None:
    clock = a_clock(CHANGJI, on=set_off_on, term=Term(working_days), pauses=data.draw(pauses(set_off_on)))
    assert clock.due_on is not None
    standing = standing_of(clock, clock.due_on, CHANGJI)

    told = days_of(standing, CHANGJI, announced_days(BOOK, "65/6523/652301"))

    assert [day.on for day in told] == [set_off_on + timedelta(days=number) for number in range(len(told))]
    assert told[-1].on == clock.due_on
    assert [day.used for day in told] == [
        sum(earlier.counting.counts for earlier in told[: n + 1]) for n in range(len(told))
    ]
    assert all(day.used + day.left == working_days for day in told)


def test_while_it_stands_still_a_limit_has_no_last_day() -> None:
    clock = taken(a_clock(WEEKDAYS, on=MONDAY), "assign_evaluation", a_day(2))

    assert clock.state is ClockState.PAUSED
    assert clock.due_on is None


def test_the_days_on_which_it_stops_and_goes_on_are_not_counted() -> None:
    clock = taken(a_clock(WEEKDAYS, on=MONDAY, term=Term(3)), "assign_evaluation", a_day(2))

    going_on = taken(clock, "evaluate", a_day(8))

    assert going_on.state is ClockState.RUNNING
    assert going_on.due_on == a_day(10)
    assert [going_on.used_by(a_day(number), WEEKDAYS) for number in (0, 1, 2, 8, 9, 10)] == [0, 1, 1, 1, 2, 3]


def test_a_limit_that_was_used_up_before_it_would_stand_still_has_ended_all_the_same() -> None:
    clock = a_clock(WEEKDAYS, on=MONDAY, term=Term(2), pauses=(Pause(why="correction", since=a_day(4)),))

    assert clock.due_on == a_day(2)


def test_a_step_that_means_nothing_to_a_limit_leaves_it_as_it_was() -> None:
    clock = a_clock(WEEKDAYS, on=MONDAY)

    assert taken(clock, "post_notice", a_day(1)) is clock


@pytest.mark.parametrize(("step", "is_finished"), [("approve", False), ("withdraw", True)])
def test_a_limit_stops_with_what_it_is_about_and_with_all_that_finishes_the_case(
    step: str, *, is_finished: bool
) -> None:
    stopped = taken(a_clock(WEEKDAYS, on=MONDAY), step, a_day(3), is_finished=is_finished)

    assert (stopped.state, stopped.stopped_on) == (ClockState.STOPPED, a_day(3))
    assert taken(stopped, "assign_evaluation", a_day(4)) is stopped


def test_the_last_day_belongs_to_the_office_whole() -> None:
    clock = a_clock(WEEKDAYS, on=MONDAY, term=Term(4))

    assert not clock.is_due(a_day(4))
    with pytest.raises(ClockNotOpen):
        clock.expire(on=a_day(4))
    assert clock.is_due(a_day(5))


def test_what_runs_out_is_overdue_until_it_is_done() -> None:
    expired, event = a_clock(WEEKDAYS, on=MONDAY, term=Term(4)).expire(on=a_day(5))

    done = taken(expired, "approve", a_day(7))

    assert (expired.state, expired.expired_on) == (ClockState.OVERDUE, a_day(4))
    assert (event.outcome, event.due_on, event.item) == (OnExpiry.ESCALATE, a_day(4), "certificate")
    assert (done.state, done.expired_on, done.stopped_on) == (ClockState.STOPPED, a_day(4), a_day(7))


@pytest.mark.parametrize("outcome", [OnExpiry.DEEMED_ACCEPTED, OnExpiry.DEEMED_GRANTED, OnExpiry.INACTIVE])
def test_where_the_law_itself_moves_the_case_the_limit_is_over_with_that(outcome: OnExpiry) -> None:
    expired, event = a_clock(WEEKDAYS, on=MONDAY, term=Term(4), on_expiry=outcome).expire(on=a_day(9))

    assert (expired.state, expired.stopped_on) == (ClockState.STOPPED, a_day(5))
    assert event.outcome is outcome


def test_no_limit_ends_in_a_refusal() -> None:
    assert {outcome.value for outcome in OnExpiry} == {"escalate", "deemed_accepted", "deemed_granted", "inactive"}


def test_what_has_run_out_stands_still_no_more() -> None:
    expired, _ = a_clock(WEEKDAYS, on=MONDAY, term=Term(4)).expire(on=a_day(5))

    assert taken(expired, "assign_evaluation", a_day(7)) is expired


def test_the_head_of_the_office_gives_it_longer_for_a_reason() -> None:
    clock = a_clock(WEEKDAYS, on=MONDAY)

    longer, event = clock.extend(by=APPROVER, on=a_day(3), reason=" 需要进一步核实。 ", calendar=WEEKDAYS)

    assert (clock.due_on, longer.due_on) == (a_day(14), a_day(21))
    assert longer.extension is not None
    assert (longer.extension.reason, longer.extension.by) == ("需要进一步核实。", APPROVER.id)
    assert (event.old_due_on, event.due_on, event.days) == (a_day(14), a_day(21), 5)
    assert event.rule_versions == ("procedure.decision_extension@CN#1",)


def test_nobody_extends_a_limit_twice() -> None:
    longer, _ = a_clock(WEEKDAYS, on=MONDAY).extend(by=APPROVER, on=a_day(3), reason="核实", calendar=WEEKDAYS)

    with pytest.raises(ExtendedAlready):
        longer.extend(by=APPROVER, on=a_day(4), reason="核实", calendar=WEEKDAYS)


def test_nobody_extends_what_no_rule_extends() -> None:
    clock = a_clock(WEEKDAYS, on=MONDAY, extension=None)

    with pytest.raises(NotExtendable):
        clock.extend(by=APPROVER, on=a_day(3), reason="核实", calendar=WEEKDAYS)


@pytest.mark.parametrize("somebody", [REVIEWER, a_principal(Role.COUNTY_APPROVER, number=77, region=ELSEWHERE)])
def test_nobody_extends_a_limit_without_the_power_to(somebody: object) -> None:
    clock = a_clock(WEEKDAYS, on=MONDAY)

    with pytest.raises(NotYourFunction):
        clock.extend(by=somebody, on=a_day(3), reason="核实", calendar=WEEKDAYS)  # type: ignore[arg-type]


def test_nobody_extends_a_limit_without_words_for_the_person() -> None:
    with pytest.raises(ReasonMissing):
        a_clock(WEEKDAYS, on=MONDAY).extend(by=APPROVER, on=a_day(3), reason=" ", calendar=WEEKDAYS)


def test_nobody_extends_what_has_run_out_or_stopped() -> None:
    expired, _ = a_clock(WEEKDAYS, on=MONDAY).expire(on=a_day(15))

    for clock in (expired, taken(a_clock(WEEKDAYS, on=MONDAY), "approve", a_day(1))):
        with pytest.raises(ClockNotOpen):
            clock.extend(by=APPROVER, on=a_day(16), reason="核实", calendar=WEEKDAYS)


def test_a_changed_calendar_moves_the_last_day_and_says_from_where_to_where() -> None:
    day_off = Announcement(year=MONDAY.year, days_off=frozenset({a_day(4)}))
    changed = replace(WorkingCalendar.of([day_off], zone=WEEKDAYS.zone), edition="CN#2/2")

    reckoned, event = a_clock(WEEKDAYS, on=MONDAY, term=Term(5)).recompute(changed)

    assert event is not None
    assert (event.old_due_on, event.due_on, event.edition) == (a_day(7), a_day(8), "CN#2/2")
    assert (reckoned.due_on, reckoned.edition) == (a_day(8), "CN#2/2")
    assert reckoned.recompute(changed) == (reckoned, None)


def test_a_changed_calendar_leaves_alone_what_has_run_out_and_what_stands_still() -> None:
    day_off = Announcement(year=MONDAY.year, days_off=frozenset({a_day(4)}))
    changed = WorkingCalendar.of([day_off], zone=WEEKDAYS.zone)
    expired, _ = a_clock(WEEKDAYS, on=MONDAY, term=Term(4)).expire(on=a_day(5))
    still = taken(a_clock(WEEKDAYS, on=MONDAY), "assign_evaluation", a_day(2))

    assert expired.recompute(changed) == (expired, None)
    assert still.recompute(changed)[1] is None


def test_a_day_that_has_passed_is_told_as_it_was_known_then() -> None:
    clock = taken(a_clock(WEEKDAYS, on=MONDAY), "assign_evaluation", a_day(2))
    clock = taken(clock, "evaluate", a_day(8))
    clock, _ = clock.extend(by=APPROVER, on=a_day(9), reason="核实", calendar=WEEKDAYS)
    clock = taken(clock, "approve", a_day(10))

    told = {number: standing_of(clock, a_day(number), WEEKDAYS) for number in (-1, 1, 4, 8, 9, 10, 30)}

    assert {number: (standing.state.value, standing.due_on) for number, standing in told.items()} == {
        -1: ("not_started", a_day(14)),
        1: ("running", a_day(14)),
        4: ("paused", None),
        8: ("running", a_day(21)),
        9: ("running", a_day(28)),
        10: ("stopped", a_day(28)),
        30: ("stopped", a_day(28)),
    }
    assert told[30].follows is None
    assert told[30].used == told[10].used == 3


def test_a_day_to_come_is_told_as_it_will_be_if_nothing_is_done() -> None:
    clock = a_clock(WEEKDAYS, on=MONDAY, term=Term(5), on_expiry=OnExpiry.DEEMED_ACCEPTED)

    last, after, later = (standing_of(clock, a_day(number), WEEKDAYS) for number in (7, 8, 14))

    assert (last.state, last.left, last.follows) == (ClockState.RUNNING, 0, None)
    assert (after.state, after.left, after.follows) == (ClockState.OVERDUE, -1, OnExpiry.DEEMED_ACCEPTED)
    assert later.left == -5


def test_what_was_done_too_late_says_what_had_followed() -> None:
    expired, _ = a_clock(WEEKDAYS, on=MONDAY, term=Term(4)).expire(on=a_day(5))

    done = standing_of(taken(expired, "approve", a_day(7)), a_day(9), WEEKDAYS)

    assert (done.state, done.follows) == (ClockState.STOPPED, OnExpiry.ESCALATE)


def test_a_line_a_day_says_why_a_day_counts_or_does_not() -> None:
    clock = a_clock(CHANGJI, on=on("2026-02-10"), term=Term(5))
    clock = replace(clock, pauses=(Pause(why="correction", since=on("2026-02-12"), until=on("2026-02-12")),))
    standing = standing_of(clock, on("2026-02-12"), CHANGJI)

    told = days_of(standing, CHANGJI, announced_days(BOOK, "65/6523/652301"))

    kinds = {str(day.on)[5:]: day.counting for day in told}
    assert kinds["02-10"] is Counting.SETS_OFF
    assert kinds["02-11"] is Counting.WORKING
    assert kinds["02-12"] is Counting.PAUSED
    assert kinds["02-14"] is Counting.MAKE_UP
    assert kinds["02-17"] is Counting.HOLIDAY
    assert next(day.announced.holiday.zh for day in told if day.announced and day.announced.holiday) == "春节"
    assert str(told[-1].on) == "2026-02-25"


def test_a_year_that_is_not_announced_yet_is_named() -> None:
    standing = standing_of(a_clock(CHANGJI, on=on("2026-12-20"), term=Term(20)), on("2026-12-20"), CHANGJI)

    assert standing.provisional_years == (2027,)


def test_a_limit_has_at_least_one_day() -> None:
    with pytest.raises(MalformedRule):
        a_limit(term=Term(0))


def test_a_clock_speaks_for_the_case_that_it_runs_for() -> None:
    clock = a_clock(WEEKDAYS, on=MONDAY)

    assert (clock.region, clock.person_id, clock.application_id) == (
        TOWNSHIP,
        clock.subject.person_id,
        clock.subject.application_id,
    )
