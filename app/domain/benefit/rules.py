"""The rules of one benefit for a region and a day, and the proposal that they make of a person's facts."""

from dataclasses import dataclass
from functools import lru_cache

from app.domain.benefit.criteria import BenefitFacts, judged
from app.domain.benefit.proposal import Proposal, Reason
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
    when: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitRules:
    """What holds for one benefit in a region on a day, each value with the rule that gives it.

    Source: for the two subsidies 国发〔2015〕52号 and 民发〔2016〕99号, with the amounts of the autonomous region.
    """

    criteria: Ruled[Entry]
    appeal: Ruled[Appeal]
    exclusions: Ruled[tuple[Exclusion, ...]] | None = None
    choices: Ruled[tuple[str, ...]] | None = None
    amount: Ruled[int] | None = None
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

    def proposal(self, facts: BenefitFacts) -> Proposal:
        """What the rules say to the facts; one exclusion or one unmet condition settles it.

        Where the person also receives an allowance of the same kind, nobody but the person can say which is to be paid,
        so that is left open.
        """
        criteria = judged(self.criteria.value, facts, source=self.criteria.rule.source)
        excluded = tuple(self._excluded(facts))
        chosen = tuple(self._choice(facts))
        against = (reason.finding for reason in (*excluded, *chosen))
        return Proposal(
            finding=all_of((criteria.finding, *against)),
            reasons=(*criteria.leaves, *excluded, *chosen),
            rule_versions=self.references,
        )

    def _excluded(self, facts: BenefitFacts) -> list[Reason]:
        if self.exclusions is None:
            return []
        source = self.exclusions.rule.source
        return [
            Reason(
                code=exclusion.code,
                finding=opposite(judged(exclusion.when, facts, source=source).finding),
                source=source,
                wording=exclusion.wording,
            )
            for exclusion in self.exclusions.value
        ]

    def _choice(self, facts: BenefitFacts) -> list[Reason]:
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
        choices=_list(rules, choices) if choices else None,
        amount=rules.amount_fen(subjects.amount) if subjects.amount else None,
    )


def _criteria(rules: RulesInForce, subject: str) -> Ruled[Entry]:
    """The conditions that a rule says; of a service of the catalogue, those of its eligibility."""
    ruled = rules.entry(subject)
    if ruled.rule.unit != "service":
        return ruled
    if ruled.value.has("eligibility_rule"):
        return rules.entry(ruled.value.text("eligibility_rule"))
    return Ruled(ruled.value.entry("eligibility"), ruled.rule)


def _exclusions(rules: RulesInForce, subject: str) -> Ruled[tuple[Exclusion, ...]]:
    rule = rules.rule(subject)
    entries = Entry({"exclusions": rule.value}, subject).entries("exclusions")
    return Ruled(tuple(_exclusion(entry) for entry in entries), rule)


def _exclusion(entry: Entry) -> Exclusion:
    return Exclusion(code=entry.text("code"), wording=Wording.of(entry), when=entry.entry("when"))


def _list(rules: RulesInForce, subject: str) -> Ruled[tuple[str, ...]]:
    rule = rules.rule(subject)
    return Ruled(Entry({"codes": rule.value}, subject).texts("codes"), rule)
