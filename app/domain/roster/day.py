"""The roster as it stood on a day."""

from datetime import date

from app.domain.roster.refusals import RosterDayImpossible


def require_day(on: date, *, today: date, pointer: str) -> None:
    """Refuse a day of which there can be no roster yet.

    Raises:
        RosterDayImpossible: it has not come.
    """
    if on > today:
        raise RosterDayImpossible("Give today or a day before: no roster is known ahead.", pointer=pointer)
