"""The rules of one benefit for a region and a day, and the proposal that they make of a person's facts."""

from dataclasses import dataclass
from functools import lru_cache

from app.domain.benefit.proposal import Proposal, Reason
from app.domain.entitlement import Amount, Facts, Node, amount_due, amount_of, evaluate, leaves, node_of, parse
from app.domain.shared.entry import Entry
from app.domain.shared.finding import Finding, all_of, opposite
from app.domain.shared.refusal import Appeal, appeal_of
from app.domain.shared.rulebook import Ruled, RulesInForce
from app.domain.shared.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSubjects:
    """Under which subjects the rules of a benefit stand, as its package names them."""

    criteria: str
    appeal: str
    exclusions: str | None = None
    amount: str | None = None
    choices: str | None = None
    """Allowances of the same kind, of which and this benefit the person takes the higher one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A circumstance under which the benefit is not granted, whatever else is met."""

    code: str
    wording: Wording
    when: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitRules:
    """What holds for one benefit in a region on a day, each value with the rule that gives it.

    Source: for the two subsidies 国发〔2015〕52号 and 民发〔2016〕99号, with the amounts of the autonomous region.
    """

    criteria: Ruled[Node]
    appeal: Ruled[Appeal]
    exclusions: Ruled[tuple[Exclusion, ...]] | None = None
    choices: Ruled[tuple[str, ...]] | None = None
    amount: Ruled[Amount] | None = None
    """In fen; the unit of the rule says whether a month or a year. None where nothing is promised in money."""

    @staticmethod
    def of(subjects: RuleSubjects, rules: RulesInForce) -> "BenefitRules":
        """Read them from the rules in force. Choices may be missing in a place; the others must be there.

        Raises:
            NoRuleInForce: a rule that the package names is missing for the region and the day.
        """
        return _rules(subjects, rules)

    @property
    def references(self) -> tuple[str, ...]:
        """The references of the rules that a proposal is made from."""
        used = (self.criteria, self.exclusions, self.choices)
        return tuple(ruled.reference for ruled in used if ruled is not None)

    def proposal(self, facts: Facts) -> Proposal:
        """What the rules say to the facts; one exclusion or one unmet condition settles it.

        Where the person also receives an allowance of the same kind, nobody but the person can say which is to be paid,
        so that is left open.
        """
        excluded = tuple(self._excluded(facts))
        chosen = tuple(self._choice(facts))
        against = (reason.finding for reason in (*excluded, *chosen))
        return Proposal(
            finding=all_of((evaluate(self.criteria.value, facts), *against)),
            reasons=(*self._conditions(facts), *excluded, *chosen),
            rule_versions=self.references,
            amount_fen=amount_due(self.amount.value, facts).least if self.amount else None,
        )

    def _conditions(self, facts: Facts) -> list[Reason]:
        source = self.criteria.rule.source
        return [
            Reason(code=leaf.code, finding=leaf.finding(facts), source=source, parameters=leaf.parameters)
            for leaf in leaves(self.criteria.value)
        ]

    def _excluded(self, facts: Facts) -> list[Reason]:
        if self.exclusions is None:
            return []
        source = self.exclusions.rule.source
        return [
            Reason(
                code=exclusion.code,
                finding=opposite(evaluate(exclusion.when, facts)),
                source=source,
                wording=exclusion.wording,
            )
            for exclusion in self.exclusions.value
        ]

    def _choice(self, facts: Facts) -> list[Reason]:
        if self.choices is None:
            return []
        received = tuple(code for code in self.choices.value if facts.receiving.get(code))
        if not received:
            return []
        source = self.choices.rule.source
        parameters = {"received": received}
        return [Reason(code="choose_the_higher", finding=Finding.UNKNOWN, source=source, parameters=parameters)]


@lru_cache(maxsize=1024)
def _rules(subjects: RuleSubjects, rules: RulesInForce) -> BenefitRules:
    """Read once for a region and a day, which never change."""
    choices = subjects.choices if subjects.choices and rules.has(subjects.choices) else None
    return BenefitRules(
        criteria=_criteria(rules, subjects.criteria),
        appeal=appeal_of(rules, subjects.appeal),
        exclusions=_exclusions(rules, subjects.exclusions) if subjects.exclusions else None,
        choices=rules.texts(choices) if choices else None,
        amount=amount_of(subjects.amount, rules) if subjects.amount else None,
    )


def _criteria(rules: RulesInForce, subject: str) -> Ruled[Node]:
    """The conditions that a rule says; of a service of the catalogue, those of its eligibility."""
    rule = rules.rule(subject)
    if rule.unit != "service":
        return Ruled(parse(rule.value, rule.reference), rule)
    service = Entry(rule.value, rule.reference)
    if service.has("eligibility_rule"):
        return _criteria(rules, service.text("eligibility_rule"))
    return Ruled(node_of(service.entry("eligibility")), rule)


def _exclusions(rules: RulesInForce, subject: str) -> Ruled[tuple[Exclusion, ...]]:
    listed = rules.entries(subject)
    return Ruled(tuple(_exclusion(entry) for entry in listed.value), listed.rule)


def _exclusion(entry: Entry) -> Exclusion:
    return Exclusion(code=entry.text("code"), wording=Wording.of(entry), when=node_of(entry.entry("when")))
