"""The numbers that consents need, taken from the rulebook for a region and a day."""

from dataclasses import dataclass
from typing import Self

from app.domain.shared.rulebook import Ruled, RulesInForce

OWN_WORD_AGE = "consent.own_word_age"
VALIDITY = "consent.validity."


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRules:
    """What holds for consents to one purpose in a region on a day."""

    own_word_age_years: Ruled[int]
    """From this age on a person's own word suffices; before, a guardian's is needed."""
    validity_months: Ruled[int]
    """How long a consent lasts at most."""

    @classmethod
    def of(cls, rules: RulesInForce, *, purpose: str) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: one of them is missing for the region and the day.
        """
        return cls(own_word_age_years=rules.years(OWN_WORD_AGE), validity_months=rules.months(f"{VALIDITY}{purpose}"))
