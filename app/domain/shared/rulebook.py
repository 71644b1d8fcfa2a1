"""Numbers and lists of law as dated data: what holds in a region on a day, and by which source."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from app.domain.shared.entry import Entry, MalformedRule, RuleValue
from app.domain.shared.errors import Unavailable
from app.domain.shared.provenance import Confidence
from app.domain.shared.region import NATIONAL, ancestors_of

T = TypeVar("T")
Choice = TypeVar("Choice", bound=StrEnum)
_LIST = "value"


class NoRuleInForce(Unavailable):
    """The rulebooks do not say what holds in this region on this day."""

    code = "no_rule_in_force"
    title = "No rule is in force for this"


class AmbiguousRules(ValueError):
    """Two rules of one region claim the same day, and neither says that it supersedes the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One value of law, for one region and one span of days.

    Rules are never changed. A correction is a new version that is recorded later and names the version it supersedes.
    """

    subject: str
    value: RuleValue
    unit: str
    source: str
    confidence: Confidence
    valid_from: date
    recorded_at: datetime
    region: str = NATIONAL
    valid_to: date | None = None
    """The last day on which it holds."""
    version: int = 1
    supersedes: int | None = None
    """The version, and with it all before, that this one replaces where both would hold."""
    note: str | None = None

    @property
    def reference(self) -> str:
        """What a decision stores to name the rule that it used.

        >>> from datetime import UTC
        >>> Rule(subject="certificate.notice", value=5, unit="working_days", source="art. 9(3)", version=2,
        ...      confidence=Confidence.SEEN, valid_from=date(2018, 1, 1), recorded_at=datetime(2026, 1, 1, tzinfo=UTC)
        ... ).reference
        'certificate.notice@CN#2'
        """
        return f"{self.subject}@{self.region or 'CN'}#{self.version}"

    def covers(self, on: date) -> bool:
        """Say whether it holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Ruled(Generic[T]):
    """A value together with the rule that gives it, so that a decision can say and store why."""

    value: T
    rule: Rule

    @property
    def reference(self) -> str:
        """What a decision stores to name the rule that it used."""
        return self.rule.reference


