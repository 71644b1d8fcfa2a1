"""The look ahead without a name, as it travels."""

from typing import Annotated, Self

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.types import Code, Input, Output, RegionCode
from app.domain.application import Likelihood, Outlook
from app.domain.benefit import Reason as Finding
from app.domain.entitlement import Facts
from app.domain.person import EconomicStatus
from app.domain.shared.identity import Category, Grade


class EligibilityCheckCreate(Input):
    """Facts about somebody whose name is not asked. What is left out is not known, and is not held against anybody."""

    package_code: Code
    region_code: Annotated[RegionCode, Field(description="Place of household registration.")]
    age: Annotated[int | None, Field(ge=0, le=130, description="Completed years.")] = None
    has_certificate: bool | None = None
    category: Category | None = None
    grade: Grade | None = None
    economic_status: EconomicStatus | None = None
    needs: Annotated[dict[Code, bool], Field(max_length=50, description="Needs that are there, or are not.")] = Field(
        default_factory=dict
    )
    receiving: Annotated[dict[Code, bool], Field(max_length=50, description="Benefits received, or not.")] = Field(
        default_factory=dict
    )

    def to_facts(self) -> Facts:
        """The facts in the domain's words."""
        has_components = self.category is not None and self.grade is not None
        return Facts(
            has_certificate=self.has_certificate,
            components={self.category: self.grade} if has_components else {},  # type: ignore[dict-item]
            grade=self.grade,
            age=self.age,
            economic_status=self.economic_status,
            needs=self.needs,
            receiving=self.receiving,
        )


class ReasonRead(Output):
    """One finding, with the law that makes the condition."""

    code: str
    finding: Annotated[str, Field(description="`met`, `not_met` or `unknown`.")]
    text: Annotated[str, Field(max_length=1000)]
    source: Annotated[str, Field(max_length=500)]

    @classmethod
    def of(cls, reason: Finding, teller: Teller) -> Self:
        """The reason in the caller's language."""
        return cls(
            code=reason.code,
            finding=reason.finding,
            text=teller.say(f"reason.{reason.code}", dict(reason.parameters)),
            source=reason.source,
        )


class OutlookRead(Output):
    """What may be expected of one item. It promises nothing."""

    item: str
    likelihood: Likelihood
    reasons: Annotated[list[ReasonRead], Field(max_length=50)]
    evidence: Annotated[list[str], Field(max_length=50, description="What would have to be shown, by name.")]
    rule_versions: Annotated[list[str], Field(max_length=50)]

    @classmethod
    def of(cls, outlook: Outlook, teller: Teller) -> Self:
        """The outlook in the caller's language."""
        return cls(
            item=outlook.item,
            likelihood=outlook.likelihood,
            reasons=[ReasonRead.of(reason, teller) for reason in outlook.reasons],
            evidence=[teller.word(evidence.wording) for evidence in outlook.evidence],
            rule_versions=list(outlook.rule_versions),
        )


class EligibilityCheckRead(Output):
    """The look ahead. Nothing of it is kept."""

    items: Annotated[list[OutlookRead], Field(max_length=20)]

    @classmethod
    def of(cls, outlooks: tuple[Outlook, ...], teller: Teller) -> Self:
        """The look ahead in the caller's language."""
        return cls(items=[OutlookRead.of(outlook, teller) for outlook in outlooks])
