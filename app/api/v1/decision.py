"""Decisions: what was decided, why, by whom, and how one turns against it. They are made where cases are decided."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from app.api.dependencies import may, ports_of
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.pages.letter import LetterForm, letter_of
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.preconditions import etag_of
from app.api.texts import Told
from app.api.v1.schemas.decision import DecisionRead, DecisionSummary
from app.api.v1.schemas.receipt import ReceiptRead
from app.services import decision
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Decisions"])
_WRITTEN = {"schema": {"type": "string", "maxLength": 100_000}}


def written(name: str) -> dict[str, Any]:
    """The arguments of a route that answers with something to read instead of JSON."""
    told = operation(name, tagged=False)
    content = {form.value: _WRITTEN for form in LetterForm}
    told["responses"][200] = {"description": "The decision in writing.", "content": content}
    return told


@router.get("/decisions", **operation("list_decisions", found=False))
async def list_decisions(
    uow: Annotated[UnitOfWork, may("list_decisions")],
    told: Told,
    *,
    person_id: Annotated[UUID | None, Query(description="Only those about this person.")] = None,
    case_id: Annotated[UUID | None, Query(description="Only those on this case or plan.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[DecisionSummary]:
    """List the decisions of the caller's areas, or those that concern the caller, in the order of their making."""
    found = await decision.list_decisions(
        person_id=person_id, case_id=case_id, after=position_of(cursor), limit=limit, uow=uow
    )
    return page_of(found, partial(DecisionSummary.of_view, teller=told))


@router.get("/decisions/{decision_id}", **operation("get_decision"))
async def get_decision(
    decision_id: UUID, *, uow: Annotated[UnitOfWork, may("get_decision")], told: Told, response: Response
) -> DecisionRead:
    """Read a decision: outcome, reasons with their law, facts, rules, who decided, and how one turns against it."""
    view = await decision.get_decision(decision_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return DecisionRead.of_view(view, told)


@router.get(
    "/decisions/{decision_id}/letter",
    response_class=HTMLResponse,
    **written("get_decision_letter"),
)
async def get_decision_letter(
    decision_id: UUID, *, uow: Annotated[UnitOfWork, may("get_decision_letter")], told: Told, request: Request
) -> Response:
    """Read a decision as the person gets it in writing: a page to keep and to print, or plain text (`Accept`)."""
    return letter_of(await decision.get_decision_letter(decision_id, uow=uow), request, told)


@router.post(
    "/decisions/{decision_id}/receipt",
    response_model=ReceiptRead,
    **operation("issue_decision_receipt", keyed=True, refusals=(decision.DecisionOvertaken,)),
)
async def issue_decision_receipt(
    decision_id: UUID, *, request: Request, command: Annotated[Command, keyed("issue_decision_receipt")]
) -> Response:
    """Get a receipt of a decision: a signature that anybody can check, and that names nobody.

    It is withdrawn, for all to see in its status list, when another decision takes the place of this one or ends what
    this one granted.
    """
    ports = ports_of(request)
    issue = partial(decision.issue_decision_receipt, decision_id, signer=ports.receipts)
    return await command.run(issue, partial(ReceiptRead.of, issuer=ports.issuer))


@router.get("/applications/{application_id}/decisions", **operation("list_application_decisions"))
async def list_application_decisions(
    application_id: UUID,
    uow: Annotated[UnitOfWork, may("list_application_decisions")],
    told: Told,
    *,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[DecisionRead]:
    """Read all that was decided on an application, in the order in which it was."""
    found = await decision.list_application_decisions(application_id, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, partial(DecisionRead.of_view, teller=told))
