"""Use cases of reading what came of a job: results in the order of the lines, and the rows that are to be mended."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from app.domain.job import CHUNK_ROWS, Job
from app.domain.job.reading import OURS, InputFormat, Row, read_rows
from app.services.job.table_work import PROBLEM_CODE
from app.services.ports.job import Segment
from app.services.ports.work import UnitOfWork

OpenWork: TypeAlias = Callable[[], UnitOfWork]


@dataclass(frozen=True, slots=True)
class Results:
    """Some results, as lines of JSON in the order of the input, and after which line the next ones begin."""

    lines: tuple[bytes, ...]
    after: int | None
    """None where there are no more so far."""


@dataclass(frozen=True, slots=True)
class Mending:
    """A row with a problem: as its sender wrote it, and what is wrong."""

    row: Row
    result: Mapping[str, Any]


async def get_job_results(job_id: UUID, *, after_line: int, limit: int, uow: UnitOfWork) -> Results:
    """So many results after a line. Those of a job that still runs come as its chunks are done."""
    async with uow:
        await uow.jobs.get(job_id)
        most = 1 + -(-limit // CHUNK_ROWS)
        segments = await uow.jobs.segments(job_id, after_line=after_line, limit=most)
        lines = [line for segment in segments for line in segment.content.split(b"\n")[:-1]]
        later = [line for line in lines if _line_number(line) > after_line]
        shown = tuple(later[:limit])
        has_more = len(later) > limit or len(segments) == most
        return await uow.commit(Results(shown, _line_number(shown[-1]) if has_more else None))


def _line_number(line: bytes) -> int:
    """The line that a result is about: its first member."""
    return int(line[len(b'{"line":') : line.index(b",")])


async def get_job_errors(job_id: UUID, *, open_work: OpenWork) -> tuple[Job, AsyncIterator[list[Mending]]]:
    """The rows with a problem, chunk by chunk, with the cells as their sender wrote them."""
    async with open_work() as uow:
        job = await uow.jobs.get(job_id)
    return job, _mendings(job, open_work)


async def _mendings(job: Job, open_work: OpenWork) -> AsyncIterator[list[Mending]]:
    after_line = 0
    while True:
        async with open_work() as uow:
            segments = await uow.jobs.segments(job.id, after_line=after_line, limit=1)
            if not segments:
                return
            segment, after_line = segments[0], segments[0].last_line
            found = await _mendings_in(segment, job, uow=uow) if segment.problems else []
        if found:
            yield found


async def _mendings_in(segment: Segment, job: Job, *, uow: UnitOfWork) -> list[Mending]:
    results = [json.loads(line) for line in segment.content.split(b"\n")[:-1]]
    wrong = {result["line"]: result for result in results if result[PROBLEM_CODE] is not None}
    assert job.table is not None  # problems are of rows, and rows of a table
    piece = await uow.jobs.input_from(job.id, segment.begins_at)
    reading = read_rows(
        piece[: segment.ends_at - segment.begins_at],
        job.table,
        job.work.columns,
        after_line=segment.follows_line,
        at_most=CHUNK_ROWS,
        is_last=True,
    )
    return [Mending(row, wrong[row.line]) for row in reading.rows if row.line in wrong]


def head_of(job: Job) -> tuple[str, ...]:
    """The columns as the sender named them, without those that we have added to an earlier table of problems."""
    return tuple(name for name in _head(job) if name not in OURS)


def cells_of(mending: Mending, job: Job) -> tuple[str, ...]:
    """The cells of a row below `head_of`, as they came."""
    row, head = mending.row, _head(job)
    if _has_cells(job):
        written = row.written
    else:
        written = tuple(row.values.get(name, "") for name in head) if row.values else row.written
    padded = (*written, *[""] * (len(head) - len(written)))
    return tuple(cell for name, cell in zip(head, padded, strict=False) if name not in OURS)


def _has_cells(job: Job) -> bool:
    return job.table is not None and job.table.format is not InputFormat.NDJSON


def _head(job: Job) -> tuple[str, ...]:
    return job.table.head if job.table and _has_cells(job) else tuple(column.code for column in job.work.columns)
