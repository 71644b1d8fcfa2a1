"""Packages, as they travel."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.form_schema import form_schema
from app.api.v1.schemas.types import Output
from app.api.v1.schemas.words import WordsRead
from app.domain.application import CaseKind, Evidence, PackageItem
from app.domain.shared.provenance import Confidence
from app.domain.shared.region import code_of
from app.services.package import Limit, PackageOffer, PackageView, Step

CodeText = Annotated[str, Field(max_length=64)]


class LeadRead(Output):
    """Which office answers for an item."""

    kind: Annotated[CodeText, Field(description="Kind of organisation.")]
    level: Annotated[CodeText, Field(description="Level of the place that the office is of.")]


class LimitRead(Output):
    """By when a step is to be done."""

    value: Annotated[int, Field(ge=0, le=10_000)]
    unit: Annotated[CodeText, Field(description="`working_days`, `calendar_days`, `months` or `years`.")]
    source: Annotated[str, Field(max_length=300)]

    @classmethod
    def of(cls, limit: Limit) -> Self:
        """The limit as it travels."""
        return cls(value=limit.value, unit=limit.unit, source=limit.source)


class StepRead(Output):
    """One step on the way of an item."""

    code: CodeText
    name: WordsRead
    roles: Annotated[list[str], Field(max_length=12, description="Who takes it.")]
    operation: Annotated[CodeText, Field(description="The operation of this API that it is taken by.")]
    decides: Annotated[bool, Field(description="Whether it is the decision, which a human takes.")]
    limit: LimitRead | None

    @classmethod
    def of(cls, step: Step) -> Self:
        """The step as it travels."""
        return cls(
            code=step.code,
            name=WordsRead.of(step.wording),
            roles=list(step.roles),
            operation=step.operation,
            decides=step.decides,
            limit=LimitRead.of(step.limit) if step.limit else None,
        )


class PackageItemSummary(Output):
    """One service of a package."""

    code: CodeText
    name: WordsRead
    case_kind: CaseKind
    lead: LeadRead
    depends_on: Annotated[list[str], Field(max_length=20, description="Items whose result it builds on.")]

    @classmethod
    def of(cls, item: PackageItem) -> Self:
        """The item as it travels."""
        return cls(
            code=item.code,
            name=WordsRead.of(item.wording),
            case_kind=item.case_kind,
            lead=LeadRead(kind=item.lead.kind, level=item.lead.level),
            depends_on=list(item.depends_on),
        )


class PackageItemRead(PackageItemSummary):
    """One service of a package, with its way."""

    is_chosen: Annotated[bool, Field(description="Whether form and evidence are also for this item.")]
    steps: Annotated[list[StepRead], Field(max_length=20)]


class RequiredEvidenceRead(Output):
    """What must be shown. Only what comes from the applicant may be asked of the applicant."""

    code: CodeText
    name: WordsRead
    needed_by: Annotated[list[str], Field(max_length=20, description="Items that need it.")]
    provenance: Annotated[CodeText, Field(description="`applicant`, `register` or `earlier_item`.")]
    held_by: Annotated[CodeText | None, Field(description="Whose register holds it, or which item gives it.")]
    assurance: Annotated[
        CodeText, Field(description="How sure it is: `authority`, `counter`, `uploaded` or `declared`.")
    ]
    businesses: Annotated[list[str], Field(max_length=20, description="Certificate businesses; empty for all.")]
    is_conditional: Annotated[bool, Field(description="Whether it depends on the person whether it is needed.")]

    @classmethod
    def of(cls, evidence: Evidence) -> Self:
        """The evidence as it travels."""
        return cls(
            code=evidence.code,
            name=WordsRead.of(evidence.wording),
            needed_by=list(evidence.needed_by),
            provenance=evidence.provenance,
            held_by=evidence.held_by,
            assurance=evidence.assurance,
            businesses=list(evidence.businesses),
            is_conditional=evidence.when is not None,
        )


class PackageSummary(Output):
    """A package in a list."""

    code: CodeText
    version: Annotated[str, Field(max_length=200, description="The rule that describes it; decisions name it.")]
    name: WordsRead
    region_code: Annotated[str | None, Field(max_length=12, description="Where it is offered; null for everywhere.")]
    valid_from: date
    valid_to: Annotated[date | None, Field(description="Its last day; null while it goes on.")]
    source: Annotated[str, Field(max_length=300)]
    confidence: Confidence
    note: Annotated[str | None, Field(max_length=1000)]

    @classmethod
    def of_offer(cls, offer: PackageOffer) -> dict[str, Any]:
        """The fields that every view of a package has."""
        package, rule = offer.package, offer.rule
        return {
            "code": package.code,
            "version": package.version,
            "name": WordsRead.of(package.wording),
            "region_code": code_of(rule.region) or None,
            "valid_from": rule.valid_from,
            "valid_to": rule.valid_to,
            "source": rule.source,
            "confidence": rule.confidence,
            "note": rule.note,
        }


class PackageLine(PackageSummary):
    """A package with its items."""

    items: Annotated[list[PackageItemSummary], Field(max_length=20)]

    @classmethod
    def of(cls, offer: PackageOffer) -> Self:
        """The package as it travels."""
        return cls(**cls.of_offer(offer), items=[PackageItemSummary.of(item) for item in offer.package.items])


class PackageList(Output):
    """All packages of a place; there are never many."""

    items: Annotated[list[PackageLine], Field(max_length=100)]


class PackageRead(PackageSummary):
    """A package whole, with form and evidence of the chosen items together."""

    items: Annotated[list[PackageItemRead], Field(max_length=20)]
    form: Annotated[
        dict[str, Any],
        Field(description="JSON Schema (2020-12) of `answers` in an application for the chosen items."),
    ]
    evidence: Annotated[list[RequiredEvidenceRead], Field(max_length=100)]

    @classmethod
    def of(cls, view: PackageView, teller: Teller) -> Self:
        """The package as it travels."""
        items = [
            PackageItemRead(
                **vars(PackageItemSummary.of(item)),
                is_chosen=item.code in view.selection.codes,
                steps=[StepRead.of(step) for step in view.steps[item.code]],
            )
            for item in view.offer.package.items
        ]
        return cls(
            **cls.of_offer(view.offer),
            items=items,
            form=form_schema(view.selection.form, teller),
            evidence=[RequiredEvidenceRead.of(evidence) for evidence in view.selection.evidence],
        )
