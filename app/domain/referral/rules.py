"""The numbers that referrals need, taken from the rulebook for a region and a day."""

from dataclasses import dataclass
from typing import Self

from app.domain.shared.rulebook import Ruled, RulesInForce

ANSWER = "referral.answer"
ASK_ANOTHER = "referral.ask_another"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRules:
    """What holds for referrals in a region on a day."""

    answer_working_days: Ruled[int]
    """How long a provider has to answer an offer."""
    ask_another_working_days: Ruled[int]
    """Within how many days another is asked, where a provider declined or did not answer."""

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: one of them is missing for the region and the day.
        """
        return cls(
            answer_working_days=rules.working_days(ANSWER),
            ask_another_working_days=rules.working_days(ASK_ANOTHER),
        )
