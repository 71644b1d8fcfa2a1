"""Whom a plan is owed to, and what must be in one: taken from the rulebook for a region and a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from app.domain.person import EconomicStatus
from app.domain.plan.content import Part
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.finding import Finding, any_of, finding_of
from app.domain.shared.identity import Grade
from app.domain.shared.reason import Reason
from app.domain.shared.rulebook import Rule, Ruled, RulesInForce

REQUIRED_FOR = "plan.required_for"
REQUIRED_PARTS = "plan.required_parts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known of a person, as far as the duty to make a plan asks. None, or a missing key, means not known."""

    economic_status: EconomicStatus | None = None
    grade: Grade | None = None
    flags: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """Whether a plan is owed to a person, on which grounds, and by which source."""

    finding: Finding
    reasons: tuple[Reason, ...]
    citation: str
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Any of these makes a plan owed: being on these lists, a grade this heavy, one of these flags."""

    statuses: frozenset[EconomicStatus]
    grade: Grade
    flags: tuple[str, ...]

    @classmethod
    def of(cls, rule: Rule) -> Self:
        """Read them from criteria that are an `any` over the three kinds.

        Raises:
            MalformedRule: the criteria are of another shape.
        """
        entry = Entry(rule.value, rule.reference)
        entry.require_only("any")
        leaves = {leaf.text("kind"): leaf for leaf in entry.entries("any")}
        if leaves.keys() != {"economic_status_in", "grade_at_most", "flag_present"}:
            raise MalformedRule(f"{rule.reference} is no choice of status, grade and flags.")
        return cls(
            statuses=frozenset(EconomicStatus(status) for status in leaves["economic_status_in"].texts("statuses")),
            grade=Grade(leaves["grade_at_most"].whole("grade")),
            flags=leaves["flag_present"].texts("flags"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRules:
    """What holds for individual plans in a region on a day."""

    grounds: Ruled[Grounds]
    required_parts: Ruled[tuple[Part, ...]]

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: one of them is missing for the region and the day.
        """
        required_for, parts = rules.rule(REQUIRED_FOR), rules.texts(REQUIRED_PARTS)
        return cls(
            grounds=Ruled(Grounds.of(required_for), required_for),
            required_parts=Ruled(tuple(Part(part) for part in parts.value), parts.rule),
        )


def obligation(situation: Situation, rules: PlanRules) -> Obligation:
    """Whether a plan is owed, with every ground that makes it so.

    For everybody else a plan is a best effort that is reported and blocks nothing.

    Source: 昌市政办发〔2020〕53号 五(三), 五(五)2: hardship, grades one and two, special difficulty.
    """
    asked = _asked(situation, rules.grounds.value)
    finding = any_of(found for found, _ in asked)
    if finding is Finding.NOT_MET:
        reasons: tuple[Reason, ...] = (Reason(code="plan.not_owed"),)
    else:
        reasons = tuple(reason for found, reason in asked if found is finding)
    return Obligation(
        finding=finding,
        reasons=reasons,
        citation=rules.grounds.rule.source,
        rule_versions=(rules.grounds.reference,),
    )


def no_duty_here() -> Obligation:
    """What is so where no rule makes a plan owed to anybody: somebody who has a plan may move to such a place.

    >>> no_duty_here().finding.value
    'not_met'
    """
    reasons = (Reason(code="plan.no_duty_here"),)
    return Obligation(finding=Finding.NOT_MET, reasons=reasons, citation="", rule_versions=())


def _asked(situation: Situation, grounds: Grounds) -> tuple[tuple[Finding, Reason], ...]:
    status, grade = situation.economic_status, situation.grade
    statuses = tuple(sorted(grounds.statuses))
    poor = finding_of(None if status is None else status in grounds.statuses)
    severe = finding_of(None if grade is None else grade <= grounds.grade)
    flags = ((flag, finding_of(situation.flags.get(flag))) for flag in grounds.flags)
    return (
        (poor, Reason(code=f"plan.hardship.{poor}", parameters={"statuses": statuses})),
        (severe, Reason(code=f"plan.severe.{severe}", parameters={"grade": grounds.grade.value})),
        *((found, Reason(code=f"plan.special.{found}", parameters={"flags": (flag,)})) for flag, found in flags),
    )