class Rulebook:
    """All rules that a deployment knows, ready to be asked for a region and a day."""

    __slots__ = ("_rules",)

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Index the rules.

        Raises:
            AmbiguousRules: two rules claim the same subject, region and day, and neither supersedes the other.
        """
        gathered: dict[str, dict[str, list[Rule]]] = {}
        for rule in rules:
            gathered.setdefault(rule.subject, {}).setdefault(rule.region, []).append(rule)
        self._rules = {
            subject: {area: _latest_first(versions) for area, versions in gathered[subject].items()}
            for subject in sorted(gathered)
        }

    def __iter__(self) -> Iterator[Rule]:
        """All rules ever recorded."""
        return (rule for by_area in self._rules.values() for versions in by_area.values() for rule in versions)

    def at(self, region: str, on: date, *, as_of: datetime | None = None) -> "RulesInForce":
        """The rules of a region on a day; with `as_of`, those that were on record at that moment."""
        return RulesInForce(self, region, on, as_of)

    def find(self, subject: str, region: str, on: date, *, as_of: datetime | None = None) -> Rule | None:
        """The rule of the nearest region that has one: the region itself, or the first above it."""
        by_area = self._rules.get(subject, {})
        for area in ancestors_of(region):
            # Latest recorded first; a subject has a handful of versions, so a scan beats a search.
            for rule in by_area.get(area, ()):
                if rule.covers(on) and (as_of is None or rule.recorded_at <= as_of):
                    return rule
        return None

    def history(self, subject: str, region: str) -> tuple[Rule, ...]:
        """Every version ever recorded for a subject in a region and above it: the country first, each by its days."""
        by_area = self._rules.get(subject, {})
        areas = reversed(tuple(ancestors_of(region)))
        return tuple(rule for area in areas for rule in sorted(by_area.get(area, ()), key=_beginning))

    def subjects(self, prefix: str = "") -> tuple[str, ...]:
        """The subjects that begin with a prefix, by name."""
        return tuple(subject for subject in self._rules if subject.startswith(prefix))


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """What holds in one region on one day. Every answer carries its rule.

    A rule that is not in the unit that is asked for is a mistake in the data, and raises MalformedRule.
    """

    book: Rulebook
    region: str
    on: date
    as_of: datetime | None = None

    def rule(self, subject: str) -> Rule:
        """The rule itself.

        Raises:
            NoRuleInForce: neither the region nor any region above it has one for this day.
        """
        found = self.book.find(subject, self.region, self.on, as_of=self.as_of)
        if found is None:
            raise NoRuleInForce(
                f"The rulebooks have no {subject} for region {self.region or 'CN'} on {self.on}. "
                "Ask the operator to enter one.",
                subject=subject,
            )
        return found

    def has(self, subject: str) -> bool:
        """Say whether there is a rule at all."""
        return self.book.find(subject, self.region, self.on, as_of=self.as_of) is not None

    def under(self, prefix: str) -> tuple[Rule, ...]:
        """All rules in force whose subject begins so, such as every service of the catalogue."""
        found = (
            self.book.find(subject, self.region, self.on, as_of=self.as_of) for subject in self.book.subjects(prefix)
        )
        return tuple(rule for rule in found if rule)

    def value(self, subject: str) -> Ruled[RuleValue]:
        """What the rule says, whatever its unit."""
        rule = self.rule(subject)
        return Ruled(rule.value, rule)

    def entry(self, subject: str) -> Ruled[Entry]:
        """What a rule says that says more than one thing."""
        rule = self.rule(subject)
        return Ruled(Entry(rule.value, subject), rule)

    def entries(self, subject: str) -> Ruled[tuple[Entry, ...]]:
        """What a rule says that is a list of such."""
        rule = self.rule(subject)
        return Ruled(Entry({_LIST: rule.value}, rule.reference).entries(_LIST), rule)

    def texts(self, subject: str) -> Ruled[tuple[str, ...]]:
        """What a rule says that is a list of texts, such as codes."""
        rule = self.rule(subject)
        return Ruled(Entry({_LIST: rule.value}, rule.reference).texts(_LIST), rule)

    def working_days(self, subject: str) -> Ruled[int]:
        """A number of working days."""
        return self._whole(subject, "working_days")

    def calendar_days(self, subject: str) -> Ruled[int]:
        """A number of days, working or not."""
        return self._whole(subject, "calendar_days")

    def months(self, subject: str) -> Ruled[int]:
        """A number of months."""
        return self._whole(subject, "months")

    def hours(self, subject: str) -> Ruled[int]:
        """A number of hours."""
        return self._whole(subject, "hours")

    def years(self, subject: str) -> Ruled[int]:
        """A number of years."""
        return self._whole(subject, "years")

    def count(self, subject: str) -> Ruled[int]:
        """A number of things: grades, members, reissues."""
        return self._whole(subject, "count")

    def amount_fen(self, subject: str) -> Ruled[int]:
        """An amount in fen; the unit of the rule says whether once, a month or a year."""
        return self._whole(subject, "fen", "fen_per_month", "fen_per_year")

    def flag(self, subject: str) -> Ruled[bool]:
        """Whether something is so here."""
        rule = self._of_unit(subject, "flag")
        if not isinstance(rule.value, bool):
            raise MalformedRule(f"{rule.reference} is neither true nor false.")
        return Ruled(rule.value, rule)

    def choice(self, subject: str, kind: type[Choice]) -> Ruled[Choice]:
        """One of the ways that an enumeration knows."""
        rule = self._of_unit(subject, "choice")
        try:
            return Ruled(kind(str(rule.value)), rule)
        except ValueError:
            raise MalformedRule(f"{rule.reference} is none of {', '.join(kind)}.") from None

    def _whole(self, subject: str, *units: str) -> Ruled[int]:
        rule = self._of_unit(subject, *units)
        if not isinstance(rule.value, int) or isinstance(rule.value, bool):
            raise MalformedRule(f"{rule.reference} is no whole number.")
        return Ruled(rule.value, rule)

    def _of_unit(self, subject: str, *units: str) -> Rule:
        rule = self.rule(subject)
        if rule.unit not in units:
            raise MalformedRule(f"{rule.reference} is in {rule.unit}, not in {' or '.join(units)}.")
        return rule


def _beginning(rule: Rule) -> date:
    return rule.valid_from


def _recency(rule: Rule) -> tuple[datetime, int]:
    return rule.recorded_at, rule.version


def _latest_first(versions: Iterable[Rule]) -> tuple[Rule, ...]:
    """Sorted by when they were recorded, after making sure that each day has one rule at any recorded moment."""
    recorded = sorted(versions, key=_recency)
    for later, earlier in ((later, earlier) for index, later in enumerate(recorded) for earlier in recorded[:index]):
        if later.version == earlier.version or (_overlap(earlier, later) and not _replaces(later, earlier)):
            raise AmbiguousRules(f"{earlier.reference} and {later.reference} claim the same days.")
    return tuple(reversed(recorded))


def _overlap(one: Rule, other: Rule) -> bool:
    first = max(one.valid_from, other.valid_from)
    return one.covers(first) and other.covers(first)


def _replaces(later: Rule, earlier: Rule) -> bool:
    return (
        later.supersedes is not None and later.supersedes >= earlier.version and later.recorded_at > earlier.recorded_at
    )
