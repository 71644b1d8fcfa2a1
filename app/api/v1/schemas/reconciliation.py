"""Finding applications again, as it travels: by the platform's names, and a whole day compared."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from app.api.texts import Teller
from app.api.v1.schemas.application import ApplicationSummary
from app.api.v1.schemas.platform import Digest, MatterCodeText, SourceNumber
from app.api.v1.schemas.types import Count, Input, LegalDate, Output
from app.domain.application import DayPart, Difference, Differing, Kept, Listed, PublicStatus
from app.domain.shared.identity import MatterCode
from app.services.reconciliation import MOST_FOUND, MOST_NOT_LISTED, Found, Reconciled

MOST_LISTED = 1000


class ApplicationSearch(Input):
    """One name of the platform's: a number of an application or item, or a matter."""

    source_number: SourceNumber | None = None
    matter_code: MatterCodeText | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.source_number is None) == (self.matter_code is None):
            raise ValueError("Give either source_number or matter_code.")
        return self

    def to_sought(self) -> MatterCode | str:
        """What is sought, in the domain's words."""
        return MatterCode.parse(self.matter_code) if self.matter_code else self.source_number or ""


class ApplicationsFound(Output):
    """What was found, newest first."""

    applications: Annotated[list[ApplicationSummary], Field(max_length=MOST_FOUND)]
    is_complete: Annotated[bool, Field(description="False where there are more: ask by number.")]

    @classmethod
    def of(cls, found: Found, teller: Teller) -> Self:
        """What was found, in the caller's language."""
        lines = [ApplicationSummary.of(line, teller) for line in found.applications]
        return cls(applications=lines, is_complete=found.is_complete)


class ListedCreate(Input):
    """An application as your system has it. What is left out is not compared."""

    source_number: SourceNumber
    status: PublicStatus | None = None
    digest: Digest | None = None


class ReconciliationCreate(Input):
    """What your system has sent on a day. A longer day goes in parts, in the order of your numbers (by their bytes)."""

    submitted_on: LegalDate
    after: Annotated[
        SourceNumber | None, Field(description="The part begins above this number; at the start, if not given.")
    ] = None
    until: Annotated[
        SourceNumber | None, Field(description="The part ends with this number; at the end, if not given.")
    ] = None
    applications: Annotated[
        list[ListedCreate], Field(max_length=MOST_LISTED, description="All of the part, in any order.")
    ]

    @property
    def part(self) -> DayPart:
        """The part of the day that the list covers."""
        return DayPart(on=self.submitted_on, after=self.after, until=self.until)

    def to_listed(self) -> tuple[Listed, ...]:
        """The list in the domain's words."""
        return tuple(
            Listed(source_number=one.source_number, status=one.status, digest=one.digest) for one in self.applications
        )


class KeptRead(Output):
    """An application as it is here."""

    source_number: SourceNumber
    application_id: UUID
    submitted_on: date
    status: PublicStatus
    digest: Digest | None

    @classmethod
    def of(cls, kept: Kept) -> Self:
        """The application as it travels."""
        return cls(
            source_number=kept.source_number,
            application_id=kept.id,
            submitted_on=kept.submitted_on,
            status=kept.status,
            digest=kept.digest,
        )


class DifferenceRead(KeptRead):
    """An application as it is here, and in what your list has it otherwise."""

    differing: Annotated[list[Differing], Field(min_length=1, max_length=3)]

    @classmethod
    def between(cls, difference: Difference) -> Self:
        """The difference as it travels."""
        kept = KeptRead.of(difference.kept)
        return cls(**vars(kept), differing=list(difference.differing))


class ReconciliationRead(Output):
    """What comes of comparing. It names nobody."""

    submitted_on: date
    agreed: Annotated[Count, Field(description="How many both sides have alike.")]
    different: Annotated[list[DifferenceRead], Field(max_length=MOST_LISTED)]
    unknown: Annotated[
        list[SourceNumber],
        Field(max_length=MOST_LISTED, description="Never arrived here: send these again under the same numbers."),
    ]
    not_listed: Annotated[
        list[KeptRead], Field(max_length=MOST_NOT_LISTED, description="Arrived here, and not on your list.")
    ]
    is_complete: Annotated[bool, Field(description="False where `not_listed` does not have all: ask in parts.")]

    @classmethod
    def of(cls, reconciled: Reconciled) -> Self:
        """The result as it travels."""
        found = reconciled.of
        return cls(
            submitted_on=found.part.on,
            agreed=found.agreed,
            different=[DifferenceRead.between(one) for one in found.different],
            unknown=list(found.unknown),
            not_listed=[KeptRead.of(one) for one in found.not_listed],
            is_complete=reconciled.is_complete,
        )
