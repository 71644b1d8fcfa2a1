"""Who is entitled to which service of the catalogue, as the rulebook says it for a region and a day."""

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.entitlement.criteria import AtLeast, Criteria, Not, parse
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.rulebook import Rule, RulesInForce

SERVICES = "service."
"""Prefix of the subjects that describe the services of the catalogue."""


def entitlements(rules: RulesInForce) -> Mapping[str, Criteria]:
    """The criteria of every service in force, by the code of the service.

    Raises:
        NoRuleInForce: a service names a rule that is not in force.
        MalformedRule: the criteria of a service are of the wrong shape.
    """
    services = ((Entry(rule.value, rule.reference), rule) for rule in rules.under(SERVICES))
    return MappingProxyType({entry.text("code"): _criteria(entry, rule, rules) for entry, rule in services})


def _criteria(entry: Entry, rule: Rule, rules: RulesInForce) -> Criteria:
    eligibility = _eligibility(entry, rule, rules)
    if not entry.has("exclusions_rule"):
        return eligibility
    exclusions = rules.rule(entry.text("exclusions_rule"))
    listed = Entry({"exclusions": exclusions.value}, exclusions.reference).entries("exclusions")
    excluded = tuple(Not(parse(case.entry("when").value, f"{case.where}.when")) for case in listed)
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
    root = parse(entry.entry("eligibility").value, f"{entry.where}.eligibility")
    return Criteria(root=root, citation=rule.source, rule_versions=(rule.reference,))
