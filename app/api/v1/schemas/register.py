"""Registers that are taken over, as they travel: the order, and what another register says otherwise."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.job import JobInputCreate
from app.api.v1.schemas.types import Input, LongText, Output, Version
from app.domain.job import JobKind
from app.domain.job.reading import InputFormat
from app.domain.register import Differing, DiscrepancyStage, Part, RegisterDiscrepancy
from app.domain.shared.region import code_of
from app.services.job.orders import Order
from app.services.read_models import View
from app.services.register import Settlement, Settling


class RegisterImportCreate(Input):
    """Another register of certificates. Its table comes along as `input`, or is handed in afterwards with PUT."""

    dry_run: Annotated[bool, Field(description="Only compare each row with the register: nothing is changed.")] = False
    input: Annotated[JobInputCreate | None, Field(description="The table, where it is small.")] = None

    def to_order(self) -> Order:
        """The order in the words of the use case."""
        return Order(
            kind=JobKind.REGISTER_IMPORT,
            parameters={},
            is_dry_run=self.dry_run,
            format=self.input.format if self.input else InputFormat.CSV,
            text=self.input.text if self.input else None,
        )


class DifferingRead(Output):
    """One part of a row, as it is held and as it was given; names and numbers are masked."""

    part: Part
    held: Annotated[str, Field(max_length=200)]
    given: Annotated[str, Field(max_length=200)]

    @classmethod
    def of(cls, differing: Differing) -> Self:
        """The part as it travels."""
        held, given = differing.masked()
        return cls(part=differing.part, held=held, given=given)


class RegisterDiscrepancySummary(Output):
    """What another register says otherwise, in a list."""

    id: UUID
    person_id: UUID
    region_code: str
    job_id: Annotated[UUID, Field(description="The job that has read the row.")]
    stage: DiscrepancyStage
    parts: Annotated[list[Part], Field(max_length=len(Part), description="What differs.")]
    opened_on: Annotated[date, Field(description="The day on which the row was read.")]
    version: Version

    @classmethod
    def of(cls, discrepancy: RegisterDiscrepancy) -> Self:
        """The discrepancy as a line."""
        return cls(
            id=discrepancy.id,
            person_id=discrepancy.person_id,
            region_code=code_of(discrepancy.region),
            job_id=discrepancy.job_id,
            stage=discrepancy.stage,
            parts=[one.part for one in discrepancy.differing],
            opened_on=discrepancy.opened_on,
            version=discrepancy.version,
        )


class RegisterDiscrepancyRead(RegisterDiscrepancySummary):
    """What another register says otherwise. Nothing changes before an officer has settled it."""

    certificate_id: Annotated[UUID | None, Field(description="The certificate that is held; null where none is.")]
    differing: Annotated[list[DifferingRead], Field(max_length=len(Part))]
    words: Annotated[str, Field(max_length=2000, description="Why it was settled so.")]
    actions: Annotated[list[ActionRead], Field(max_length=20)]

    @classmethod
    def of_view(cls, view: View[RegisterDiscrepancy], teller: Teller) -> Self:
        """The discrepancy as one caller sees it."""
        discrepancy = view.of
        return cls(
            **dict(RegisterDiscrepancySummary.of(discrepancy)),
            certificate_id=discrepancy.certificate_id,
            differing=[DifferingRead.of(one) for one in discrepancy.differing],
            words=discrepancy.words,
            actions=[ActionRead.of(action, teller) for action in view.actions],
        )


class SettlementCreate(Input):
    """Which of the two registers is right, and why."""

    settlement: Annotated[Settlement, Field(description="`taken`: the other one is right; `kept`: ours is.")]
    text: Annotated[LongText, Field(description="Why, so that it can be looked up later.")]

    def to_settling(self) -> Settling:
        """The finding in the words of the use case."""
        return Settling(settlement=self.settlement, text=self.text)
