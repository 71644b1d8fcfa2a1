"""What reviews need of the rulebook: who hears them, and how long that may take."""

from dataclasses import dataclass
from typing import Self

from app.domain.shared.entry import Entry
from app.domain.shared.errors import Conflict
from app.domain.shared.rulebook import Ruled, RulesInForce

BODIES = "review.bodies"
ACCEPTANCE = "review.acceptance"
DECISION = "review.decision"


class HeardElsewhere(Conflict):
    """The body that hears the appeal does not work with this system; one turns to it directly."""

    code = "heard_elsewhere"
    title = "This appeal is made elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Which organisation a body is: a kind of organisation at a level above the case."""

    kind: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRules:
    """What holds for reviews in a region on a day.

    Source: 行政复议法 (2023) arts. 30, 62; 残疾人证管理办法 (2017), art. 25, for the bodies of an evaluation.
    """

    bodies: Ruled[Entry]
    acceptance_working_days: Ruled[int]
    decision_days: Ruled[int]

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: one of them is missing for the region and the day.
        """
        return cls(
            bodies=rules.entry(BODIES),
            acceptance_working_days=rules.working_days(ACCEPTANCE),
            decision_days=rules.calendar_days(DECISION),
        )

    def seat_of(self, body: str) -> Seat:
        """Which organisation hears as a body.

        Raises:
            HeardElsewhere: the body is none that works with this system.
        """
        if not self.bodies.value.has(body):
            raise HeardElsewhere(
                "This body does not work with this system. Turn to it directly; the decision says until when.",
                body=body,
            )
        entry = self.bodies.value.entry(body)
        return Seat(kind=entry.text("kind"), level=entry.text("level"))
