"""Amounts as rule data: fixed, in tiers by conditions, so many per cent of a base, or the highest of several.

What is not known leaves an amount between a least and a most. The least is due for certain, and more once it is known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from app.domain.entitlement.criteria import Node, evaluate, node_of
from app.domain.entitlement.facts import Facts
from app.domain.shared.entry import Entry, MalformedRule, RuleValue
from app.domain.shared.finding import Finding
from app.domain.shared.rulebook import Ruled, RulesInForce

UNITS = frozenset({"fen", "fen_per_month", "fen_per_year"})
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Between:
    """From how much to how much is due, in fen; the same twice where all is known that it depends on."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same for everybody."""

    fen: int


@dataclass(frozen=True, slots=True)
class Tier:
    """An amount on a condition."""

    when: Node
    amount: "Amount"


@dataclass(frozen=True, slots=True)
class Tiered:
    """The amount of the first tier whose condition is met; nothing, where none is."""

    tiers: tuple[Tier, ...]


@dataclass(frozen=True, slots=True)
class Percentage:
    """So many per cent of a base, such as the line of the subsistence allowance; rounded to the fen, half up."""

    percent: Decimal
    base_fen: int


@dataclass(frozen=True, slots=True)
class Higher:
    """The highest of several (择高)."""

    of: "tuple[Amount, ...]"


Amount: TypeAlias = Fixed | Tiered | Percentage | Higher


def amount_due(amount: Amount, facts: Facts) -> Between:
    """How much is due to whom the facts are about.

    >>> str(amount_due(Percentage(Decimal("25"), 60_002), Facts()).least)
    '15001'
    """
    match amount:
        case Fixed():
            return Between(amount.fen, amount.fen)
        case Percentage():
            share = amount.percent * amount.base_fen / _HUNDRED
            fen = int(share.to_integral_value(ROUND_HALF_UP))
            return Between(fen, fen)
        case Tiered():
            possible = tuple(_possible(amount.tiers, facts))
            return Between(min(one.least for one in possible), max(one.most for one in possible))
        case Higher():
            several = [amount_due(one, facts) for one in amount.of]
            return Between(max(one.least for one in several), max(one.most for one in several))


def amount_of(subject: str, rules: RulesInForce) -> Ruled[Amount]:
    """The amount that a rule says; its unit says whether once, a month or a year.

    Raises:
        NoRuleInForce: the rule is missing for the region and the day, or that of a base.
        MalformedRule: the rule is in no unit of money, or not of the form that the README of the rulebooks describes.
    """
    rule = rules.rule(subject)
    if rule.unit not in UNITS:
        raise MalformedRule(f"{rule.reference} is in {rule.unit}, not in money.")
    return Ruled(_amount(rule.value, rule.reference, rules), rule)


def _possible(tiers: tuple[Tier, ...], facts: Facts) -> Iterator[Between]:
    """What each tier gives that may be the first one whose condition is met."""
    for tier in tiers:
        finding = evaluate(tier.when, facts)
        if finding is not Finding.NOT_MET:
            yield amount_due(tier.amount, facts)
        if finding is Finding.MET:
            return
    yield Between(0, 0)


def _amount(value: RuleValue, where: str, rules: RulesInForce) -> Amount:
    if isinstance(value, int) and not isinstance(value, bool):
        return _fixed(value, where)
    entry = Entry(value, where)
    if entry.has("tiers"):
        entry.require_only("tiers")
        return Tiered(tuple(_tier(tier, rules) for tier in entry.entries("tiers")))
    if entry.has("percent"):
        return _percentage(entry, rules)
    entry.require_only("higher_of")
    several = entry.fields.get("higher_of")
    if not isinstance(several, tuple) or not several:
        raise MalformedRule(f"{where} is neither tiers, nor a percentage, nor the higher of several.")
    return Higher(tuple(_amount(one, f"{where}.higher_of[{index}]", rules) for index, one in enumerate(several)))


def _fixed(fen: int, where: str) -> Fixed:
    if fen < 0:
        raise MalformedRule(f"{where} is less than nothing.")
    return Fixed(fen)


def _tier(entry: Entry, rules: RulesInForce) -> Tier:
    entry.require_only("when", "amount")
    when = node_of(entry.entry("when"))
    return Tier(when, _amount(entry.fields.get("amount"), f"{entry.where}.amount", rules))


def _percentage(entry: Entry, rules: RulesInForce) -> Percentage:
    entry.require_only("percent", "of")
    return Percentage(entry.decimal("percent"), rules.amount_fen(entry.text("of")).value)
