"""How long a benefit takes and lasts: promises are in working days, grants in months."""

from datetime import date

from app.domain.benefit import Grant, month_of


def test_a_grant_stops_after_the_month_in_which_a_condition_ceases() -> None:
    grant = Grant(first_month=date(2026, 11, 1)).stopped(date(2027, 3, 15))

    assert [grant.is_due_for(date(2027, month, 20)) for month in (2, 3, 4)] == [True, True, False]
    assert not grant.is_due_for(date(2026, 10, 31))


def test_a_grant_that_goes_on_is_due_for_every_later_month() -> None:
    assert Grant(first_month=date(2026, 11, 1)).is_due_for(date(2050, 1, 1))


def test_a_grant_never_ends_before_its_first_month() -> None:
    assert Grant(first_month=date(2026, 11, 1)).stopped(date(2026, 9, 30)).last_month == date(2026, 11, 1)


def test_a_month_is_named_by_its_first_day() -> None:
    assert month_of(date(2024, 2, 29)) == date(2024, 2, 1)
