"""Certificate business, step by step: each transition is a POST to the noun of the fact."""

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
from app.api.v1.schemas.certificate_case import (
    AcceptanceCreate,
    CancellationCreate,
    CaseRead,
    CaseRefusalCreate,
    CaseSummary,
    NoticeSheetRead,
    ObjectionCreate,
    ObjectionDismissalCreate,
    RelationCreate,
)
from app.domain.certificate import (
    BarredAfterCancellation,
    CertificateElsewhere,
    CertificateHeld,
    CertificateNotHeld,
    CertificateStandsOtherwise,
    HandledAt,
    NotConcludedUnmet,
    NoticeNotUp,
    ReissuedBefore,
    RenewalNotOpen,
    ResidencePermitMissing,
    Stage,
)
from app.domain.duplicate import MayBeRegisteredAlready
from app.services.certificate import cancellation, notice, steps
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/certificate-cases", tags=["Certificate cases"])
step = partial(operation, keyed=True, versioned=True)


@router.get("", **operation("list_certificate_cases", found=False))
async def list_certificate_cases(
    uow: Annotated[UnitOfWork, may("list_certificate_cases")],
    *,
    stage: Annotated[list[Stage] | None, Query(max_length=10, description="Only these stages.")] = None,
    handled_at: Annotated[
        HandledAt,
        Query(description="`residence`: those that are only accepted in the caller's areas, and approved elsewhere."),
    ] = HandledAt.REGISTRATION,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[CaseSummary]:
    """List the cases of the caller's areas, or those given to the caller's institution."""
    stages = tuple(stage or Stage)
    found = await steps.list_certificate_cases(
        stages=stages, handled_at=handled_at, after=position_of(cursor), limit=limit, uow=uow
    )
    return page_of(found, CaseSummary.of)


@router.get("/{case_id}", **operation("get_certificate_case"))
async def get_certificate_case(
    case_id: UUID, *, uow: Annotated[UnitOfWork, may("get_certificate_case")], teller: Told, response: Response
) -> CaseRead:
    """Read a case, and what the caller may do to it."""
    view = await steps.get_certificate_case(case_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return CaseRead.of_view(view, teller)


@router.post(
    "/{case_id}/acceptance",
    response_model=CaseRead,
    **step(
        "accept_certificate_case",
        refusals=(
            BarredAfterCancellation,
            CertificateElsewhere,
            CertificateHeld,
            CertificateNotHeld,
            CertificateStandsOtherwise,
            MayBeRegisteredAlready,
            ReissuedBefore,
            RenewalNotOpen,
            ResidencePermitMissing,
        ),
    ),
)
async def accept_certificate_case(
    case_id: UUID,
    *,
    asked: AcceptanceCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("accept_certificate_case")],
) -> Response:
    """Take a case on, its materials being complete."""
    return await command.run(
        partial(
            steps.accept_certificate_case,
            case_id,
            version=version,
            guardian_proof=asked.guardian_proof,
            residence_permit=asked.residence_permit,
            lifted_because=asked.exemption,
        ),
        CaseRead.of_view,
    )


@router.post("/{case_id}/notice", response_model=CaseRead, **step("post_notice"))
async def post_notice(
    case_id: UUID, version: ExpectedVersion, command: Annotated[Command, keyed("post_notice")]
) -> Response:
    """Put the conclusion up for the public to object."""
    return await command.run(partial(steps.post_notice, case_id, version=version), CaseRead.of_view)


@router.get("/{case_id}/notice", **operation("get_notice_sheet"))
async def get_notice_sheet(case_id: UUID, *, uow: Annotated[UnitOfWork, may("get_notice_sheet")]) -> NoticeSheetRead:
    """Read what is put up in the village: masked, no more than the rules name, and nothing after the last day."""
    return NoticeSheetRead.of(await notice.get_notice_sheet(case_id, uow=uow))


@router.post("/{case_id}/objection", response_model=CaseRead, **step("record_objection", refusals=(NoticeNotUp,)))
async def record_objection(
    case_id: UUID,
    *,
    asked: ObjectionCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("record_objection")],
) -> Response:
    """Take down what the public says against the conclusion, not who says it; the federation looks into it."""
    return await command.run(
        partial(notice.record_objection, case_id, version=version, text=asked.text), CaseRead.of_view
    )


@router.post("/{case_id}/objection-dismissal", response_model=CaseRead, **step("dismiss_objection"))
async def dismiss_objection(
    case_id: UUID,
    *,
    asked: ObjectionDismissalCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("dismiss_objection")],
) -> Response:
    """Find that the objection is not so, and let the case go on. One that is so is a reason to refuse."""
    return await command.run(
        partial(notice.dismiss_objection, case_id, version=version, finding=asked.finding),
        CaseRead.of_view,
    )


@router.post("/{case_id}/relations", response_model=CaseRead, **step("declare_relation"))
async def declare_relation(
    case_id: UUID,
    *,
    asked: RelationCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("declare_relation")],
) -> Response:
    """Declare to be related to the person; from then on another person acts in this case."""
    return await command.run(
        partial(notice.declare_relation, case_id, version=version, relation=asked.relation),
        CaseRead.of_view,
    )


@router.post("/{case_id}/review", response_model=CaseRead, **step("review_certificate_case"))
async def review_certificate_case(
    case_id: UUID, version: ExpectedVersion, command: Annotated[Command, keyed("review_certificate_case")]
) -> Response:
    """Find everything in order, once the public notice has run."""
    return await command.run(partial(steps.review_certificate_case, case_id, version=version), CaseRead.of_view)


@router.post("/{case_id}/approval", response_model=CaseRead, **step("approve_certificate_case"))
async def approve_certificate_case(
    case_id: UUID, version: ExpectedVersion, command: Annotated[Command, keyed("approve_certificate_case")]
) -> Response:
    """Decide to issue."""
    return await command.run(partial(steps.approve_certificate_case, case_id, version=version), CaseRead.of_view)


@router.post("/{case_id}/issuance", response_model=CaseRead, **step("issue_certificate"))
async def issue_certificate(
    case_id: UUID, version: ExpectedVersion, command: Annotated[Command, keyed("issue_certificate")]
) -> Response:
    """Hand out the certificate; what waited for it goes on."""
    return await command.run(partial(steps.issue_certificate, case_id, version=version), CaseRead.of_view)


@router.post(
    "/{case_id}/cancellation",
    response_model=CaseRead,
    **step("cancel_certificate", refusals=(CertificateNotHeld, CertificateStandsOtherwise, NotConcludedUnmet)),
)
async def cancel_certificate(
    case_id: UUID,
    *,
    asked: CancellationCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("cancel_certificate")],
) -> Response:
    """Decide to cancel the certificate, in writing and with the way to appeal; it ends at once."""
    return await command.run(
        partial(cancellation.cancel_certificate, case_id, version=version, text=asked.text),
        CaseRead.of_view,
    )


@router.post("/{case_id}/refusal", response_model=CaseRead, **step("refuse_certificate_case"))
async def refuse_certificate_case(
    case_id: UUID,
    *,
    asked: CaseRefusalCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("refuse_certificate_case")],
) -> Response:
    """Decide not to issue, in writing and with the way to appeal."""
    return await command.run(
        partial(steps.refuse_certificate_case, case_id, version=version, reason=asked.reason, text=asked.text),
        CaseRead.of_view,
    )
