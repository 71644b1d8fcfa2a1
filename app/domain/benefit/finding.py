"""What can be said of a condition: met, not met, or not known; and a proposal made of many such findings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.shared.reason import Parameter
from app.domain.shared.wording import Wording


class Finding(StrEnum):
    """What the known facts say of a condition. What is not known is asked about, and never held against the person."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


def finding_of(fact: bool | None) -> Finding:  # noqa: FBT001 - the fact itself, not an option
    """What a fact says that may not be known."""
    if fact is None:
        return Finding.UNKNOWN
    return Finding.MET if fact else Finding.NOT_MET


def opposite(finding: Finding) -> Finding:
    """What is met when this is not; what is not known stays so."""
    return {Finding.MET: Finding.NOT_MET, Finding.NOT_MET: Finding.MET}.get(finding, finding)


def all_of(findings: Iterable[Finding]) -> Finding:
    """Met when all are; one that is not met settles it, whatever is not known.

    >>> all_of([Finding.UNKNOWN, Finding.NOT_MET]).value, all_of([]).value
    ('not_met', 'met')
    """
    found = frozenset(findings)
    return next((one for one in (Finding.NOT_MET, Finding.UNKNOWN) if one in found), Finding.MET)


def any_of(findings: Iterable[Finding]) -> Finding:
    """Met when one is, whatever is not known.

    >>> any_of([Finding.UNKNOWN, Finding.MET]).value, any_of([]).value
    ('met', 'not_met')
    """
    return opposite(all_of(opposite(finding) for finding in findings))


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

    @property
    def unmet(self) -> tuple[Reason, ...]:
        """What speaks against it."""
        return tuple(reason for reason in self.reasons if reason.finding is Finding.NOT_MET)

    @property
    def unknown(self) -> tuple[Reason, ...]:
        """What is still to be asked."""
        return tuple(reason for reason in self.reasons if reason.finding is Finding.UNKNOWN)
