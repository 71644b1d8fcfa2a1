"""A refusal in writing: why, and to whom the person may turn against it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.errors import Unprocessable
from app.domain.shared.rulebook import Ruled, RulesInForce
from app.domain.shared.term import DayKind, Term

ReasonT = TypeVar("ReasonT", bound=StrEnum)


class ReasonMissing(Unprocessable):
    """A decision against the person, or against the proposal, gives no reason in writing."""

    code = "reason_missing"
    title = "A written reason is needed"


def require_words(words: str, say: str, *, pointer: str = "/text") -> None:
    """Hold whoever decides to saying something; what, is for the caller to ask.

    Raises:
        ReasonMissing: there are no words.
    """
    if not words.strip():
        raise ReasonMissing(say, pointer=pointer)


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
        return Term(self.days, DayKind(self.unit)).last_day(after=told_on, calendar=calendar)


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
        require_words(self.text, "Say in plain words why this is refused, so that the person can answer it.")


def appeal_of(rules: RulesInForce, subject: str) -> Ruled[Appeal]:
    """The appeal that a rule opens.

    Raises:
        NoRuleInForce: there is none for the region and the day.
    """
    ruled = rules.entry(subject)
    fields, rule = ruled.value, ruled.rule
    appeal = Appeal(body=fields.text("body"), days=fields.whole("days"), unit=fields.text("unit"), source=rule.source)
    return Ruled(appeal, rule)
