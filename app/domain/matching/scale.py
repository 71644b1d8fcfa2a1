"""What matters how much, and how good what is: taken from the rulebook for a region and a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from app.domain.matching.outcome import OUTCOMES
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.rulebook import RulesInForce

WEIGHTS = "matching.weights"
POINTS = "matching.points"


class Criterion(StrEnum):
    """By what services are compared."""

    FIT = "fit"
    """需求契合"""
    DISTANCE = "distance"
    """距离"""
    WAITING = "waiting"
    """等候时间"""
    ACCESSIBILITY = "accessibility"
    """场所无障碍"""
    LANGUAGE = "language"
    """语言"""
    CONTINUITY = "continuity"
    """服务延续"""
    PREFERENCE = "preference"
    """本人意愿"""
    QUALITY = "quality"
    """服务质量"""
    OUTCOME = "outcome"
    """服务成效"""


class Distance(StrEnum):
    """How far it is, in classes that need no address: only in which region each of the two lies."""

    AT_HOME = "at_home"
    REMOTE = "remote"
    SAME_VILLAGE = "same_village"
    SAME_TOWNSHIP = "same_township"
    SAME_COUNTY = "same_county"
    SAME_PREFECTURE = "same_prefecture"
    FARTHER = "farther"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Weights and points. Points run from 0 to 100, whatever the weights are.

    Source: matching.weights, matching.points and matching.outcomes; no law ranks services.
    """

    weights: Mapping[Criterion, int]
    fit_alone: int
    fit_each_other_need: int
    distance: Mapping[Distance, int]
    waiting: tuple[tuple[int, int], ...]
    """Steps of days and points, the fewest days first."""
    waiting_unknown: int
    waiting_full: int
    preference_each_rank_less: int
    preference_least: int
    quality_unknown: int
    fewest_ratings: int
    """Of fewer no average is made: it would tell what one person said."""
    outcome_unknown: int
    fewest_outcomes: int
    """Of fewer people nothing is said of what came of their plans: chance would speak, and one could tell of whom."""
    rule_versions: tuple[str, ...]

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read it from the rules in force.

        Raises:
            NoRuleInForce: one of them is missing for the region and the day.
            MalformedRule: something is missing, or nothing has any weight.
        """
        weights, points = rules.entry(WEIGHTS), rules.entry(POINTS)
        outcomes = rules.entry(OUTCOMES)
        fit, preference = points.value.entry("fit"), points.value.entry("preference")
        quality = points.value.entry("quality")
        return cls(
            weights=_weights(weights.value),
            fit_alone=fit.whole("alone"),
            fit_each_other_need=fit.whole("each_other_need"),
            distance={distance: points.value.entry("distance").whole(distance) for distance in Distance},
            waiting=tuple((step.whole("days"), step.whole("points")) for step in points.value.entries("waiting")),
            waiting_unknown=points.value.whole("waiting_unknown"),
            waiting_full=points.value.whole("waiting_full"),
            preference_each_rank_less=preference.whole("each_rank_less"),
            preference_least=preference.whole("least"),
            quality_unknown=quality.whole("unknown"),
            fewest_ratings=quality.whole("fewest_ratings"),
            outcome_unknown=outcomes.value.whole("unknown"),
            fewest_outcomes=outcomes.value.whole("fewest_people"),
            rule_versions=(weights.reference, points.reference, outcomes.reference),
        )


def _weights(entry: Entry) -> Mapping[Criterion, int]:
    entry.require_only(*Criterion)
    weights = {criterion: entry.whole(criterion) for criterion in Criterion}
    if min(weights.values()) < 0 or not any(weights.values()):
        raise MalformedRule(f"{entry.where}: weights are zero or more, and one at least is more.")
    return weights
