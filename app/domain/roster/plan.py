"""How often somebody is visited, and what that weighs for a commissioner: from flags, by dated regional rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from app.domain.shared.entry import Entry
from app.domain.shared.rulebook import Ruled, RulesInForce

CADENCE = "visit.cadence"
WEIGHT = "visit.weight"
GROUP_AT_LEAST = "group.size_at_least"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitTerms:
    """What holds for visits (走访探视) in a region on a day."""

    every_days: int
    """Calendar days from one visit to the next at most, where no flag is set."""
    every_days_by_flag: Mapping[str, int]
    first_within_days: int
    """Calendar days until the first visit, from the day on the roster."""
    weight: int
    weight_by_flag: Mapping[str, int]
    most_weight: int
    references: tuple[str, ...]

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: one of them is missing for the region and the day.
        """
        cadence, weight = rules.entry(CADENCE), rules.entry(WEIGHT)
        return cls(
            every_days=cadence.value.whole("base"),
            every_days_by_flag=_by_flag(cadence),
            first_within_days=cadence.value.whole("first_within"),
            weight=weight.value.whole("base"),
            weight_by_flag=_by_flag(weight),
            most_weight=weight.value.whole("at_most"),
            references=(cadence.reference, weight.reference),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPlan:
    """How often somebody is visited and when next; derived, and never typed in."""

    flags: tuple[str, ...]
    weight: int
    every_days: int
    due_on: date
    """The last day of the next visit."""
    rule_versions: tuple[str, ...]


def visit_plan(
    flags: Iterable[str], *, listed_on: date, visited_on: date | None, terms: VisitTerms, versions: Iterable[str] = ()
) -> VisitPlan:
    """The plan that follows from the flags that are set: the shortest cadence counts, and each flag weighs.

    Source: `visit.cadence`, `visit.weight` in the rulebook; R28, R36, R52 of the operational requirements.
    """
    known = tuple(flags)
    every = min((terms.every_days_by_flag.get(flag, terms.every_days) for flag in known), default=terms.every_days)
    weight = terms.weight + sum(terms.weight_by_flag.get(flag, 0) for flag in known)
    first = listed_on + timedelta(days=terms.first_within_days)
    return VisitPlan(
        flags=known,
        weight=min(weight, terms.most_weight),
        every_days=every,
        due_on=first if visited_on is None else visited_on + timedelta(days=every),
        rule_versions=(*terms.references, *versions),
    )


def _by_flag(rule: Ruled[Entry]) -> Mapping[str, int]:
    listed = rule.value.entry("flags")
    return {flag: listed.whole(flag) for flag in listed.fields}
