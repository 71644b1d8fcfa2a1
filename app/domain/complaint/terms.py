"""Until when a complaint is taken in, answered by the provider, and closed: dated rules of the place."""

from dataclasses import dataclass
from typing import Self

from app.domain.shared.region import Level
from app.domain.shared.rulebook import Ruled, RulesInForce

RECEIVE = "complaint.receive"
PROVIDER_ANSWER = "complaint.provider_answer"
CLOSE = "complaint.close"
RAISE_TO, RAISED_WITHIN = "complaint.raise_to", "complaint.raised_within"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintTerms:
    """What holds for complaints in a region on a day."""

    receive_working_days: Ruled[int]
    provider_answer_working_days: Ruled[int]
    close_working_days: Ruled[int]
    raise_to: Ruled[Level]
    """The level whose federation sees to what is overdue."""
    raised_working_days: Ruled[int]

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: one of them is missing for the region and the day.
        """
        return cls(
            receive_working_days=rules.working_days(RECEIVE),
            provider_answer_working_days=rules.working_days(PROVIDER_ANSWER),
            close_working_days=rules.working_days(CLOSE),
            raise_to=rules.choice(RAISE_TO, Level),
            raised_working_days=rules.working_days(RAISED_WITHIN),
        )

    @property
    def references(self) -> tuple[str, ...]:
        """The rules that these are read from."""
        return (self.receive_working_days.reference, self.close_working_days.reference)
