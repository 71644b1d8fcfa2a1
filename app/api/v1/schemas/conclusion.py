"""What doctors conclude and what it rests on, as it travels."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self, TypeVar
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from app.api.texts import Teller
from app.api.v1.schemas.types import Input, LegalDate, Output
from app.api.v1.schemas.wording import SentenceRead
from app.domain.certificate import (
    AdaptiveBehaviour,
    CertificateCase,
    Course,
    EvaluationConclusion,
    GuardianProof,
    Measure,
    Measurements,
)
from app.domain.shared.identity import Category, Grade

Measured = Annotated[
    str,
    StringConstraints(max_length=8, pattern=r"^(0|[1-9][0-9]{0,3})(\.[0-9]{1,3})?$"),
    Field(description="A decimal number, written as text.", examples=["0.05"]),
]


NamedT = TypeVar("NamedT", "MeasurementCreate", "ComponentCreate")


class MeasurementCreate(Input):
    """One measure that was taken."""

    measure: Measure
    value: Measured

    @property
    def about(self) -> Measure:
        """What may be named once."""
        return self.measure


class MeasurementRead(Output):
    """One measure that was taken."""

    measure: Measure
    value: Annotated[str, Field(max_length=8, description="A decimal number, written as text.")]


class ComponentCreate(Input):
    """One category that was found, with its grade."""

    category: Category
    grade: Grade

    @property
    def about(self) -> Category:
        """What may be named once."""
        return self.category


def _each_once(named: list[NamedT]) -> list[NamedT]:
    if len({one.about for one in named}) < len(named):
        raise PydanticCustomError("named_twice", "Name each of them once.", {"chinese": "每项只能填写一次。"})
    return named


class ConclusionCreate(Input):
    """What the doctors have concluded and signed. Nothing of it is computed here."""

    doctors: Annotated[list[UUID], Field(min_length=1, max_length=10, description="Accounts of those who signed.")]
    meets_standard: bool
    concluded_on: LegalDate
    category: Category | None = None
    grade: Grade | None = None
    components: Annotated[
        list[ComponentCreate],
        AfterValidator(_each_once),
        Field(max_length=6, description="For a multiple disability; each category once."),
    ] = Field(default_factory=list)
    at_home: bool = False
    guardian_proof: GuardianProof = GuardianProof.NOT_SHOWN
    measurements: Annotated[
        list[MeasurementCreate],
        AfterValidator(_each_once),
        Field(max_length=len(Measure), description="What the conclusion rests on; each measure once."),
    ] = Field(default_factory=list)
    adaptive_behaviour: Annotated[
        AdaptiveBehaviour | None, Field(description="How far adaptive behaviour is impaired, where it was judged.")
    ] = None
    course: Annotated[
        Course | None,
        Field(description="What is expected of the condition. A permanent one is never looked at again at random."),
    ] = None

    def to_conclusion(self) -> EvaluationConclusion:
        """The conclusion in the domain's words."""
        return EvaluationConclusion(
            doctors=tuple(self.doctors),
            meets_standard=self.meets_standard,
            concluded_on=self.concluded_on,
            category=self.category,
            grade=self.grade,
            components={component.category: component.grade for component in self.components},
            at_home=self.at_home,
            guardian_proof=self.guardian_proof,
            measurements=Measurements(
                numbers={taken.measure: Decimal(taken.value) for taken in self.measurements},
                adaptive_behaviour=self.adaptive_behaviour,
            ),
            course=self.course,
        )


class ConclusionRead(Output):
    """What the doctors have concluded and signed."""

    meets_standard: bool
    category: Category | None
    grade: Grade | None
    components: dict[str, Grade]
    concluded_on: date
    at_home: bool
    measurements: Annotated[list[MeasurementRead], Field(max_length=len(Measure))]
    adaptive_behaviour: AdaptiveBehaviour | None
    course: Annotated[Course | None, Field(description="What is expected of the condition; null: not said.")]
    warnings: Annotated[
        list[SentenceRead],
        Field(max_length=20, description="What does not fit the tables of the standard. It binds nobody."),
    ]

    @classmethod
    def of(cls, case: CertificateCase, teller: Teller) -> Self:
        """The conclusion of a case, with what a reviewer should look at again."""
        found = case.conclusion
        assert found, "Asked for where there is one."
        return cls(
            meets_standard=found.meets_standard,
            category=found.category,
            grade=found.grade,
            components={category.slug: grade for category, grade in found.found.items()},
            concluded_on=found.concluded_on,
            at_home=found.at_home,
            measurements=[
                MeasurementRead(measure=measure, value=str(value))
                for measure, value in found.measurements.numbers.items()
            ],
            adaptive_behaviour=found.measurements.adaptive_behaviour,
            course=found.course,
            warnings=[SentenceRead.of(warning, teller) for warning in case.warnings],
        )
