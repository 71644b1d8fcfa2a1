"""Imports of registers that wait for a second person, as they travel: counts, and nobody's name."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.job import Many
from app.api.v1.schemas.types import Input, LongText, Output, Version
from app.domain.job import JobKind
from app.domain.register import ImportStage, RegisterImport
from app.domain.shared.region import code_of
from app.services.read_models import View


class ImportCountsRead(Output):
    """What the dry run of the same table has come to, in rows."""

    new: Annotated[Many, Field(description="Certificates that the import would put in force.")]
    same: Many
    differs: Annotated[Many, Field(description="Rows that would be put down for an officer; they change nothing.")]
    problems: Many


class ImportRefusalCreate(Input):
    """Why a table is not let in."""

    text: Annotated[LongText, Field(description="In plain words, for whoever asked. Name nobody.")]


class RegisterImportSummary(Output):
    """An import in a list."""

    id: Annotated[UUID, Field(description="That of its job, which is its owner's alone.")]
    kind: JobKind
    region_code: Annotated[str, Field(description="The county in which it may put certificates in force.")]
    stage: ImportStage
    counts: ImportCountsRead
    asked_by: Annotated[UUID, Field(description="Who has handed the table in; that person does not approve it.")]
    asked_at: datetime
    approved_by: Annotated[UUID | None, Field(description="The second person; null before.")]
    refused_by: Annotated[UUID | None, Field(description="Who has not let it in; null elsewhere.")]
    version: Version

    @classmethod
    def of(cls, found: RegisterImport) -> Self:
        """The import as a line."""
        counts = found.counts
        return cls(
            id=found.id,
            kind=JobKind.REGISTER_IMPORT,
            region_code=code_of(found.region),
            stage=found.stage,
            counts=ImportCountsRead(new=counts.new, same=counts.same, differs=counts.differs, problems=counts.problems),
            asked_by=found.asked_by,
            asked_at=found.asked_at,
            approved_by=found.approved_by,
            refused_by=found.refused_by,
            version=found.version,
        )


class RegisterImportRead(RegisterImportSummary):
    """An import with what the caller may do. Nothing of its table goes in before a second person has approved it."""

    refused_because: Annotated[str, Field(max_length=2000, description="Why it was refused; empty elsewhere.")]
    dry_run_id: Annotated[UUID, Field(description="The job of the dry run; whoever asked shows its results.")]
    actions: Annotated[list[ActionRead], Field(max_length=20)]

    @classmethod
    def of_view(cls, view: View[RegisterImport], teller: Teller) -> Self:
        """The import as one caller sees it."""
        return cls(
            **dict(RegisterImportSummary.of(view.of)),
            refused_because=view.of.refused_because,
            dry_run_id=view.of.dry_run_id,
            actions=[ActionRead.of(action, teller) for action in view.actions],
        )
