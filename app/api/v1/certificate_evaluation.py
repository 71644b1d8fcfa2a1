"""The evaluation in a certificate case: who is drawn for it, who declines, and what the doctors conclude."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.preconditions import ExpectedVersion
from app.api.v1.schemas.certificate_case import CaseRead
from app.api.v1.schemas.conclusion import ConclusionCreate
from app.api.v1.schemas.evaluation import AssignmentCreate, DeclineCreate
from app.domain.certificate import (
    DoctorNotDrawn,
    HandReasonNotSo,
    InstitutionConcerned,
    NotTheDesignatedInstitution,
    NotYourWord,
    SecondWordMissing,
    SignatureNotYours,
)
from app.domain.draw import NobodyEligible, SeedNotCommitted
from app.services.certificate import evaluation

router = APIRouter(prefix="/certificate-cases", tags=["Certificate cases"])
step = partial(operation, keyed=True, versioned=True)


@router.post(
    "/{case_id}/evaluation-assignment",
    response_model=CaseRead,
    **step("assign_evaluation", refusals=(HandReasonNotSo, InstitutionConcerned, NobodyEligible, SeedNotCommitted)),
)
async def assign_evaluation(
    case_id: UUID,
    asked: AssignmentCreate | None = None,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("assign_evaluation")],
) -> Response:
    """Draw the institution and the doctors that evaluate, among all that are eligible; it becomes a party to the case.

    `assignment.draw_id` leads to the proof. An institution is chosen by hand for a reason alone, which stays with the
    case; that only one is eligible, or none, is held to the list.
    """
    choice = (asked or AssignmentCreate()).to_choice()
    return await command.run(
        partial(evaluation.assign_evaluation, case_id, version=version, by_hand=choice), CaseRead.of_view
    )


@router.post(
    "/{case_id}/evaluation-decline",
    response_model=CaseRead,
    **step(
        "decline_evaluation", refusals=(DoctorNotDrawn, NotTheDesignatedInstitution, NotYourWord, SecondWordMissing)
    ),
)
async def decline_evaluation(
    case_id: UUID,
    *,
    asked: DeclineCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("decline_evaluation")],
) -> Response:
    """Say that the institution, or doctors of it who were drawn, do not evaluate, and why; others are drawn then.

    A drawn doctor declines with the own account (`doctors` names it alone). For others the institution says that they
    are absent (`doctor_absent`); without `doctors` it declines whole, and is not drawn for this case again. Both are
    told as its word, and where the institution was drawn they take two of its people: the first word is kept
    (`decline_said`) and nothing changes until another account of the institution says the same. A decline that comes
    late, or that the place does not excuse, is taken all the same.
    """
    return await command.run(
        partial(
            evaluation.decline_evaluation,
            case_id,
            version=version,
            reason=asked.reason,
            doctors=tuple(asked.doctors),
        ),
        CaseRead.of_view,
    )


@router.post(
    "/{case_id}/evaluation",
    response_model=CaseRead,
    **step("conclude_evaluation", refusals=(DoctorNotDrawn, SignatureNotYours, SecondWordMissing)),
)
async def conclude_evaluation(
    case_id: UUID,
    *,
    asked: ConclusionCreate,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("conclude_evaluation")],
) -> Response:
    """Sign what the doctors have concluded, as one of them; it counts once each who is named has sent the same.

    Until then the case tells who has signed (`evaluation_signed`), and not what. Whoever has found otherwise sends
    that, which nobody else has signed yet.
    """
    return await command.run(
        partial(evaluation.conclude_evaluation, case_id, version=version, conclusion=asked.to_conclusion()),
        CaseRead.of_view,
    )
