"""Use cases of the worker: do the next chunk of the job whose turn it is, with the rights of whoever ordered it."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Protocol, TypeAlias, TypeVar

from app.domain.job import CHUNK_ROWS, Job, JobKind, JobState, PauseReason, Progress
from app.domain.job.reading import CellProblem, Row, RowProblem, Table, is_zeroed, read_rows
from app.domain.shared.errors import Forbidden, Unprocessable
from app.services.ports.caller import Caller, CallerUnknown, TryAgain
from app.services.ports.job import JobQueue, Segment
from app.services.ports.work import UnitOfWork

Fields: TypeAlias = Mapping[str, str | int | bool | None]
OpenWork: TypeAlias = Callable[[Caller], UnitOfWork]
Asked = TypeVar("Asked")

MAX_ATTEMPTS = 5
WORKED = frozenset({JobState.QUEUED, JobState.RUNNING})
PROBLEM_CODE, PROBLEM_COLUMN = "problem_code", "problem_column"


class RowWork(Protocol[Asked]):
    """A kind of work that goes by the rows of a table."""

    @property
    def fields(self) -> tuple[str, ...]:
        """What each row's result tells, in order."""
        ...

    def asked(self, row: Row, job: Job) -> Asked:
        """What a row asks for.

        Raises:
            Unprocessable: it cannot be right; `pointer` names the column.
        """
        ...

    async def answers(self, asked: Sequence[Asked], *, job: Job, uow: UnitOfWork) -> Sequence[Fields]:
        """The results of many rows at once, in their order."""
        ...


Works: TypeAlias = Mapping[JobKind, RowWork[Any]]


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
        segment, progress = await _rows_done(job, works[job.kind], uow=uow)
        if segment.rows:
            await uow.jobs.add_segment(job.id, segment)
        advanced = job.advance(progress, at=uow.real_now)
        if progress.done == progress.total:
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


async def _rows_done(job: Job, work: RowWork[Any], *, uow: UnitOfWork) -> tuple[Segment, Progress]:
    table, before = _table(job), job.progress
    begins_at, total = int(before.position), before.total or 0
    piece = await uow.jobs.input_from(job.id, begins_at)
    is_last = begins_at + len(piece) >= total
    reading = read_rows(piece, table, job.work.columns, after_line=before.line, at_most=CHUNK_ROWS, is_last=is_last)
    results = await _results(reading.rows, job, work, uow=uow)
    problems = sum(result[PROBLEM_CODE] is not None for result in results)
    ends_at = begins_at + reading.consumed
    progress = replace(
        before,
        chunks=before.chunks + 1,
        position=str(ends_at),
        line=before.line + reading.lines,
        rows=before.rows + len(results),
        problems=before.problems + problems,
        done=ends_at,
    )
    segment = Segment(
        number=before.chunks,
        follows_line=before.line,
        last_line=reading.rows[-1].line if reading.rows else before.line,
        rows=len(results),
        problems=problems,
        begins_at=begins_at,
        ends_at=ends_at,
        content=b"".join(_line_of(result) for result in results),
    )
    return segment, progress


async def _results(rows: Sequence[Row], job: Job, work: RowWork[Any], *, uow: UnitOfWork) -> list[dict[str, Any]]:
    asked: list[Any] = []
    problems: list[RowProblem | None] = []
    for row in rows:
        problem = row.problem
        if problem is None:
            try:
                asked.append(work.asked(row, job))
            except Unprocessable as refusal:
                problem = _problem_of(refusal, row, job)
        problems.append(problem)
    found = iter(await work.answers(asked, job=job, uow=uow)) if asked and not job.is_dry_run else iter(())
    nothing = dict.fromkeys(work.fields)
    return [
        {
            "line": row.line,
            **(next(found, nothing) if problem is None else nothing),
            PROBLEM_CODE: problem.code if problem else None,
            PROBLEM_COLUMN: (problem.column or None) if problem else None,
        }
        for row, problem in zip(rows, problems, strict=True)
    ]


@contextmanager
def in_column(code: str) -> Iterator[None]:
    """Say of whatever is refused inside in which column it stands."""
    try:
        yield
    except Unprocessable as refusal:
        refusal.pointer = f"/{code}"
        raise


def _problem_of(refusal: Unprocessable, row: Row, job: Job) -> RowProblem:
    column = (refusal.pointer or "").removeprefix("/")
    is_number = any(one.code == column and one.is_number for one in job.work.columns)
    if is_number and is_zeroed(row.values.get(column, "")):
        return RowProblem(CellProblem.SPREADSHEET_DAMAGE, column)
    return RowProblem(refusal.code, column)


def _line_of(result: Mapping[str, Any]) -> bytes:
    return json.dumps(result, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _table(job: Job) -> Table:
    assert job.table is not None  # a job without its table waits for it, and is not worked on
    return job.table
