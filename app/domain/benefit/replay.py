"""What a rule change would do: decisions as they were made, beside what other rules say to the same facts.

It decides nothing and changes nothing. A decision stands as it was made; whoever answers for a change looks here first.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from app.domain.benefit.proposal import Proposal
from app.domain.entitlement import Facts
from app.domain.shared.finding import Finding
from app.domain.shared.identity import Sex
from app.domain.shared.region import Level, area_at, code_of

AGE_BANDS = ((0, 6), (7, 17), (18, 59), (60, 999))
"""Child, pupil, of working age, old: the bounds that rules of the catalogue turn on."""
NOT_KNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a decision was made upon, and what the rules had said to it."""

    case_id: UUID
    item: str
    region: str
    sex: Sex
    decided_on: date
    facts: Facts
    proposal: Proposal

    @property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """In which groups it is counted. Of nobody more is looked at than area, sex, age and category."""
        ages = self.facts.ages_on(None)
        bands = tuple(f"{low}-{high}" for low, high in AGE_BANDS for age in ages if low <= age <= high)
        return {
            "area": (code_of(area_at(self.region, Level.COUNTY)),),
            "sex": (self.sex.name.lower(),),
            "age": bands or (NOT_KNOWN,),
            "category": tuple(category.slug for category in self.facts.components) or (NOT_KNOWN,),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A decision of which other rules find otherwise, with the conditions that they find otherwise of."""

    case_id: UUID
    before: Finding
    after: Finding
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a group of decisions would gain and lose."""

    cases: int = 0
    gained: int = 0
    """Met by the other rules, and not by those of the decision."""
    lost: int = 0
    cost_fen: int = 0
    """By how much more is due for a month, or a year where the amount is a year's."""

    def with_one(self, before: Proposal, after: Proposal) -> "Difference":
        """The same with one decision more."""
        was, is_met = before.finding is Finding.MET, after.finding is Finding.MET
        return Difference(
            cases=self.cases + 1,
            gained=self.gained + (is_met and not was),
            lost=self.lost + (was and not is_met),
            cost_fen=self.cost_fen + _due(after) - _due(before),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BackTest:
    """What other rules say to the facts of decisions: flips, cost, and how groups differ."""

    whole: Difference
    flips: tuple[Flip, ...]
    by_group: Mapping[str, Mapping[str, Difference]]

    @classmethod
    def of(cls, replayed: Iterable[tuple[Decided, Proposal]]) -> "BackTest":
        """Compare each decision with what the other rules say to its facts."""
        whole, flips = Difference(), list[Flip]()
        by_group: dict[str, dict[str, Difference]] = {}
        for decided, after in replayed:
            whole = whole.with_one(decided.proposal, after)
            if after.finding is not decided.proposal.finding:
                flips.append(_flip(decided, after))
            for dimension, groups in decided.groups.items():
                counted = by_group.setdefault(dimension, {})
                for group in groups:
                    counted[group] = counted.get(group, Difference()).with_one(decided.proposal, after)
        return cls(whole=whole, flips=tuple(flips), by_group=MappingProxyType(by_group))


def _flip(decided: Decided, after: Proposal) -> Flip:
    before = decided.proposal
    return Flip(
        case_id=decided.case_id,
        before=before.finding,
        after=after.finding,
        reasons=tuple(dict.fromkeys(_changed(before, after))),
    )


def _changed(before: Proposal, after: Proposal) -> Iterator[str]:
    """The conditions that only one of the two knows or finds otherwise; all, where only the tree is another."""
    old, new = (
        {(one.code, one.finding, tuple(sorted(one.parameters.items()))) for one in proposal.reasons}
        for proposal in (before, after)
    )
    return (code for code, *_ in sorted(old ^ new or new, key=str))


def _due(proposal: Proposal) -> int:
    return (proposal.amount_fen or 0) if proposal.finding is Finding.MET else 0
