"""What came of what a provider did for people by their plans: figures in which no person stands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, Self
from uuid import UUID

from app.domain.shared.quantity import Quantity, Unit
from app.domain.shared.rulebook import RulesInForce

OUTCOMES = "matching.outcomes"
ALL = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRules:
    """What counts as an outcome, and how much.

    Source: matching.outcomes; no law ranks services.
    """

    goal: Mapping[str, int]
    """Points for what was seen of a goal; what is not named here says nothing."""
    delivered_percent: int
    """How much of the points hangs on what was delivered of what was planned; the rest on the goals."""
    least: Mapping[Unit, int]
    """From how much planned on somebody counts as one case; less is too little to tell anything."""
    months: int
    """How far back reviews count."""
    hard_flags: frozenset[str]
    """Flags of special difficulty whose bearers do not count against a provider."""

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: there is none for the region and the day.
            MalformedRule: something is missing.
        """
        ruled = rules.entry(OUTCOMES).value
        goal, least = ruled.entry("goal"), ruled.entry("least")
        return cls(
            goal={seen: goal.whole(seen) for seen in goal.fields},
            delivered_percent=ruled.whole("delivered_percent"),
            least={unit: least.whole(unit) for unit in Unit},
            months=ruled.whole("months"),
            hard_flags=frozenset(ruled.texts("hard_flags")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One step of somebody's plan, as one provider carried it out, and what was seen of the goals that it serves."""

    provider_id: UUID
    planned: Quantity
    delivered: int
    seen: tuple[str, ...]


class Outcomes(NamedTuple):
    """How many people's plans a provider has worked on, and the sum of their points; hard cases stand apart."""

    people: int = 0
    total: int = 0
    hard: int = 0
    hard_total: int = 0

    def and_also(self, other: "Outcomes") -> "Outcomes":
        """Both together.

        >>> Outcomes(1, 80).and_also(Outcomes(hard=1, hard_total=30))
        Outcomes(people=1, total=80, hard=1, hard_total=30)
        """
        return Outcomes(*(one + another for one, another in zip(self, other, strict=True)))


UNSEEN = Outcomes()


def outcomes_of(served: Iterable[Served], *, is_hard: bool, rules: OutcomeRules) -> Mapping[UUID, Outcomes]:
    """What came of one person's plans, by provider: one case each, however many steps there are.

    Steps weigh by how much was planned, so that many tiny ones do not outweigh a large one, and together they must
    come to a case at all.
    """
    by_provider: dict[UUID, list[tuple[Fraction, int]]] = defaultdict(list)
    for one in served:
        points = _points(one, rules)
        if points is not None:
            weight = Fraction(one.planned.amount, rules.least[one.planned.unit])
            by_provider[one.provider_id].append((weight, points))
    found = {provider: _average(steps) for provider, steps in by_provider.items()}
    return {
        provider: Outcomes(hard=1, hard_total=points) if is_hard else Outcomes(1, points)
        for provider, points in found.items()
        if points is not None
    }


def _points(served: Served, rules: OutcomeRules) -> int | None:
    """What one step is worth; None where nobody has seen yet what it was for."""
    seen = [rules.goal[one] for one in served.seen if one in rules.goal]
    if not seen:
        return None
    delivered = min(ALL, ALL * served.delivered // served.planned.amount)
    goal = sum(seen) // len(seen)
    return ((ALL - rules.delivered_percent) * goal + rules.delivered_percent * delivered) // ALL


def _average(steps: list[tuple[Fraction, int]]) -> int | None:
    weight = sum((weight for weight, _ in steps), Fraction())
    return int(sum(weight * points for weight, points in steps) / weight) if weight >= 1 else None
