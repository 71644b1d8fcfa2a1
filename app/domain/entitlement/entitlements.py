"""Who is entitled to which service of the catalogue, as the rulebook says it for a region and a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.domain.entitlement.amount import Amount, amount_of
from app.domain.entitlement.criteria import AtLeast, Criteria, Not, node_of
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.rulebook import Rule, Ruled, RulesInForce

SERVICES = "service."
"""Prefix of the subjects that describe the services of the catalogue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement:
    """On which conditions somebody has a service, and how much of it where it is money."""

    code: str
    criteria: Criteria
    amount: Ruled[Amount] | None
    """None where nothing is promised in money, or no amount is known for the place."""
    item: str | None
    """The item of a package by which it is applied for; None where there is none."""

    @property
    def is_due_where_registered(self) -> bool:
        """Say whether the rules of the place of registration (户籍地) count; of all else, those of the residence do."""
        return self.item is not None

    @property
    def received_as(self) -> tuple[str, ...]:
        """Under which codes the registers say that it is received."""
        return (self.code,) if self.item is None else (self.code, self.item)


def entitlements(rules: RulesInForce) -> Mapping[str, Entitlement]:
    """What the rules in force say of every service, by the code of the service.

    Raises:
        NoRuleInForce: a service names a rule that is not in force.
        MalformedRule: the criteria or the amount of a service are of the wrong shape.
    """
    services = ((Entry(rule.value, rule.reference), rule) for rule in rules.under(SERVICES))
    return MappingProxyType({entry.text("code"): _entitlement(entry, rule, rules) for entry, rule in services})


def _entitlement(entry: Entry, rule: Rule, rules: RulesInForce) -> Entitlement:
    subject = entry.text("amount_rule") if entry.has("amount_rule") else None
    return Entitlement(
        code=entry.text("code"),
        criteria=_criteria(entry, rule, rules),
        amount=amount_of(subject, rules) if subject and rules.has(subject) else None,
        item=entry.text("package_item") if entry.has("package_item") else None,
    )


def _criteria(entry: Entry, rule: Rule, rules: RulesInForce) -> Criteria:
    eligibility = _eligibility(entry, rule, rules)
    if not entry.has("exclusions_rule"):
        return eligibility
    exclusions = rules.rule(entry.text("exclusions_rule"))
    listed = Entry({"exclusions": exclusions.value}, exclusions.reference).entries("exclusions")
    excluded = tuple(Not(node_of(case.entry("when"))) for case in listed)
    return Criteria(
        root=AtLeast(1 + len(excluded), (eligibility.root, *excluded)),
        citation=eligibility.citation,
        rule_versions=(*eligibility.rule_versions, exclusions.reference),
    )


def _eligibility(entry: Entry, rule: Rule, rules: RulesInForce) -> Criteria:
    if entry.has("eligibility") == entry.has("eligibility_rule"):
        raise MalformedRule(f"{entry.where} needs either its eligibility or the rule that says it.")
    if entry.has("eligibility_rule"):
        return Criteria.of(rules.rule(entry.text("eligibility_rule")))
    root = node_of(entry.entry("eligibility"))
    return Criteria(root=root, citation=rule.source, rule_versions=(rule.reference,))
