"""A proposal: what the rules say to the facts, made of many findings, each with its law."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.shared.finding import Finding
from app.domain.shared.reason import Parameter
from app.domain.shared.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One finding with the condition it is about and the law that makes the condition.

    `code` and `parameters` name the text for people in the catalogue, as `reason.<code>`, unless the words came with
    the rule.
    """

    code: str
    finding: Finding
    source: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    wording: Wording | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the rules say to the facts. It decides nothing: a human does, and may differ with a written reason."""

    finding: Finding
    reasons: tuple[Reason, ...]
    rule_versions: tuple[str, ...]
    amount_fen: int | None = None
    """What would be due for certain, by the amount in force; None where nothing is promised in money."""

    @property
    def unmet(self) -> tuple[Reason, ...]:
        """What speaks against it."""
        return tuple(reason for reason in self.reasons if reason.finding is Finding.NOT_MET)

    @property
    def unknown(self) -> tuple[Reason, ...]:
        """What is still to be asked."""
        return tuple(reason for reason in self.reasons if reason.finding is Finding.UNKNOWN)
