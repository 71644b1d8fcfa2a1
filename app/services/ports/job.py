"""What the use cases of jobs need: the jobs of their owner, what was handed in, what came out, and whose turn it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.job import Job, JobKind, JobState, PauseReason, Work
from app.domain.job.reading import Table
from app.domain.shared.access import Principal

PIECE_BYTES = 256 * 1024
"""How much of an input is kept, and read, at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """What came of one chunk: a line of JSON for each of its rows, and where in the input they stand."""

    number: int
    follows_line: int
    """The line after which its part of the input begins."""
    last_line: int
    rows: int
    problems: int
    begins_at: int
    """The byte of the input at which its rows begin; 0 where there is no input."""
    ends_at: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Leased:
    """A job whose turn it is, for one worker and a while."""

    job: Job
    attempts: int
    """How often its next chunk has been begun, this time included."""


class Jobs(Protocol):
    """The jobs of one owner, as a unit of work sees them."""

    async def get(self, job_id: UUID) -> Job:
        """The job.

        Raises:
            NotFound: the caller has no such job.
        """
        ...

    async def page(
        self,
        states: Sequence[JobState],
        kinds: Sequence[JobKind],
        *,
        whose: Principal,
        after: UUID | None,
        limit: int,
    ) -> list[Job]:
        """Some of the caller's jobs, the newest first, before an id."""
        ...

    async def dry_runs(self, *, whose: Principal, fingerprint: str) -> list[Job]:
        """The caller's dry runs of an input that have come to their end, the newest first."""
        ...

    def fingerprint(self, digest: str) -> str:
        """What is kept of the digest of an input: keyed, so that nobody tries out what it was."""
        ...

    async def add(self, job: Job, *, content: bytes) -> None:
        """Put a new one on record, with its table where that came along."""
        ...

    async def save(self, job: Job, *, of: Job) -> None:
        """Write what the owner has changed, if the state is still the one that was read.

        Raises:
            TryAgain: the worker or another request has changed it meanwhile.
        """
        ...

    async def advance(self, job: Job, *, of: Job, at: datetime) -> Job:
        """Write a checkpoint, if the one before is still the last, and let others have their turn.

        The state is the owner's: what was told to rest meanwhile rests.

        Raises:
            TryAgain: it was given up, or another worker has done this very chunk.
        """
        ...

    async def begin_upload(self, job_id: UUID, upload_id: UUID) -> None:
        """Forget what was handed in before, and take the pieces of this upload alone from now on."""
        ...

    async def add_piece(self, job_id: UUID, upload_id: UUID, *, number: int, content: bytes) -> None:
        """Keep a piece of an upload, encrypted.

        Raises:
            UploadSuperseded: another upload has begun meanwhile.
        """
        ...

    async def input_from(self, job_id: UUID, begins_at: int) -> bytes:
        """The input from a byte on: at least `PIECE_BYTES`, or all that is left."""
        ...

    async def add_segment(self, job_id: UUID, segment: Segment) -> None:
        """Keep what came of a chunk, encrypted."""
        ...

    async def segments(self, job_id: UUID, *, after_line: int, limit: int) -> list[Segment]:
        """What came of the chunks that have lines after one, in their order."""
        ...


class Workbooks(Protocol):
    """Spreadsheets, which are read when they have come whole."""

    async def read(self, content: bytes, *, work: Work) -> tuple[Table, bytes]:
        """The table that a spreadsheet holds, and its rows as lines of CSV.

        Raises:
            InputUnreadable: it is no spreadsheet, damaged, or larger than its bounds.
            ColumnsMissing: no sheet names the columns that the work needs.
        """
        ...


class JobQueue(Protocol):
    """Whose turn it is, for the worker."""

    async def lease(self) -> Leased | None:
        """The job that has waited longest for its turn, for a while; None where none waits."""
        ...

    async def pause(self, leased: Leased, reason: PauseReason) -> None:
        """Let a job rest that cannot go on."""
        ...

    async def release(self, leased: Leased) -> None:
        """Give the turn back: its chunk was not done, and may be tried again at once."""
        ...
