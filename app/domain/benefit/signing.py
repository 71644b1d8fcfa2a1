"""A rule change and who answers for it: one person makes the back-test, another looks at it and signs (双人复核).

An operational rule: no document was found that asks for it. Whoever writes a rule sees what it was meant to do.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from app.domain.shared.region import contains
from app.domain.shared.rulebook import Rule

DECIDING_UNITS = frozenset({"criteria", "exclusions", "fen", "fen_per_month", "fen_per_year"})
"""Units of rules by which somebody gets more or less."""
SIGNED_SINCE = datetime(2026, 11, 27, tzinfo=UTC)
"""Changes that were recorded earlier stand as they are."""


class SignedByTheSame(ValueError):
    """Whoever made a back-test signs it, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedBackTest:
    """That a second person has seen what a changed rule would have said to the decisions of a place.

    Raises:
        SignedByTheSame: it is the person who made it.
    """

    rule: str
    """Reference of the rule."""
    rule_sha256: str
    """Of the rule as it was tested: another word in it, and it is another rule."""
    report_sha256: str
    region: str
    decisions: int
    gained: int
    lost: int
    cost_fen: int
    made_by: str
    signed_by: str
    signed_on: date

    def __post_init__(self) -> None:
        """Refuse the signature of whoever made it."""
        if self.made_by.strip().casefold() == self.signed_by.strip().casefold():
            raise SignedByTheSame("Have somebody else look at the back-test and sign it.")


def changes(rules: Iterable[Rule]) -> Iterator[Rule]:
    """The rules that change what somebody gets, and need a signed back-test before they are in force.

    The first rule of its kind for a place and all above it changes nothing: nobody has been decided on by another.
    """
    known = tuple(rules)
    deciding = (rule for rule in known if rule.unit in DECIDING_UNITS and rule.recorded_at >= SIGNED_SINCE)
    return (rule for rule in deciding if any(_is_changed(earlier, rule) for earlier in known))


def _is_changed(earlier: Rule, rule: Rule) -> bool:
    is_before = earlier.recorded_at < rule.recorded_at
    return earlier.subject == rule.subject and is_before and contains(earlier.region, rule.region)
