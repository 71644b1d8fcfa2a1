"""The days and numbers that ratings need, taken from the rulebook for a region and a day."""

from dataclasses import dataclass
from typing import Self

from app.domain.shared.rulebook import Ruled, RulesInForce

CORRECTION = "rating.correction"
FOLLOW_UP = "rating.follow_up"
MINIMUM_CELL = "rating.minimum_cell"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingRules:
    """What holds for ratings in a region on a day."""

    correction_working_days: Ruled[int]
    """How long the person may say it differently."""
    follow_up_working_days: Ruled[int]
    """How long the unit has to look into a bad rating and answer it (差评核实整改)."""
    minimum_cell: Ruled[int]
    """Fewer ratings than this are not shown as figures: one could tell who gave them."""

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: one of them is missing for the region and the day.
        """
        return cls(
            correction_working_days=rules.working_days(CORRECTION),
            follow_up_working_days=rules.working_days(FOLLOW_UP),
            minimum_cell=rules.count(MINIMUM_CELL),
        )
