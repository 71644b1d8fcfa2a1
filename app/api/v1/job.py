"""Jobs: work over many rows, ordered, watched, and read in the order of the lines."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from app.api.dependencies import caller, may, ports_of
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.problems import UnsupportedMediaType
from app.api.tables import CSV, NDJSON, XLSX, csv_of_results, table_of_errors, with_next
from app.api.texts import Told, teller_of
from app.api.v1.schemas.job import JobCreate, JobRead, JobSummary, TextFormat
from app.domain.job import JobKind, JobState
from app.domain.job.reading import ColumnsMissing, InputFormat, InputUnreadable
from app.domain.register import DryRunMissing
from app.domain.shared.errors import IllegalTransition
from app.services.job import orders, results
from app.services.ports.caller import Caller
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/jobs", tags=["Jobs"])
step = partial(operation, keyed=True, refusals=(IllegalTransition,))
FORMATS = {CSV: InputFormat.CSV, NDJSON: InputFormat.NDJSON, XLSX: InputFormat.XLSX}
MAX_LINES = 10_000


@router.post(
    "",
    status_code=201,
    response_model=JobRead,
    **operation(
        "create_job",
        keyed=True,
        refusals=(InputUnreadable, ColumnsMissing, orders.NoInputTaken),
        links={"get_job": "job_id"},
    ),
)
async def create_job(asked: JobCreate, command: Annotated[Command, keyed("create_job")]) -> Response:
    """Order work over many rows. The token must allow the same work row by row.

    The worker does it in chunks, in turn with all other jobs, with the rights of whoever ordered it. A row with a
    problem gets the problem as its result, and stops nothing.
    """
    return await command.run(
        partial(orders.create_job, asked.to_order()),
        JobRead.of_view,
        status=201,
        location=lambda view: f"/v1/jobs/{view.id}",
    )


@router.put(
    "/{job_id}/input",
    **operation(
        "supply_job_input",
        takes=(CSV, NDJSON, XLSX),
        refusals=(IllegalTransition, InputUnreadable, ColumnsMissing, orders.UploadSuperseded, DryRunMissing),
    ),
)
async def supply_job_input(
    job_id: UUID, *, who: Annotated[Caller, caller("supply_job_input")], teller: Told, request: Request
) -> JobRead:
    """Hand in the table of a job as it is, up to 32 MiB: UTF-8 or GB 18030, with a byte order mark or without.

    Of CSV the first line names the columns, in English or Chinese; columns of your own are kept and come back with
    the rows that have a problem. Numbers of registers are text: what a spreadsheet has rounded is told as a problem.
    A spreadsheet (XLSX, 10 MiB and 100,000 rows at most) names them in one of its first 20 rows; the first sheet that
    does is read, and lines are its rows. What a formula computed, and days without the form of a day, are problems.
    Nothing counts before all of it has come; an upload that broke off is simply sent again.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in FORMATS:
        raise UnsupportedMediaType(f"Send the table with `Content-Type: {CSV}`, `{NDJSON}` or `{XLSX}`.")
    ports = ports_of(request)
    view = await orders.supply_job_input(
        job_id,
        request.stream(),
        written_as=FORMATS[media_type],
        open_work=partial(ports.open_work, who),
        workbooks=ports.workbooks,
    )
    return JobRead.of_view(view, teller)


@router.get("", **operation("list_jobs", found=False))
async def list_jobs(
    uow: Annotated[UnitOfWork, may("list_jobs")],
    *,
    state: Annotated[list[JobState] | None, Query(max_length=10, description="Only these states.")] = None,
    kind: Annotated[list[JobKind] | None, Query(max_length=20, description="Only these kinds.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[JobSummary]:
    """List the caller's own jobs, the newest first."""
    states, kinds = tuple(state or JobState), tuple(kind or JobKind)
    found = await orders.list_jobs(states=states, kinds=kinds, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, JobSummary.of)


@router.get("/{job_id}", **operation("get_job"))
async def get_job(job_id: UUID, uow: Annotated[UnitOfWork, may("get_job")], teller: Told) -> JobRead:
    """Look how far a job has come. Nobody but its owner sees it."""
    return JobRead.of_view(await orders.get_job(job_id, uow=uow), teller)


@router.get("/{job_id}/results", response_class=Response, **operation("get_job_results", gives=(NDJSON, CSV)))
async def get_job_results(
    job_id: UUID,
    request: Request,
    *,
    uow: Annotated[UnitOfWork, may("get_job_results")],
    written_as: Annotated[
        TextFormat, Query(alias="format", description="How the results are written.")
    ] = InputFormat.NDJSON,
    after: Annotated[int, Query(ge=0, le=2**53 - 1, description="Only results of later lines.")] = 0,
    limit: Annotated[int, Query(ge=1, le=MAX_LINES, description="How many at most.")] = 2000,
) -> Response:
    """Read results in the order of the lines, also while the job runs. `Link` leads to the next where there are any.

    Each tells the `line` it is about, the answer, and `problem_code` and `problem_column` where there was none.
    """
    found = await results.get_job_results(job_id, after_line=after, limit=limit, uow=uow)
    if written_as is InputFormat.CSV:
        response = Response(csv_of_results(found.lines), media_type=f"{CSV}; charset=utf-8")
    else:
        response = Response(b"".join(line + b"\n" for line in found.lines), media_type=NDJSON)
    return with_next(request, response, after=found.after)


@router.get("/{job_id}/errors.csv", response_class=Response, **operation("get_job_errors", gives=(CSV,)))
async def get_job_errors(
    job_id: UUID, who: Annotated[Caller, caller("get_job_errors")], request: Request
) -> StreamingResponse:
    """Get the rows with a problem, with their sender's own columns and what is wrong, to be mended and sent again."""
    job, mendings = await results.get_job_errors(job_id, open_work=partial(ports_of(request).open_work, who))
    table: AsyncIterator[bytes] = table_of_errors(job, mendings, teller_of(request))
    headers = {"Content-Disposition": f'attachment; filename="errors-{job_id}.csv"'}
    return StreamingResponse(table, media_type=f"{CSV}; charset=utf-8", headers=headers)


@router.post("/{job_id}/pause", response_model=JobRead, **step("pause_job"))
async def pause_job(job_id: UUID, command: Annotated[Command, keyed("pause_job")]) -> Response:
    """Let a job rest after the chunk that is under way."""
    return await command.run(partial(orders.pause_job, job_id), JobRead.of_view)


@router.post("/{job_id}/resumption", response_model=JobRead, **step("resume_job"))
async def resume_job(job_id: UUID, command: Annotated[Command, keyed("resume_job")]) -> Response:
    """Let a job go on where it rested."""
    return await command.run(partial(orders.resume_job, job_id), JobRead.of_view)


@router.post("/{job_id}/cancellation", response_model=JobRead, **step("cancel_job"))
async def cancel_job(job_id: UUID, command: Annotated[Command, keyed("cancel_job")]) -> Response:
    """Give a job up. What was done stays done, and its results can still be read."""
    return await command.run(partial(orders.cancel_job, job_id), JobRead.of_view)
