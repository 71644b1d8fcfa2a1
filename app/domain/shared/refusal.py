"""A refusal in writing: why, and to whom the person may turn against it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.errors import Unprocessable
from app.domain.shared.rulebook import Ruled, RulesInForce

ReasonT = TypeVar("ReasonT", bound=StrEnum)
WORKING_DAYS = "working_days"
CALENDAR_DAYS = "calendar_days"


def last_day_of(days: int, unit: str, *, after: date, calendar: WorkingCalendar) -> date:
    """The last of so many days; one that is counted in calendar days never ends on a day off.

    Source: 民法典 arts. 201, 203: counting starts the day after; a last day off gives way to the next working day.
    """
    if unit == WORKING_DAYS:
        return calendar.last_day_of(days, after=after)
    return calendar.add(0, to=after + timedelta(days=days))


class ReasonMissing(Unprocessable):
    """A decision against the person, or against the proposal, gives no reason in writing."""

    code = "reason_missing"
    title = "A written reason is needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """Where a person turns against a decision, and for how long that is open."""

    body: str
    """Code of the body in the catalogue of texts, such as `prefecture_federation`."""
    days: int
    unit: str
    """`working_days` or `calendar_days`, counted from the day after the person is told."""
    source: str

    def last_day(self, *, told_on: date, calendar: WorkingCalendar) -> date:
        """The last day on which it is open."""
        return last_day_of(self.days, self.unit, after=told_on, calendar=calendar)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal(Generic[ReasonT]):
    """Why something is refused: a code, the words for the person, and the way to appeal.

    Raises:
        ReasonMissing: there are no words for the person.
    """

    reason: ReasonT
    text: str
    appeal: Appeal

    def __post_init__(self) -> None:
        """Refuse a refusal without words."""
        if not self.text.strip():
            raise ReasonMissing(
                "Say in plain words why this is refused, so that the person can answer it.", pointer="/text"
            )


def appeal_of(rules: RulesInForce, subject: str) -> Ruled[Appeal]:
    """The appeal that a rule opens.

    Raises:
        NoRuleInForce: there is none for the region and the day.
    """
    ruled = rules.entry(subject)
    fields, rule = ruled.value, ruled.rule
    appeal = Appeal(body=fields.text("body"), days=fields.whole("days"), unit=fields.text("unit"), source=rule.source)
    return Ruled(appeal, rule)
