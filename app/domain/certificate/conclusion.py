"""What doctors conclude, and what must agree in it. Category and grade are theirs: nothing here computes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.domain.certificate.choice import Choice
from app.domain.certificate.decline import require_drawn
from app.domain.certificate.grading import Measurements
from app.domain.certificate.rules import CertificateRules
from app.domain.shared.errors import Conflict, Forbidden, Unprocessable
from app.domain.shared.identity import Category, Grade, category_of, heaviest
from app.domain.shared.stated import Stated


class InconsistentConclusion(Unprocessable):
    """The parts of a conclusion contradict one another; the doctors must put it right."""

    code = "inconsistent_conclusion"
    title = "The conclusion contradicts itself"


class TooFewDoctors(Unprocessable):
    """The conclusion is signed by fewer doctors than the rules ask for."""

    code = "too_few_doctors"
    title = "Another doctor must sign"


class NotTheDesignatedInstitution(Forbidden):
    """The evaluation was given to another institution, or this one is not designated for the category."""

    code = "not_the_designated_institution"
    title = "This institution may not conclude here"


class GuardianProofMissing(Conflict):
    """A guardian's proof is needed and has not been shown."""

    code = "guardian_proof_missing"
    title = "The guardian's proof is missing"


class EvaluationDateImpossible(Unprocessable):
    """The evaluation is dated before the assignment or in the future."""

    code = "evaluation_date_impossible"
    title = "The date of the evaluation cannot be right"


class GuardianProof(StrEnum):
    """Whether a guardian has proved to be one (监护人证明)."""

    SHOWN = "shown"
    NOT_SHOWN = "not_shown"


class ResidencePermit(StrEnum):
    """Whether a valid residence permit (居住证) of the place was shown."""

    SHOWN = "shown"
    NOT_SHOWN = "not_shown"


class Course(StrEnum):
    """What the doctors expect of the condition (残疾状况能否改变)."""

    PERMANENT = "permanent"
    """不可逆: nobody who has it is looked at again at random."""
    MAY_CHANGE = "may_change"


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignatedInstitution:
    """An institution designated for the evaluation of some categories (指定评定机构).

    Source: 残疾人证管理办法 (2017), art. 6: designated per province by health authority and federation together.
    """

    id: UUID
    categories: frozenset[Category]

    def require_designation(self, categories: frozenset[Category]) -> None:
        """Hold the institution to the categories it is designated for.

        Raises:
            NotTheDesignatedInstitution: one of the categories is not among them.
        """
        if missing := sorted(category.slug for category in categories - self.categories - {Category.MULTIPLE}):
            raise NotTheDesignatedInstitution(
                f"The institution is not designated for {', '.join(missing)}. Choose one that is.", categories=missing
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationConclusion:
    """What the doctors of a designated institution have concluded and signed (评定结论).

    A conclusion that the standard is met names category and grade, and for a multiple disability its components; one
    that it is not met names none.

    Source: GB/T 26341-2010; 残疾人证管理办法 (2017), art. 13: the grade of a multiple disability is that of its
    heaviest component.

    Raises:
        InconsistentConclusion: the parts contradict one another.
    """

    doctors: tuple[UUID, ...]
    meets_standard: bool
    concluded_on: date
    category: Category | None = None
    grade: Grade | None = None
    components: Mapping[Category, Grade] = field(default_factory=dict)
    at_home: bool = False
    guardian_proof: GuardianProof = GuardianProof.NOT_SHOWN
    measurements: Measurements = field(default_factory=Measurements)
    """What it rests on, as far as it was measured."""
    course: Course | None = None
    """None where the doctors say nothing of it."""

    def __post_init__(self) -> None:
        """Hold the parts to one another."""
        if not self.meets_standard:
            self._require_nothing_found()
        elif self.category is None or self.grade is None:
            raise InconsistentConclusion(
                "The standard is met, so name the category and the grade.", pointer="/category"
            )
        else:
            self._require_agreement(self.category, self.grade)

    @property
    def found(self) -> Mapping[Category, Grade]:
        """The grade of each category that was found; a single category stands for itself."""
        if self.components or self.category is None or self.grade is None:
            return self.components
        return {self.category: self.grade}

    @property
    def stated(self) -> Stated:
        """All of it as plain values, for the decision that is made upon it."""
        return {
            "meets_standard": self.meets_standard,
            "category": self.category.slug if self.category else None,
            "grade": self.grade,
            "concluded_on": self.concluded_on.isoformat(),
            "doctors": len(set(self.doctors)),
            **{f"components.{category.slug}": grade for category, grade in self.components.items()},
        }

    def require_signatures(self, rules: CertificateRules) -> None:
        """Hold the conclusion to the number of doctors who must sign.

        Raises:
            TooFewDoctors: fewer different doctors have signed.
        """
        needed = rules.minimum_doctors.value
        if len(set(self.doctors)) < needed:
            raise TooFewDoctors(
                f"At least {needed} different doctors sign a conclusion. Have it signed.",
                pointer="/doctors",
                needed=needed,
            )

    def require_drawn(self, choice: Choice | None) -> None:
        """Hold the signatures to the doctors who were drawn; where an institution was chosen by hand, nobody was.

        Raises:
            DoctorNotDrawn: somebody else has signed.
        """
        if choice is not None and choice.draw_id is not None:
            require_drawn(self.doctors, choice.doctors)

    def require_designation(self, institution: DesignatedInstitution | None) -> None:
        """Hold what was found to the categories that the institution is designated for.

        Raises:
            NotTheDesignatedInstitution: there is none, or it is not designated for one of the categories.
        """
        nobody = DesignatedInstitution(id=UUID(int=0), categories=frozenset())
        (institution or nobody).require_designation(frozenset(self.found))

    def require_possible_date(self, *, assigned_on: date, on: date) -> None:
        """Hold the date to the time between assignment and entry.

        Raises:
            EvaluationDateImpossible: it lies before or after.
        """
        if not assigned_on <= self.concluded_on <= on:
            raise EvaluationDateImpossible(
                f"The evaluation lies between the assignment on {assigned_on} and today. Put the date right.",
                pointer="/concluded_on",
            )

    def require_guardian_proof(self, shown: GuardianProof, rules: CertificateRules) -> GuardianProof:
        """The proof as it stands after the evaluation, once it is there if what was found needs it.

        Raises:
            GuardianProofMissing: it is needed, and was shown neither earlier nor now.
        """
        proof = self.guardian_proof if shown is GuardianProof.NOT_SHOWN else shown
        if proof is GuardianProof.NOT_SHOWN and self.found.keys() & rules.guarded_categories.value:
            raise GuardianProofMissing("What was found needs a guardian's proof. Ask for it before you conclude.")
        return proof

    def _require_nothing_found(self) -> None:
        if self.category is not None or self.grade is not None or self.components:
            raise InconsistentConclusion(
                "The standard is not met, so there is no category and no grade. Leave them out.", pointer="/category"
            )

    def _require_agreement(self, category: Category, grade: Grade) -> None:
        if category is Category.MULTIPLE and not self.components:
            raise InconsistentConclusion(
                "Multiple has two or more components. Name each category with its grade.", pointer="/components"
            )
        if self.components and category_of(self.components) is not category:
            raise InconsistentConclusion(
                "The category is not the one that the components make. Put the one or the others right.",
                pointer="/category",
            )
        if self.components and heaviest(self.components) is not grade:
            raise InconsistentConclusion(
                "The grade is not that of the heaviest component. Put the one or the others right.", pointer="/grade"
            )
