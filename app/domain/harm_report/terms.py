"""Which body must be told of suspected harm, and by when it takes the report in."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from app.domain.organisation import OrganisationKind
from app.domain.person import ADULT_AGE
from app.domain.shared.region import Level
from app.domain.shared.rulebook import Ruled, RulesInForce

BODIES = "harm.bodies"
RECEIVE_WITHIN = "harm.receive_within"
RAISE_TO, RAISED_WITHIN = "harm.raise_to", "harm.raised_within"


class AtRisk(StrEnum):
    """Whom the law protects."""

    MINOR = "minor"
    """未成年人"""
    ADULT = "adult"
    """无民事行为能力、限制民事行为能力的成年人, or an adult whom a disability keeps from seeking help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmTerms:
    """What holds for a report about one person in a region on a day."""

    at_risk: AtRisk
    body_kind: OrganisationKind
    body_level: Level
    receive_within_hours: Ruled[int]
    raise_level: Level
    """Whose body of the same kind has it when nobody has taken it in."""
    raised_within_hours: Ruled[int]
    references: tuple[str, ...]

    @classmethod
    def of(cls, rules: RulesInForce, *, age: int | None) -> Self:
        """Read them from the rules in force; whose age is not known is taken for a minor, who is protected most.

        Raises:
            NoRuleInForce: one of them is missing for the region and the day.
        """
        adult, bodies, within = rules.years(ADULT_AGE), rules.entry(BODIES), rules.hours(RECEIVE_WITHIN)
        raised_to = rules.value(RAISE_TO)
        at_risk = AtRisk.ADULT if age is not None and age >= adult.value else AtRisk.MINOR
        body = bodies.value.entry(at_risk.value)
        return cls(
            at_risk=at_risk,
            body_kind=OrganisationKind(body.text("kind")),
            body_level=Level(body.text("level")),
            receive_within_hours=within,
            raise_level=Level(str(raised_to.value)),
            raised_within_hours=rules.hours(RAISED_WITHIN),
            references=(bodies.reference, within.reference),
        )
