"""Why the criteria are met or not: the few facts that decide it, and what would turn it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from app.domain.entitlement.conditions import Condition
from app.domain.entitlement.criteria import AtLeast, Criteria, Node, Not
from app.domain.entitlement.facts import Facts
from app.domain.shared.finding import Finding, at_least, opposite
from app.domain.shared.reason import Reason

Remedies: TypeAlias = "tuple[Reason, ...] | None"
"""What would turn a finding: nothing where it is so already, None where nobody may be told to change what would."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What the rules say to the facts of one person, and why. It decides nothing: people do."""

    finding: Finding
    reasons: tuple[Reason, ...]
    """The smallest set of facts that decides it."""
    remedies: tuple[Reason, ...]
    """The nearest change, or the missing evidence, that would make it met; empty where there is none to tell of."""
    citation: str
    rule_versions: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        """Say whether the criteria are met."""
        return self.finding is Finding.MET


def explain(criteria: Criteria, facts: Facts) -> Explanation:
    """What the criteria say to the facts, and why.

    Source: 个人信息保护法 (2021) art. 24: whoever is decided on by rules may ask for an explanation. A protected trait,
    an age or a grade is never named as something to change.
    """
    judgement = _judge(criteria.root, facts)
    return Explanation(
        finding=judgement.finding,
        reasons=_distinct(judgement.reasons),
        remedies=_distinct(judgement.to_met or ()),
        citation=criteria.citation,
        rule_versions=criteria.rule_versions,
    )


@dataclass(frozen=True, slots=True)
class _Judgement:
    finding: Finding
    reasons: tuple[Reason, ...]
    to_met: Remedies
    to_not_met: Remedies


def _judge(node: Node, facts: Facts) -> _Judgement:
    match node:
        case AtLeast():
            return _junction(node.count, tuple(_judge(branch, facts) for branch in node.of))
        case Not():
            inner = _judge(node.of, facts)
            return _Judgement(opposite(inner.finding), inner.reasons, inner.to_not_met, inner.to_met)
        case _:
            return _leaf(node, facts)


def _leaf(condition: Condition, facts: Facts) -> _Judgement:
    finding = condition.finding(facts)
    parameters = condition.parameters
    reasons = (Reason(code=f"condition.{condition.code}.{finding.value}", parameters=parameters),)
    match finding:
        case Finding.MET:
            return _Judgement(finding, reasons, (), None)
        case Finding.UNKNOWN:
            evidence = Reason(code=f"evidence.{condition.code}", parameters=parameters)
            counter_evidence = Reason(code=f"counter_evidence.{condition.code}", parameters=parameters)
            return _Judgement(finding, reasons, (evidence,), (counter_evidence,))
        case _:
            change = condition.change(facts)
            return _Judgement(finding, reasons, None if change is None else (change,), ())


def _junction(count: int, parts: tuple[_Judgement, ...]) -> _Judgement:
    finding = at_least(count, (part.finding for part in parts))
    against = len(parts) - count + 1
    deciding = [part.reasons for part in parts if part.finding is finding]
    # What is not known is decided by whatever would, if it turned out well, be enough together with what is met.
    missing = count - sum(part.finding is Finding.MET for part in parts)
    needed = {Finding.MET: count, Finding.NOT_MET: against, Finding.UNKNOWN: missing}[finding]
    return _Judgement(
        finding=finding,
        reasons=_flat(_smallest(needed, deciding)),
        to_met=_cheapest(count, [part.to_met for part in parts]),
        to_not_met=_cheapest(against, [part.to_not_met for part in parts]),
    )


def _cheapest(count: int, ways: list[Remedies]) -> Remedies:
    possible = [way for way in ways if way is not None]
    return _flat(_smallest(count, possible)) if len(possible) >= count else None


def _smallest(count: int, groups: list[tuple[Reason, ...]]) -> list[tuple[Reason, ...]]:
    return sorted(groups, key=len)[:count]


def _flat(groups: Iterable[tuple[Reason, ...]]) -> tuple[Reason, ...]:
    return tuple(reason for group in groups for reason in group)


def _distinct(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    return tuple(reason for place, reason in enumerate(reasons) if reason not in reasons[:place])
