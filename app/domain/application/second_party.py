"""Which items need a second person's word, as dated rule data: whose, and on which condition."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Self
from uuid import UUID

from app.domain.application.documents import NECESSITIES, Necessity
from app.domain.application.package import Selection
from app.domain.benefit import Finding
from app.domain.confirmation import SecondParty
from app.domain.entitlement import Facts, Node, evaluate, node_of
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.rulebook import RulesInForce

EVERY_ITEM = "application.second_party"
"""Subject of the rule that holds for all items; what holds for one stands under `<item>.second_party`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPartyRule:
    """Whose word is needed, on which condition; always, where there is none."""

    whom: SecondParty
    when: Node | None
    reference: str
    source: str

    @classmethod
    def of(cls, entry: Entry, *, reference: str, source: str) -> Self:
        """Read one out of a rulebook.

        Raises:
            MalformedRule: it names a second party that there is not, or has a key too many.
        """
        entry.require_only("whom", "when")
        if entry.text("whom") not in set(SecondParty):
            raise MalformedRule(f"{entry.where} knows no second party {entry.text('whom')}.")
        when = node_of(entry.entry("when")) if entry.has("when") else None
        return cls(whom=SecondParty(entry.text("whom")), when=when, reference=reference, source=source)

    def necessity(self, facts: Facts, *, household: Collection[UUID] | None) -> Necessity:
        """Whether the word is needed, by what is known; of a household that nobody knows, nobody can be asked."""
        finding = Finding.MET if self.when is None else evaluate(self.when, facts)
        if self.whom is SecondParty.HOUSEHOLD_MEMBER and finding is not Finding.NOT_MET and not household:
            finding = Finding.UNKNOWN if household is None else Finding.NOT_MET
        return NECESSITIES[finding]


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPartyNeed:
    """That an item needs a second person's word, or may."""

    item: str
    whom: SecondParty
    necessity: Necessity
    reference: str
    source: str


def second_parties_of(
    selection: Selection, facts: Facts, *, household: Collection[UUID] | None, rules: RulesInForce
) -> tuple[SecondPartyNeed, ...]:
    """Whose word each chosen item needs, in the order of the items; an item needs that of one person at most.

    `household` are those of age who live with the person; None where it is not known who does.

    Raises:
        MalformedRule: the data is not of the form that the README of the rulebooks describes.
    """
    found = (_need_of(item.code, facts, household=household, rules=rules) for item in selection.items)
    return tuple(need for need in found if need is not None)


def _need_of(
    item: str, facts: Facts, *, household: Collection[UUID] | None, rules: RulesInForce
) -> SecondPartyNeed | None:
    """The first that is needed; where none certainly is, the first that may be."""
    told = [(rule, rule.necessity(facts, household=household)) for rule in second_party_rules(item, rules)]
    for wanted in (Necessity.NEEDED, Necessity.UNKNOWN):
        for rule, necessity in told:
            if necessity is wanted:
                return SecondPartyNeed(
                    item=item, whom=rule.whom, necessity=necessity, reference=rule.reference, source=rule.source
                )
    return None


@lru_cache(maxsize=1024)
def second_party_rules(item: str, rules: RulesInForce) -> tuple[SecondPartyRule, ...]:
    """What the rules in force say of an item: first what holds for all, then what holds for it."""
    subjects = [subject for subject in (EVERY_ITEM, f"{item}.second_party") if rules.has(subject)]
    return tuple(rule for subject in subjects for rule in _read(subject, rules))


def _read(subject: str, rules: RulesInForce) -> tuple[SecondPartyRule, ...]:
    ruled, rule = rules.entry(subject), rules.rule(subject)
    ruled.value.require_only("needs")
    return tuple(
        SecondPartyRule.of(entry, reference=rule.reference, source=rule.source)
        for entry in ruled.value.entries("needs")
    )
