"""Tables on their way out: lines of JSON, and CSV that no spreadsheet mistakes for formulas."""

import csv
import io
import json
from collections.abc import AsyncIterator, Iterable, Sequence
from urllib.parse import parse_qsl, urlencode

from fastapi import Request, Response

from app.api.problems.answer import base_url_of
from app.api.texts import Teller
from app.domain.job import Job
from app.domain.job.reading import PROBLEM_COLUMNS, written_cell
from app.services.job.results import Mending, cells_of, head_of

CSV, NDJSON = "text/csv", "application/x-ndjson"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MARK = "\ufeff"
"""Without it spreadsheets take UTF-8 for something else."""


def csv_of(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of cells as CSV; what could begin a formula is written as text."""
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows([written_cell(cell) for cell in row] for row in rows)
    return written.getvalue().encode()


def csv_of_results(lines: Sequence[bytes]) -> bytes:
    """Results as CSV, their fields as columns."""
    results = [json.loads(line) for line in lines]
    head = [tuple(results[0])] if results else []
    return MARK.encode() + csv_of([*head, *(tuple(map(_cell, result.values())) for result in results)])


async def table_of_errors(job: Job, mendings: AsyncIterator[list[Mending]], teller: Teller) -> AsyncIterator[bytes]:
    """The rows with a problem as CSV: as their sender wrote them, with what is wrong beside it, also in words."""
    yield MARK.encode() + csv_of([(*head_of(job), "line", *PROBLEM_COLUMNS)])
    async for some in mendings:
        yield csv_of((*cells_of(one, job), *_problem(one, teller)) for one in some)


def _problem(mending: Mending, teller: Teller) -> tuple[str, ...]:
    code, column = mending.result["problem_code"], mending.result["problem_column"]
    return str(mending.row.line), code, column or "", teller.say(f"row_problem.{code}")


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def with_next(request: Request, response: Response, *, after: int | None) -> Response:
    """The answer with the address of what comes next in its head (RFC 8288), where something does."""
    if after is not None:
        query = [(name, value) for name, value in parse_qsl(request.url.query) if name != "after"]
        query.append(("after", str(after)))
        response.headers["Link"] = f'<{base_url_of(request)}{request.url.path}?{urlencode(query)}>; rel="next"'
    return response
