"""How long evidence may be relied on, and which class settles what: taken from the rulebook for a region and a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from app.domain.person import FactSource
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.rulebook import Ruled, RulesInForce
from app.domain.shared.span import months_after

VALIDITY = "evidence.validity."
ACCEPTED = "evidence.accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRules:
    """What holds for evidence in a region on a day.

    Source: 国办函〔2016〕108号 for the four classes; each validity has its own.
    """

    validity_months: Mapping[str, Ruled[int]]
    """By kind; what is not listed ends only where it says so itself."""
    accepted: Ruled[Mapping[FactSource, frozenset[FactSource]]]
    """By the class that is asked for: the classes that settle it."""

    @staticmethod
    def of(rules: RulesInForce) -> "EvidenceRules":
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: it is not said which class settles what.
            MalformedRule: it is not said of every class.
        """
        return _rules(rules)

    def valid_until(self, kind: str, *, since: date, stated: date | None) -> date | None:
        """The last day on which evidence may be relied on: what it says itself, and no longer than the rule gives."""
        ruled = self.validity_months.get(kind)
        if ruled is None:
            return stated
        by_rule = months_after(since, ruled.value)
        return by_rule if stated is None else min(stated, by_rule)

    def suffices(self, shown: FactSource, *, asked: FactSource) -> bool:
        """Say whether evidence of one class settles what asks for another."""
        return shown in self.accepted.value[asked]

    def references(self, kind: str) -> tuple[str, ...]:
        """The rules that evidence of a kind was taken in by."""
        ruled = self.validity_months.get(kind)
        return (ruled.reference,) if ruled else ()


@lru_cache(maxsize=1024)
def _rules(rules: RulesInForce) -> EvidenceRules:
    """Read once for a region and a day, which never change."""
    months = {rule.subject.removeprefix(VALIDITY): rules.months(rule.subject) for rule in rules.under(VALIDITY)}
    return EvidenceRules(validity_months=months, accepted=_accepted(rules))


def _accepted(rules: RulesInForce) -> Ruled[Mapping[FactSource, frozenset[FactSource]]]:
    ruled = rules.entry(ACCEPTED)
    entry: Entry = ruled.value
    entry.require_only(*FactSource)
    try:
        accepted = {asked: frozenset(FactSource(one) for one in entry.texts(asked)) for asked in FactSource}
    except ValueError:
        raise MalformedRule(f"{ruled.reference} names a class that there is not.") from None
    if not all(asked in classes for asked, classes in accepted.items()):
        raise MalformedRule(f"{ruled.reference} has a class that does not settle itself.")
    return Ruled(accepted, ruled.rule)
