"""Work that goes by the rows of a table: each row is read, many are answered at once, and none stops another."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from app.domain.job import CHUNK_ROWS, Job
from app.domain.job.reading import CellProblem, Row, RowProblem, Table, is_zeroed, read_rows
from app.domain.shared.errors import DomainError
from app.services.job.work import Chunk
from app.services.ports.job import Segment
from app.services.ports.work import UnitOfWork

Fields: TypeAlias = Mapping[str, str | int | bool | None]
Asked = TypeVar("Asked")
PROBLEM_CODE, PROBLEM_COLUMN = "problem_code", "problem_column"


class RowWork(Protocol[Asked]):
    """A kind of work that goes by the rows of a table."""

    @property
    def fields(self) -> tuple[str, ...]:
        """What each row's result tells, in order."""
        ...

    @property
    def compares_when_dry(self) -> bool:
        """Whether a dry run also looks up and compares; nothing is changed by it."""
        ...

    def asked(self, row: Row, job: Job) -> Asked:
        """What a row asks for.

        Raises:
            DomainError: it cannot be right, or is not answered; `pointer` names the column.
        """
        ...

    async def answers(self, asked: Sequence[Asked], *, job: Job, uow: UnitOfWork) -> Sequence[Fields | RowProblem]:
        """The results of many rows at once, in their order; a problem where only looking has shown one."""
        ...


class TableWork(Generic[Asked]):
    """A kind of work by rows, as chunks."""

    def __init__(self, work: RowWork[Asked]) -> None:
        self._work = work

    async def chunk(self, job: Job, *, uow: UnitOfWork) -> Chunk:
        """Read on from the checkpoint, and answer what was read."""
        table, before = _table(job), job.progress
        begins_at, total = int(before.position), before.total or 0
        piece = await uow.jobs.input_from(job.id, begins_at)
        is_last = begins_at + len(piece) >= total
        reading = read_rows(piece, table, job.work.columns, after_line=before.line, at_most=CHUNK_ROWS, is_last=is_last)
        results = await _results(reading.rows, job, self._work, uow=uow)
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
        return Chunk(progress, is_last=ends_at >= total, segment=segment if results else None)


async def _results(rows: Sequence[Row], job: Job, work: RowWork[Any], *, uow: UnitOfWork) -> list[dict[str, Any]]:
    asked: list[Any] = []
    problems: list[RowProblem | None] = []
    for row in rows:
        problem = row.problem
        if problem is None:
            try:
                asked.append(work.asked(row, job))
            except DomainError as refusal:
                problem = _problem_of(refusal, row, job)
        problems.append(problem)
    is_looked = bool(asked) and (work.compares_when_dry or not job.is_dry_run)
    found = iter(await work.answers(asked, job=job, uow=uow)) if is_looked else iter(())
    nothing = dict.fromkeys(work.fields)
    return [
        _result(row, problem if problem is not None else next(found, nothing), nothing)
        for row, problem in zip(rows, problems, strict=True)
    ]


def _result(row: Row, answer: Fields | RowProblem, nothing: Fields) -> dict[str, Any]:
    problem = answer if isinstance(answer, RowProblem) else None
    return {
        "line": row.line,
        **(nothing if isinstance(answer, RowProblem) else answer),
        PROBLEM_CODE: problem.code if problem else None,
        PROBLEM_COLUMN: (problem.column or None) if problem else None,
    }


@contextmanager
def in_column(code: str) -> Iterator[None]:
    """Say of whatever is refused inside in which column it stands."""
    try:
        yield
    except DomainError as refusal:
        refusal.pointer = f"/{code}"
        raise


def _problem_of(refusal: DomainError, row: Row, job: Job) -> RowProblem:
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
