"""The working calendar, as it travels."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field

from app.api.v1.schemas.types import Output
from app.api.v1.schemas.words import WordsRead
from app.domain.shared.announced import Announced
from app.services.working_calendar import MOST_DAYS, CalendarDay, CalendarView


class CalendarDayRead(Output):
    """One day."""

    on: date
    is_working: Annotated[bool, Field(description="Whether offices work.")]
    is_make_up: Annotated[bool, Field(description="A weekend day that is worked to make up for a day off (调休).")]
    holiday: Annotated[WordsRead | None, Field(description="The announced holiday that the day belongs to.")]
    source: Annotated[
        str | None, Field(max_length=300, description="The announcement that names the day, if any does.")
    ]
    is_provisional: Annotated[bool, Field(description="The year is not announced yet: this may still change.")]

    @classmethod
    def of(cls, day: CalendarDay) -> Self:
        """The day as it travels."""
        announced = day.announced
        return cls(
            on=day.on,
            is_working=day.is_working,
            is_make_up=announced is not None and announced.is_make_up,
            holiday=_holiday(announced),
            source=announced.rule.source if announced else None,
            is_provisional=day.is_provisional,
        )


class WorkingCalendarRead(Output):
    """Consecutive days in one region."""

    region_code: Annotated[str, Field(max_length=12)]
    last_day: Annotated[
        date | None,
        Field(description="The last of the working days that were asked for with `after`; it counts whole."),
    ]
    is_provisional: Annotated[bool, Field(description="Whether one of the days may still change.")]
    days: Annotated[list[CalendarDayRead], Field(max_length=MOST_DAYS)]

    @classmethod
    def of(cls, view: CalendarView) -> Self:
        """The days as they travel."""
        return cls(
            region_code=view.region_code,
            last_day=view.last_day,
            is_provisional=any(day.is_provisional for day in view.days),
            days=[CalendarDayRead.of(day) for day in view.days],
        )


def _holiday(announced: Announced | None) -> WordsRead | None:
    return WordsRead.of(announced.holiday) if announced and announced.holiday else None
