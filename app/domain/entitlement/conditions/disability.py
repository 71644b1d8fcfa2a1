"""Conditions on the disability itself. None of them is anybody's to change, but for holding a certificate."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from app.domain.entitlement.facts import Facts
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.finding import Finding, any_of, finding_of
from app.domain.shared.identity import Category, Grade
from app.domain.shared.reason import Parameter, Reason


@dataclass(frozen=True, slots=True)
class CertificateInForce:
    """The person holds a certificate that is in force."""

    code = "certificate_in_force"

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Read it from a rule."""
        entry.require_only("kind")
        return cls()

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Nothing fills the sentence in."""
        return {}

    def finding(self, facts: Facts, /) -> Finding:
        """Whether it is in force was settled for the day when the facts were gathered."""
        return finding_of(facts.has_certificate)

    def change(self, _facts: Facts, /) -> Reason:
        """Apply for one. Source: 残疾人证管理办法 (2017), art. 3: applying is voluntary."""
        return Reason(code="remedy.certificate_in_force")


@dataclass(frozen=True, slots=True)
class CategoryIn:
    """The category, or one that a multiple disability consists of, is one of these."""

    categories: frozenset[Category]
    code = "category_in"

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Read it from a rule."""
        entry.require_only("kind", "categories")
        return cls(_categories(entry))

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Which categories."""
        return {"categories": _slugs(self.categories)}

    def finding(self, facts: Facts, /) -> Finding:
        """Met by any component; settled when all components are known, or there is no certificate to name any."""
        if not self.categories.isdisjoint(facts.named):
            return Finding.MET
        if facts.has_certificate is False:
            return Finding.NOT_MET
        if not self.categories.isdisjoint(facts.components):
            return Finding.MET
        return Finding.NOT_MET if facts.knows_components else Finding.UNKNOWN

    def change(self, facts: Facts, /) -> Reason | None:
        """Nobody's to change; whoever has no certificate may have found out by an evaluation that it is so."""
        return _to_be_evaluated(self) if facts.has_certificate is False else None


@dataclass(frozen=True, slots=True)
class GradeAtMost:
    """The grade is this or heavier; one is the heaviest."""

    grade: Grade
    code = "grade_at_most"

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Read it from a rule."""
        entry.require_only("kind", "grade")
        grade = entry.whole("grade")
        if grade not in set(Grade):
            raise MalformedRule(f"{entry.where}: {grade} is no grade.")
        return cls(Grade(grade))

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Which grade."""
        return {"grade": self.grade.value}

    def finding(self, facts: Facts, /) -> Finding:
        """By the heaviest component; without a certificate there is none."""
        if facts.has_certificate is False:
            return Finding.NOT_MET
        return finding_of(None if facts.heaviest is None else facts.heaviest <= self.grade)

    def change(self, facts: Facts, /) -> Reason | None:
        """Nobody's to change; whoever has no certificate may have found out by an evaluation that it is so."""
        return _to_be_evaluated(self) if facts.has_certificate is False else None


@dataclass(frozen=True, slots=True)
class DiagnosisPresent:
    """A designated doctor has diagnosed one of these, with or without a certificate."""

    categories: frozenset[Category]
    code = "diagnosis_present"

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Read it from a rule."""
        entry.require_only("kind", "categories")
        return cls(_categories(entry))

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Diagnosed as what."""
        return {"categories": _slugs(self.categories)}

    def finding(self, facts: Facts, /) -> Finding:
        """Met by any of them."""
        return any_of(finding_of(facts.diagnoses.get(category)) for category in self.categories)

    def change(self, _facts: Facts, /) -> None:
        """Nobody's to change: a doctor who has found nothing is not to be asked until one finds something."""


def _to_be_evaluated(condition: CategoryIn | GradeAtMost) -> Reason:
    return Reason(code=f"evidence.{condition.code}", parameters=condition.parameters)


def _categories(entry: Entry) -> frozenset[Category]:
    slugs = entry.texts("categories")
    known = {category.slug for category in Category}
    if not slugs or not known.issuperset(slugs):
        raise MalformedRule(f"{entry.where} names no categories, or one that there is not.")
    return frozenset(Category.from_slug(slug) for slug in slugs)


def _slugs(categories: frozenset[Category]) -> tuple[str, ...]:
    return tuple(category.slug for category in sorted(categories))
