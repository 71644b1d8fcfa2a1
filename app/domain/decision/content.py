"""What a decision says of the person's situation: grounds with their law, facts as they were, words for the person."""

from dataclasses import dataclass, field

from app.domain.shared.finding import Finding
from app.domain.shared.stated import StatedValue
from app.domain.shared.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One reason, in the words that stood in the catalogue on the day of the decision, with the law behind it.

    The words are kept because a catalogue may be reworded, and what a person was told may not.
    """

    code: str
    finding: Finding
    wording: Wording
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact that was weighed, as it was known on the day.

    A code with a point names one of several: `needs.long_term_care`, `components.physical`.
    """

    code: str
    value: StatedValue = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All of a decision that tells of the person. It does not show itself in logs, and is sealed where it is kept."""

    grounds: tuple[Ground, ...] = field(repr=False)
    facts: tuple[Fact, ...] = field(default=(), repr=False)
    text: str = field(default="", repr=False)
    """What the deciding office says in its own words; a refusal has some."""
