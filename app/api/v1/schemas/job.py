"""Jobs, as they travel: what is ordered, how far it is, and what a result tells."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.types import Input, Output
from app.domain.certificate import DisclosureLevel
from app.domain.job import Job, JobKind, JobState, PauseReason
from app.domain.job.reading import Encoding, InputFormat, Table
from app.domain.shared.identity import Grade
from app.services.certificate.verification import DETAIL, GRADE_AT_MOST
from app.services.job.orders import JobView, Order

MAX_TEXT = 900_000
"""In characters; a body is bounded besides. Longer tables are handed in after the order."""
TextFormat = Literal[InputFormat.CSV, InputFormat.NDJSON]
MAX_COUNT = 2**53 - 1
Many = Annotated[int, Field(ge=0, le=MAX_COUNT)]


class JobInputCreate(Input):
    """A table that is small enough to come with the order."""

    format: Annotated[TextFormat, Field(description="How it is written.")] = InputFormat.CSV
    text: Annotated[
        str,
        Field(
            min_length=1,
            max_length=MAX_TEXT,
            description="The table itself; of CSV the first line names the columns.",
            examples=["number,name\n99010119000101001843,样本云\n"],
        ),
    ]


class JobParameters(Input):
    """What a verification is to tell, as in the single call."""

    detail: Annotated[DisclosureLevel, Field(description="How much the purpose needs to know.")] = (
        DisclosureLevel.STATUS
    )
    grade_at_most: Annotated[Grade, Field(description="For `grade_at_most`: the lightest grade that counts.")] = (
        Grade.SECOND
    )


class JobCreate(Input):
    """Work over many rows. Its table comes along as `input`, or is handed in afterwards with PUT."""

    kind: Annotated[
        Literal[JobKind.CERTIFICATE_VERIFICATION],
        Field(description="What is to be done. Other kinds are ordered where their noun is, such as a payment roll."),
    ]
    parameters: Annotated[JobParameters, Field(description="How it is to be done.")] = JobParameters()
    dry_run: Annotated[
        bool, Field(description="Only look the rows through: nothing is looked up, told or changed.")
    ] = False
    input: Annotated[JobInputCreate | None, Field(description="The table, where it is small.")] = None

    def to_order(self) -> Order:
        """The order in the words of the use case."""
        return Order(
            kind=self.kind,
            parameters={DETAIL: self.parameters.detail.value, GRADE_AT_MOST: self.parameters.grade_at_most.value},
            is_dry_run=self.dry_run,
            format=self.input.format if self.input else InputFormat.CSV,
            text=self.input.text if self.input else None,
        )


class JobProgressRead(Output):
    """How far a job has come."""

    rows: Annotated[Many, Field(description="Rows that have their result.")]
    problems: Annotated[Many, Field(description="Rows of these that have a problem.")]
    chunks: Annotated[Many, Field(description="Checkpoints so far.")]
    share: Annotated[float, Field(ge=0, le=1, description="The part of the work that is done.", examples=[0.4])]


class JobTableRead(Output):
    """How the table that was handed in is read."""

    format: InputFormat
    encoding: Encoding
    columns: Annotated[
        list[Annotated[str, Field(max_length=2000)]],
        Field(max_length=100, description="The columns that the work reads; the others are the sender's own."),
    ]

    @classmethod
    def of(cls, table: Table) -> Self:
        """The reading as it travels."""
        read = [code for code in table.columns if code]
        return cls(format=table.format, encoding=table.encoding, columns=read)


class JobSummary(Output):
    """A job in a list."""

    id: UUID
    kind: JobKind
    state: JobState
    dry_run: Annotated[bool, Field(description="Whether the rows are only looked through.")]
    progress: Annotated[JobProgressRead, Field(description="How far it has come.")]
    reason: Annotated[PauseReason | None, Field(description="Why it rests; null where it does not.")]
    created_at: Annotated[datetime, Field(description="When it was ordered.")]
    started_at: Annotated[datetime | None, Field(description="When its first chunk was done; null before.")]
    finished_at: Annotated[datetime | None, Field(description="When it ended; null before.")]

    @classmethod
    def of(cls, job: Job) -> Self:
        """The job as a line."""
        progress = job.progress
        return cls(
            id=job.id,
            kind=job.kind,
            state=job.state,
            dry_run=job.is_dry_run,
            progress=JobProgressRead(
                rows=progress.rows,
                problems=progress.problems,
                chunks=progress.chunks,
                share=1.0 if job.state is JobState.FINISHED else round(progress.share, 4),
            ),
            reason=job.reason,
            created_at=job.created_at,
            started_at=job.started_at,
            finished_at=job.finished_at,
        )


class JobRead(JobSummary):
    """A job with what its owner may do next. It has no ETag: it goes on by itself."""

    table: Annotated[JobTableRead | None, Field(description="How its table is read; null before it is there.")]
    actions: Annotated[list[ActionRead], Field(max_length=20)]

    @classmethod
    def of_view(cls, view: JobView, teller: Teller) -> Self:
        """The job as its owner sees it."""
        return cls(
            **dict(JobSummary.of(view.of)),
            table=JobTableRead.of(view.of.table) if view.of.table else None,
            actions=[ActionRead.of(action, teller) for action in view.actions],
        )
