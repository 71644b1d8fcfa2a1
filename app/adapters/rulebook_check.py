"""Reads every package of a rulebook as an application would: a mistake in the data is found when it is loaded."""

from datetime import date

from app.domain.application import Package
from app.domain.benefit import BenefitRules
from app.domain.entitlement import Facts
from app.domain.shared.entry import MalformedRule
from app.domain.shared.rulebook import NoRuleInForce, Rule, Rulebook

PREFIX = "package."


def complaints_about_packages(book: Rulebook) -> tuple[str, ...]:
    """What is wrong with the packages, each named by its rule: a circle of items, a missing rule, an unknown condition.

    A package is read on its first day, and on the last day from which some rule holds while it does.
    """
    days = [rule.valid_from for rule in book]
    packages = (rule for rule in book if rule.subject.startswith(PREFIX))
    found = (_complaint(rule, book, on) for rule in packages for on in _days(rule, days))
    return tuple(dict.fromkeys(complaint for complaint in found if complaint))


def _days(rule: Rule, days: list[date]) -> set[date]:
    return {rule.valid_from, max(day for day in days if rule.covers(day))}


def _complaint(rule: Rule, book: Rulebook, on: date) -> str | None:
    rules = book.at(rule.region, on)
    if rules.rule(rule.subject) is not rule:
        return None  # a later version has taken its place
    try:
        package = Package.of(rule.subject.removeprefix(PREFIX), rules)
        for item in package.items:
            if item.rules is not None:
                BenefitRules.of(item.rules, rules).proposal(Facts())
    except MalformedRule as mistake:
        return f"{rule.reference}: {mistake}"
    except NoRuleInForce as missing:
        return f"{rule.reference}: {missing.detail}"
    return None
