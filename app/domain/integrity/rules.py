"""From which count on, and with how little chance, something is an alarm: dated rule data, all of it assumed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Self

from app.domain.integrity.kind import COMPARED, COUNTED, AlarmKind
from app.domain.integrity.period import Period
from app.domain.shared.entry import Entry
from app.domain.shared.identity import Grade
from app.domain.shared.region import Level
from app.domain.shared.rulebook import RulesInForce
from app.domain.shared.span import months_after

_BY_NUMBER = tuple(kind for kind in COUNTED if kind is not AlarmKind.PACE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """When a share stands out."""

    at_least: int
    """Fewer cases than that are not looked at: of a handful, nothing can be said."""
    percent_of_expected: int
    """A difference that is certain and small is no alarm: with many cases, everybody differs from the others."""
    chance: float
    """With which chance at most a period in which nobody does wrong has an alarm of this kind at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How much time evaluations take at least."""

    minutes_each: int
    minutes_a_day: int

    @property
    def most_a_day(self) -> int:
        """How many of them a day has time for.

        >>> Pace(minutes_each=15, minutes_a_day=600).most_a_day
        40
        """
        return self.minutes_a_day // self.minutes_each


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How many of a month's files are read again at random."""

    per_mille: int
    at_least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrityRules:
    """What makes an alarm in a region on a day."""

    area: Level
    """How far around doctors, institutions and villages are compared with one another."""
    months: int
    """How long a period is. Each is looked at once, when it is over: who looks on and on finds something by chance."""
    months_before: int
    """With how many months before it a village is compared."""
    months_of_draws: int
    """How far back the draws of one applicant are counted, to the end of a period: patience waits a quarter."""
    severe_until: Grade
    compared: Mapping[AlarmKind, Comparison]
    widths: Mapping[str, Decimal]
    """Of each measure, how many per cent of a threshold are looked at on either side."""
    pace: Pace
    counted: Mapping[AlarmKind, int]
    """From how many on; of what can only be counted."""
    sampling: Sampling
    """Of what was concluded in a month."""
    grant_sampling: Sampling
    """Of what is running on the day of the draw."""
    delivery_sampling: Sampling
    """Of what was delivered in a month."""
    versions: tuple[str, ...] = ()
    """References of the rules that these are read from."""

    def most(self, kind: AlarmKind) -> int:
        """Of what is counted, how much is no alarm yet."""
        return self.pace.most_a_day if kind is AlarmKind.PACE else self.counted[kind] - 1

    def draws_counted(self, period: Period) -> Period:
        """Within which time, to the end of a period, the draws of one applicant are counted."""
        return Period(months_after(period.last + timedelta(days=1), -self.months_of_draws), period.last)

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: one of them is missing for the region and the day.
        """
        widths = rules.entry("integrity.heap_widths").value
        pace = rules.entry("integrity.pace").value
        return cls(
            area=rules.choice("integrity.area", Level).value,
            months=rules.months("integrity.period").value,
            months_before=rules.months("integrity.months_before").value,
            months_of_draws=rules.months("integrity.draws_within").value,
            severe_until=Grade(rules.count("integrity.severe_until_grade").value),
            compared={kind: _comparison(rules.entry(f"integrity.{kind}").value) for kind in COMPARED},
            widths={measure: widths.decimal(measure) for measure in widths.fields},
            pace=Pace(minutes_each=pace.whole("minutes_each"), minutes_a_day=pace.whole("minutes_a_day")),
            counted={kind: rules.count(f"integrity.{kind}").value for kind in _BY_NUMBER},
            sampling=_sampling(rules.entry("integrity.sampling").value),
            grant_sampling=_sampling(rules.entry("integrity.grant_sampling").value),
            delivery_sampling=_sampling(rules.entry("integrity.delivery_sampling").value),
            versions=tuple(rule.reference for rule in rules.under("integrity.")),
        )


def _comparison(entry: Entry) -> Comparison:
    entry.require_only("at_least", "percent_of_expected", "chance_per_mille")
    return Comparison(
        at_least=entry.whole("at_least"),
        percent_of_expected=entry.whole("percent_of_expected"),
        chance=entry.whole("chance_per_mille") / 1000,
    )


def _sampling(entry: Entry) -> Sampling:
    entry.require_only("per_mille", "at_least")
    return Sampling(per_mille=entry.whole("per_mille"), at_least=entry.whole("at_least"))
