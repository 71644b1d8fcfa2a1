"""Use cases of the worker: do the next chunk of the job whose turn it is, with the rights of whoever ordered it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from app.domain.job import Job, JobKind, JobState, PauseReason, Progress
from app.domain.shared.errors import Forbidden
from app.services.ports.caller import Caller, CallerUnknown, TryAgain
from app.services.ports.job import JobQueue, Segment
from app.services.ports.work import UnitOfWork

OpenWork: TypeAlias = Callable[[Caller], UnitOfWork]

MAX_ATTEMPTS = 5
WORKED = frozenset({JobState.QUEUED, JobState.RUNNING})


@dataclass(frozen=True, slots=True)
class Chunk:
    """What came of one chunk: how far the job is now and, where rows have results, what they are."""

    progress: Progress
    is_last: bool
    segment: Segment | None = None


class ChunkWork(Protocol):
    """A kind of work, chunk by chunk."""

    async def chunk(self, job: Job, *, uow: UnitOfWork) -> Chunk:
        """Do the next chunk in the given transaction."""
        ...


Works: TypeAlias = Mapping[JobKind, ChunkWork]


async def work_once(*, queue: JobQueue, open_work: OpenWork, works: Works) -> Job | None:
    """Do one chunk of the job that has waited longest; None where none waits."""
    leased = await queue.lease()
    if leased is None:
        return None
    if leased.attempts > MAX_ATTEMPTS:
        await queue.pause(leased, PauseReason.WORKER_FAILED)
        return leased.job
    try:
        return await do_chunk(leased.job, uow=open_work(caller_of(leased.job)), works=works)
    except (CallerUnknown, Forbidden):
        await queue.pause(leased, PauseReason.OWNER_REFUSED)
        return leased.job
    except TryAgain:  # given up meanwhile, or done by another worker
        await queue.release(leased)
        return leased.job


async def do_chunk(ordered: Job, *, uow: UnitOfWork, works: Works) -> Job:
    """One chunk is one transaction: its work, its results, its record of access and its checkpoint, or nothing.

    Raises:
        CallerUnknown, Forbidden: whoever ordered the job holds the right to it no longer.
        TryAgain: it was given up meanwhile, or another worker has done this very chunk.
    """
    async with uow:
        job = await uow.jobs.get(ordered.id)
        if job.state not in WORKED:
            return job
        done = await works[job.kind].chunk(job, uow=uow)
        if done.segment is not None:
            await uow.jobs.add_segment(job.id, done.segment)
        advanced = job.advance(done.progress, at=uow.real_now)
        if done.is_last:
            advanced = advanced.finish(at=uow.real_now)
        return await uow.commit(await uow.jobs.advance(advanced, of=job, at=uow.real_now))


def caller_of(job: Job) -> Caller:
    """Whoever ordered the job, as the token claimed; each chunk has it confirmed anew."""
    owner = job.owner
    return Caller(
        subject=owner.subject,
        client_id=owner.client_id,
        roles=owner.roles,
        scopes=owner.scopes,
        token_id=owner.token_id,
        operation=job.work.operation,
        request_id=f"job-{job.id}-{job.progress.chunks}",
        purpose=owner.purpose,
    )
