"""A job: work over many rows that somebody has ordered, done in chunks, each of which is a checkpoint."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.job.kinds import WORKS, JobKind, Work
from app.domain.job.reading.table import Table
from app.domain.job.stages import LIFECYCLE, JobAction, JobState
from app.domain.shared.access import Role
from app.domain.shared.errors import DutiesNotSeparated
from app.domain.shared.transitions import Allowed

Parameter: TypeAlias = "str | int | bool | None"

CHUNK_ROWS = 2_000
"""How many rows are one transaction and one checkpoint: what a killed worker repeats at most."""


class PauseReason(StrEnum):
    """Why a job rests."""

    BY_OWNER = "by_owner"
    OWNER_REFUSED = "owner_refused"
    """Whoever ordered it holds the right to it no longer."""
    WORKER_FAILED = "worker_failed"
    """The same chunk has failed again and again; the operator must look at it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who ordered a job, with the rights of the token that it was ordered with. The worker acts with no others."""

    subject: UUID
    client_id: UUID
    roles: frozenset[Role]
    scopes: frozenset[str]
    token_id: str
    purpose: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a job has come."""

    chunks: int = 0
    """How many are done: the number of the next one."""
    position: str = "0"
    """Where the next chunk begins: a byte of the input or, without one, whatever the kind of work goes by."""
    line: int = 0
    """The last line of the input that has been read."""
    rows: int = 0
    problems: int = 0
    """How many of the rows have a problem."""
    done: int = 0
    """So much of `total`, in the same unit."""
    total: int | None = None
    """Bytes of the input, or cases to go through; None while it is not known."""

    @property
    def share(self) -> float:
        """The part that is done, from 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work over many rows, ordered by somebody and done by the worker with that person's rights."""

    id: UUID
    kind: JobKind
    owner: Owner
    created_at: datetime
    state: JobState = JobState.AWAITING_INPUT
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    is_dry_run: bool = False
    """Whether the input is only looked through: nothing is looked up, told or changed."""
    table: Table | None = None
    """How the input is written; None where there is none."""
    fingerprint: str | None = None
    """A keyed digest of the input, by which the dry run of the same one is found; None where there is none."""
    progress: Progress = field(default_factory=Progress)
    reason: PauseReason | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def work(self) -> Work:
        """What its kind asks for."""
        return WORKS[self.kind]

    @classmethod
    def order(cls, kind: JobKind, *, job_id: UUID, owner: Owner, at: datetime) -> Self:
        """A new job: it waits for its table or, where there is none to come, for its turn."""
        state = JobState.AWAITING_INPUT if WORKS[kind].takes_input else JobState.QUEUED
        return cls(id=job_id, kind=kind, owner=owner, created_at=at, state=state)

    @property
    def needs_approval(self) -> bool:
        """Say whether a second person has to let it in."""
        return self.work.needs_approval and not self.is_dry_run

    def supply(self, table: Table, *, size: int, fingerprint: str | None = None) -> Self:
        """Take its table, so many bytes long; where another person has to let it in, it waits for that."""
        held = self._moved(JobAction.SUPPLY).held()
        progress = Progress(position=str(table.begins_at), line=table.head_lines, done=0, total=size)
        return replace(held, table=table, progress=progress, fingerprint=fingerprint)

    def held(self) -> Self:
        """Wait for a second person, where one has to let it in."""
        return self._moved(JobAction.HOLD) if self.needs_approval else self

    def is_dry_run_of(self, other: Self) -> bool:
        """Say whether it has come to its end over the very table that another one is to do, read in the same way."""
        is_same = self.kind is other.kind and self.table == other.table and self.fingerprint == other.fingerprint
        return self.is_dry_run and self.state is JobState.FINISHED and self.fingerprint is not None and is_same

    def pause(self, reason: PauseReason = PauseReason.BY_OWNER) -> Self:
        """Let it rest after the chunk that is under way."""
        return replace(self._moved(JobAction.PAUSE), reason=reason)

    def resume(self) -> Self:
        """Go on where it rested."""
        return replace(self._moved(JobAction.RESUME), reason=None)

    def cancel(self, *, at: datetime) -> Self:
        """Give it up. What was done stays done, and its results can be read."""
        return replace(self._moved(JobAction.CANCEL), reason=None, finished_at=at)

    def advance(self, progress: Progress, *, at: datetime) -> Self:
        """Go past a chunk that was done; one that was told to rest meanwhile rests after it."""
        begun = self if self.state is not JobState.QUEUED else self._moved(JobAction.BEGIN)
        return replace(begun, progress=progress, started_at=self.started_at or at)

    def finish(self, *, at: datetime) -> Self:
        """End: every row has its result."""
        return replace(self._moved(JobAction.FINISH), reason=None, finished_at=at)

    def allowed_actions(self) -> tuple[Allowed, ...]:
        """What the owner may do now and, for the rest, why not."""
        found = LIFECYCLE.answers(self._by_owner)
        return tuple(one for one in found if self.needs_approval or one.action != JobAction.APPROVE)

    def _by_owner(self, action: JobAction) -> Self:
        moved = self._moved(action)
        if action is JobAction.APPROVE:
            raise DutiesNotSeparated(
                "Whoever has ordered the job does not approve it. Another person of the federation must.",
                duty="ask_import",
                action=action.value,
            )
        return moved

    def _moved(self, action: JobAction) -> Self:
        return replace(self, state=LIFECYCLE.opened(self.state, action).target)
