"""What can be said of a condition: met, not met, or not known (Kleene's strong logic of three values)."""

from collections.abc import Iterable
from enum import StrEnum


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
    return _OPPOSITES[finding]


def at_least(count: int, findings: Iterable[Finding]) -> Finding:
    """Met when so many are; not met when so many no longer can be, whatever is not known.

    >>> at_least(2, [Finding.MET, Finding.UNKNOWN, Finding.NOT_MET]).value
    'unknown'
    """
    found = list(findings)
    met = found.count(Finding.MET)
    if met >= count:
        return Finding.MET
    return Finding.UNKNOWN if met + found.count(Finding.UNKNOWN) >= count else Finding.NOT_MET


def all_of(findings: Iterable[Finding]) -> Finding:
    """Met when all are; one that is not met settles it, whatever is not known.

    >>> all_of([Finding.UNKNOWN, Finding.NOT_MET]).value, all_of([]).value
    ('not_met', 'met')
    """
    found = list(findings)
    return at_least(len(found), found)


def any_of(findings: Iterable[Finding]) -> Finding:
    """Met when one is, whatever is not known.

    >>> any_of([Finding.UNKNOWN, Finding.MET]).value, any_of([]).value
    ('met', 'not_met')
    """
    return at_least(1, findings)


_OPPOSITES = {
    Finding.MET: Finding.NOT_MET,
    Finding.NOT_MET: Finding.MET,
    Finding.UNKNOWN: Finding.UNKNOWN,
}
