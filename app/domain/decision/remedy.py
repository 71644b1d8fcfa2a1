"""How one turns against a decision: to which body, within how many days, until which day."""

from dataclasses import dataclass
from datetime import date

from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.refusal import appeal_of
from app.domain.shared.rulebook import Ruled, RulesInForce

NEXT = "next"
"""`<subject>.next` names the appeal that follows on the one of the subject; where there is none, the body has the last
word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """The appeal that is open against a decision.

    Source: 行政许可法 art. 38: whoever refuses tells the right to appeal; 行政复议法 (2023) art. 20.
    """

    subject: str
    """The rule that opens it."""
    body: str
    """Code of the body in the catalogue of texts, such as `county_government`."""
    days: int
    unit: str
    """`working_days` or `calendar_days`, counted from the day after the person is told."""
    last_day: date
    """Counted from the day of the decision; who is told later has later."""
    source: str


def following(rules: RulesInForce, subject: str) -> str | None:
    """The appeal that is open against the decision of the body that hears the one of the subject."""
    named = f"{subject}.{NEXT}"
    return str(rules.value(named).value) if rules.has(named) else None


def remedy_of(rules: RulesInForce, subject: str, *, told_on: date, calendar: WorkingCalendar) -> Ruled[Remedy]:
    """The appeal that a rule opens against what a person is told on a day.

    Raises:
        NoRuleInForce: there is no such rule for the region and the day.
    """
    appeal, rule = appeal_of(rules, subject).value, rules.rule(subject)
    remedy = Remedy(
        subject=subject,
        body=appeal.body,
        days=appeal.days,
        unit=appeal.unit,
        last_day=appeal.last_day(told_on=told_on, calendar=calendar),
        source=appeal.source,
    )
    return Ruled(remedy, rule)
