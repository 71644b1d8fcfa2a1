"""Whether the conditions of a benefit are met by what is known of a person: three values, with a reason for each leaf.

The conditions are trees of rule data; the README of the rulebooks says what each kind of leaf means.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from app.domain.benefit.proposal import Reason
from app.domain.person import EconomicStatus, age_on
from app.domain.shared.entry import Entry, MalformedRule, RuleValue
from app.domain.shared.finding import Finding, all_of, any_of, finding_of, opposite
from app.domain.shared.identity import Category, Grade
from app.domain.shared.reason import Parameter
from app.domain.shared.region import code_of, contains
from app.domain.shared.stated import Stated

_OLDEST = 999
_COMMON_YEAR = 2001
"""A year without a 29 February, which not every year has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitFacts:
    """What is known of a person, as far as a benefit asks for it. None, or a missing key, means not known."""

    has_certificate: bool | None = None
    """Whether a certificate is in force."""
    components: Mapping[Category, Grade] = field(default_factory=dict)
    """What the certificate says: the grade of each category. Multiple stands for components that are not known."""
    named: frozenset[Category] = frozenset()
    """Categories that somebody without a certificate wants to be evaluated in: for documents, never for a benefit."""
    grade: Grade | None = None
    """The grade, where the components are not known."""
    age: int | None = None
    """Completed years on the day in question."""
    birth_date: date | None = None
    on: date | None = None
    """The day in question, where the date of birth is known."""
    economic_status: EconomicStatus | None = None
    registration_region: str | None = None
    needs: Mapping[str, bool] = field(default_factory=dict)
    """Which needs of the catalogue are confirmed, and which are known not to be there."""
    receiving: Mapping[str, bool] = field(default_factory=dict)
    """Which benefits are being received, and which are known not to be."""
    flags: Mapping[str, bool] = field(default_factory=dict)
    diagnoses: Mapping[Category, bool] = field(default_factory=dict)
    """Of which categories a designated doctor has, or has not, made a diagnosis."""

    @property
    def stated(self) -> Stated:
        """All of it as plain values, for the decision that was made upon it."""
        return {
            "has_certificate": self.has_certificate,
            "grade": self.heaviest,
            "age": self.age,
            "economic_status": self.economic_status,
            "registration_region": code_of(self.registration_region) if self.registration_region else None,
            **{f"components.{category.slug}": grade for category, grade in self.components.items()},
            **{f"needs.{code}": is_there for code, is_there in self.needs.items()},
            **{f"receiving.{code}": is_received for code, is_received in self.receiving.items()},
            **{f"flags.{code}": is_set for code, is_set in self.flags.items()},
        }

    @property
    def heaviest(self) -> Grade | None:
        """The grade that counts. Source: 残疾人证管理办法 (2017), art. 13: that of the heaviest component."""
        return min(self.components.values(), default=self.grade)

    def ages_on(self, reference_day: tuple[int, int] | None) -> tuple[int, ...]:
        """The ages that the person can have on the day in question, or on a month and day of its year.

        Whoever says the age alone may be a year older or younger on another day.
        """
        if reference_day is None:
            return () if self.age is None else (self.age,)
        if self.birth_date is not None and self.on is not None:
            return (age_on(self.birth_date, date(self.on.year, *reference_day)),)
        return () if self.age is None else (self.age - 1, self.age, self.age + 1)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found of a tree, and of each of its leaves."""

    finding: Finding
    leaves: tuple[Reason, ...]


def judged(node: Entry, facts: BenefitFacts, *, source: str) -> Judgement:
    """What the facts say of a tree of conditions.

    Raises:
        MalformedRule: the tree is not of the form that the README of the rulebooks describes.
    """
    if node.has("all"):
        parts = tuple(judged(part, facts, source=source) for part in node.entries("all"))
        return Judgement(all_of(part.finding for part in parts), tuple(_leaves_of(parts)))
    if node.has("any"):
        parts = tuple(judged(part, facts, source=source) for part in node.entries("any"))
        return Judgement(any_of(part.finding for part in parts), tuple(_leaves_of(parts)))
    if node.has("not"):
        inner = judged(node.entry("not"), facts, source=source)
        return Judgement(opposite(inner.finding), inner.leaves)
    return _leaf(node, facts, source=source)


def _leaves_of(parts: tuple[Judgement, ...]) -> Iterator[Reason]:
    return (leaf for part in parts for leaf in part.leaves)


def _leaf(node: Entry, facts: BenefitFacts, *, source: str) -> Judgement:
    kind = node.text("kind")
    if kind not in _KINDS:
        raise MalformedRule(f"{node.where} has the unknown kind {kind}.")
    finding = _KINDS[kind](node, facts)
    parameters = {key: _parameter(value) for key, value in node.fields.items() if key != "kind"}
    return Judgement(finding, (Reason(code=_code_of(node), finding=finding, source=source, parameters=parameters),))


def _code_of(node: Entry) -> str:
    """The sentence of the catalogue for a leaf; an age with a single bound has a sentence of its own."""
    bounds = [key for key in ("at_least", "at_most") if node.has(key)]
    return f"age_{bounds[0]}" if node.text("kind") == "age_between" and len(bounds) == 1 else node.text("kind")


def _parameter(value: RuleValue) -> Parameter:
    """What the text of a reason shows of a condition."""
    return tuple(map(str, value)) if isinstance(value, tuple) else value if isinstance(value, int) else str(value)


def _certificate_in_force(_: Entry, facts: BenefitFacts) -> Finding:
    return finding_of(facts.has_certificate)


def _grade_at_most(node: Entry, facts: BenefitFacts) -> Finding:
    if facts.has_certificate is False:
        return Finding.NOT_MET
    return finding_of(None if facts.heaviest is None else facts.heaviest <= node.whole("grade"))


def _category_in(node: Entry, facts: BenefitFacts) -> Finding:
    wanted = frozenset(Category.from_slug(slug) for slug in node.texts("categories"))
    if not wanted.isdisjoint(facts.named):
        return Finding.MET
    if facts.has_certificate is False:
        return Finding.NOT_MET
    if not wanted.isdisjoint(facts.components):
        return Finding.MET
    is_known = facts.components and Category.MULTIPLE not in facts.components
    return Finding.NOT_MET if is_known else Finding.UNKNOWN


def _age_between(node: Entry, facts: BenefitFacts) -> Finding:
    node.require_only("kind", "at_least", "at_most", "reference_day")
    at_least = node.whole("at_least") if node.has("at_least") else 0
    at_most = node.whole("at_most") if node.has("at_most") else _OLDEST
    fits = {at_least <= age <= at_most for age in facts.ages_on(_reference_day(node))}
    return finding_of(fits.pop() if len(fits) == 1 else None)


def _reference_day(node: Entry) -> tuple[int, int] | None:
    if not node.has("reference_day"):
        return None
    try:
        day = date.fromisoformat(f"{_COMMON_YEAR}-{node.text('reference_day')}")
    except ValueError:
        raise MalformedRule(f"{node.where}: {node.text('reference_day')} is no month and day of every year.") from None
    return day.month, day.day


def _diagnosis_present(node: Entry, facts: BenefitFacts) -> Finding:
    wanted = (Category.from_slug(slug) for slug in node.texts("categories"))
    return any_of(finding_of(facts.diagnoses.get(category)) for category in wanted)


def _economic_status_in(node: Entry, facts: BenefitFacts) -> Finding:
    if facts.economic_status is None:
        return Finding.UNKNOWN
    return finding_of(facts.economic_status.value in node.texts("statuses"))


def _registered_in(node: Entry, facts: BenefitFacts) -> Finding:
    if facts.registration_region is None:
        return Finding.UNKNOWN
    return finding_of(contains(node.text("area"), facts.registration_region))


def _need_present(node: Entry, facts: BenefitFacts) -> Finding:
    return any_of(finding_of(facts.needs.get(code)) for code in node.texts("needs"))


def _not_receiving(node: Entry, facts: BenefitFacts) -> Finding:
    return opposite(any_of(finding_of(facts.receiving.get(code)) for code in node.texts("benefits")))


def _flag_present(node: Entry, facts: BenefitFacts) -> Finding:
    return any_of(finding_of(facts.flags.get(code)) for code in node.texts("flags"))


_KINDS: Mapping[str, Callable[[Entry, BenefitFacts], Finding]] = MappingProxyType(
    {
        "age_between": _age_between,
        "category_in": _category_in,
        "certificate_in_force": _certificate_in_force,
        "diagnosis_present": _diagnosis_present,
        "economic_status_in": _economic_status_in,
        "flag_present": _flag_present,
        "grade_at_most": _grade_at_most,
        "need_present": _need_present,
        "not_receiving": _not_receiving,
        "registered_in": _registered_in,
    }
)
