"""The promised end follows the critical path: what waits begins when the last that it waits for has ended."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.application import Package, PackageItem, Promise, promise_of
from app.domain.shared.calendar import Announcement, WorkingCalendar
from app.domain.shared.term import DayKind, Term, joined
from tests.builders import MONDAY, WEEKDAYS, a_package, a_package_item

A_WEEK, TWO_DAYS = (Term(5),), (Term(2),)


def promised(*items: PackageItem, choosing: tuple[str, ...] = (), on: date = MONDAY) -> Promise:
    package = a_package(*items)
    codes = choosing or tuple(item.code for item in package.items)
    return promise_of(package.chosen(codes), on=on, calendar=WEEKDAYS)


def test_what_waits_for_nothing_runs_side_by_side() -> None:
    promise = promised(a_package_item("a", terms=A_WEEK), a_package_item("b", terms=TWO_DAYS))

    assert promise.ends == {"a": date(2026, 11, 23), "b": date(2026, 11, 18)}
    assert (promise.end, promise.path) == (date(2026, 11, 23), ("a",))


def test_what_waits_begins_when_the_last_that_it_waits_for_has_ended() -> None:
    promise = promised(
        a_package_item("certificate", terms=A_WEEK),
        a_package_item("quick", terms=TWO_DAYS),
        a_package_item("both", "certificate", "quick", terms=TWO_DAYS),
    )

    assert promise.ends["both"] == date(2026, 11, 25)
    assert promise.path == ("certificate", "both")


def test_what_is_not_chosen_is_not_waited_for() -> None:
    items = (a_package_item("certificate", terms=A_WEEK), a_package_item("help", "certificate", terms=TWO_DAYS))

    assert promised(*items, choosing=("help",)).end == date(2026, 11, 18)


def test_where_nothing_is_promised_of_one_item_no_end_is_promised_for_it_for_what_waits_for_it_and_for_the_whole() -> (
    None
):
    promise = promised(
        a_package_item("open_ended"),
        a_package_item("after_it", "open_ended", terms=A_WEEK),
        a_package_item("beside_it", terms=A_WEEK),
    )

    assert promise.ends == {"open_ended": None, "after_it": None, "beside_it": date(2026, 11, 23)}
    assert (promise.end, promise.path) == (None, ())


def test_days_by_the_calendar_end_on_a_day_on_which_offices_work() -> None:
    promise = promised(a_package_item("legal_aid", terms=(Term(5, DayKind.CALENDAR),)))

    assert promise.end == date(2026, 11, 23)  # the 21st is a Saturday


def test_terms_of_both_kinds_follow_one_another() -> None:
    promise = promised(a_package_item("a", terms=(Term(2), Term(7, DayKind.CALENDAR), Term(1))))

    assert promise.end == date(2026, 11, 26)


def test_holidays_are_not_counted() -> None:
    holidays = Announcement(year=2026, days_off=frozenset({date(2026, 11, 18)}))
    calendar = WorkingCalendar.of([holidays], zone=WEEKDAYS.zone)
    selection = a_package(a_package_item("a", terms=A_WEEK)).chosen(["a"])

    assert promise_of(selection, on=MONDAY, calendar=calendar).end == date(2026, 11, 24)


@st.composite
def packages(draw: st.DrawFn) -> Package:
    """Up to eight items, each waiting for any of those before it, in any order."""
    items: list[PackageItem] = []
    for number in range(draw(st.integers(1, 8))):
        earlier = draw(st.sets(st.sampled_from([item.code for item in items]))) if items else set()
        days = draw(st.integers(1, 30))
        items.append(a_package_item(f"item_{number}", *sorted(earlier), terms=(Term(days),)))
    return a_package(*draw(st.permutations(items)))


@given(packages(), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_the_end_is_that_of_the_longest_chain_of_items(package: Package, on: date) -> None:
    items = {item.code: item for item in package.items}

    def longest(code: str) -> int:
        before = max((longest(needed) for needed in items[code].depends_on), default=0)
        return before + items[code].terms[0].days

    promise = promise_of(package.chosen(items), on=on, calendar=WEEKDAYS)

    assert promise.end == WEEKDAYS.last_day_of(max(map(longest, items)), after=on)
    assert sum(items[code].terms[0].days for code in promise.path) == max(map(longest, items))
    assert all(
        earlier in items[later].depends_on for earlier, later in zip(promise.path, promise.path[1:], strict=False)
    )


@given(st.lists(st.builds(Term, st.integers(1, 20), st.sampled_from(DayKind)), max_size=6), st.integers(0, 400))
def test_joined_terms_end_where_they_end_one_by_one(terms: list[Term], offset: int) -> None:
    day = one_by_one = MONDAY + timedelta(days=offset)

    for term in terms:
        one_by_one = term.last_day(after=one_by_one, calendar=WEEKDAYS)
    for term in joined(terms):
        day = term.last_day(after=day, calendar=WEEKDAYS)

    assert day == one_by_one
