"""Taking another register of certificates over: ordered as a job, and what it says otherwise settled by an officer."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.api.dependencies import may
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.preconditions import ExpectedVersion, etag_of
from app.api.texts import Told
from app.api.v1.schemas.job import JobRead
from app.api.v1.schemas.register import (
    RegisterDiscrepancyRead,
    RegisterDiscrepancySummary,
    RegisterImportCreate,
    SettlementCreate,
)
from app.api.v1.schemas.register_import import ImportRefusalCreate, RegisterImportRead, RegisterImportSummary
from app.domain.job.reading import ColumnsMissing, InputUnreadable
from app.domain.register import (
    DiscrepancyStage,
    DryRunMissing,
    HeldSince,
    ImportStage,
    NamedInRegister,
    TakenElsewhere,
)
from app.domain.shared.errors import DutiesNotSeparated, IllegalTransition
from app.domain.shared.refusal import ReasonMissing
from app.services import import_approval, register
from app.services.ports.work import UnitOfWork
from app.services.register_import import import_register as take_over

router = APIRouter(tags=["Register imports"])


@router.post(
    "/register-imports",
    status_code=201,
    response_model=JobRead,
    **operation(
        "import_register",
        keyed=True,
        refusals=(InputUnreadable, ColumnsMissing, DryRunMissing, NamedInRegister),
        links={"get_job": "job_id"},
    ),
)
async def import_register(
    asked: RegisterImportCreate, command: Annotated[Command, keyed("import_register")]
) -> Response:
    """Take over a register of certificates that is kept elsewhere, by a job that reads its table row by row.

    The first line names the columns in English or Chinese; a table without a head is read if it has the columns of the
    federations' export in their order. Each row's result says `new`, `same` or `differs` with what differs, or its
    problem; rows of places that are not the caller's are refused one by one. What is new goes onto the register. What
    differs changes nothing: it is put down for an officer. With `dry_run` all is compared and nothing is written.

    Begin with that: without `dry_run` the job waits at `awaiting_approval` until another person of the federation, who
    sees what the dry run of the very same table has come to, has approved it. Whoever stands in the table, or one of
    whose household or wards does, does not ask for it.
    """
    return await command.run(
        partial(take_over, asked.to_order()),
        JobRead.of_view,
        status=201,
        location=lambda view: f"/v1/jobs/{view.id}",
    )


@router.get("/register-imports", **operation("list_register_imports", found=False))
async def list_register_imports(
    uow: Annotated[UnitOfWork, may("list_register_imports")],
    *,
    stage: Annotated[list[ImportStage] | None, Query(max_length=10, description="Only these stages.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[RegisterImportSummary]:
    """List the imports of the caller's areas that were asked for, with what their dry runs have come to."""
    stages = tuple(stage or ImportStage)
    after = position_of(cursor)
    found = await import_approval.list_register_imports(stages=stages, after=after, limit=limit, uow=uow)
    return page_of(found, RegisterImportSummary.of)


@router.get("/register-imports/{import_id}", **operation("get_register_import"))
async def get_register_import(
    import_id: UUID, *, uow: Annotated[UnitOfWork, may("get_register_import")], teller: Told, response: Response
) -> RegisterImportRead:
    """Look who has asked for an import, and how many certificates it would put in force by its dry run."""
    view = await import_approval.get_register_import(import_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return RegisterImportRead.of_view(view, teller)


@router.post(
    "/register-imports/{import_id}/approval",
    response_model=RegisterImportRead,
    **operation(
        "approve_register_import",
        keyed=True,
        versioned=True,
        refusals=(IllegalTransition, DutiesNotSeparated, NamedInRegister),
    ),
)
async def approve_register_import(
    import_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("approve_register_import")]
) -> Response:
    """Approve an import as another person than who has asked for it; its job goes on from there.

    Only an approver of the same county federation may, and never for a table that the caller has handed in. Nor is one
    approved in which the caller, whoever has asked, or one of their households or wards stands; colleagues are named.
    """
    use_case = partial(import_approval.approve_register_import, import_id, version=version)
    return await command.run(use_case, RegisterImportRead.of_view)


@router.post(
    "/register-imports/{import_id}/refusal",
    response_model=RegisterImportRead,
    **operation(
        "refuse_register_import",
        keyed=True,
        versioned=True,
        refusals=(IllegalTransition, DutiesNotSeparated, NamedInRegister, ReasonMissing),
    ),
)
async def refuse_register_import(
    import_id: UUID,
    *,
    asked: ImportRefusalCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("refuse_register_import")],
) -> Response:
    """Refuse an import with a reason, as another person than who has asked for it; its job is given up.

    Whoever asked reads why, and may order a table that is put right.
    """
    use_case = partial(import_approval.refuse_register_import, import_id, version=version, words=asked.text)
    return await command.run(use_case, RegisterImportRead.of_view)


@router.get("/register-discrepancies", **operation("list_register_discrepancies", found=False))
async def list_register_discrepancies(
    uow: Annotated[UnitOfWork, may("list_register_discrepancies")],
    *,
    stage: Annotated[list[DiscrepancyStage] | None, Query(max_length=10, description="Only these stages.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[RegisterDiscrepancySummary]:
    """List what other registers say otherwise about people in the caller's areas."""
    stages = tuple(stage or DiscrepancyStage)
    found = await register.list_register_discrepancies(stages=stages, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, RegisterDiscrepancySummary.of)


@router.get("/register-discrepancies/{discrepancy_id}", **operation("get_register_discrepancy"))
async def get_register_discrepancy(
    discrepancy_id: UUID,
    *,
    uow: Annotated[UnitOfWork, may("get_register_discrepancy")],
    teller: Told,
    response: Response,
) -> RegisterDiscrepancyRead:
    """Read what another register says otherwise, part by part, beside what is held."""
    view = await register.get_register_discrepancy(discrepancy_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return RegisterDiscrepancyRead.of_view(view, teller)


@router.post(
    "/register-discrepancies/{discrepancy_id}/settlement",
    response_model=RegisterDiscrepancyRead,
    **operation(
        "settle_register_discrepancy",
        keyed=True,
        versioned=True,
        refusals=(ReasonMissing, HeldSince, TakenElsewhere, DutiesNotSeparated),
    ),
)
async def settle_register_discrepancy(
    discrepancy_id: UUID,
    *,
    asked: SettlementCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("settle_register_discrepancy")],
) -> Response:
    """Settle which register is right, as a named officer and with a reason.

    Taking it writes a new version of the card, and the name where that differs; the version before stays readable.
    """
    use_case = partial(
        register.settle_register_discrepancy, discrepancy_id, version=version, settling=asked.to_settling()
    )
    return await command.run(use_case, RegisterDiscrepancyRead.of_view)
