"""Complaints about services: filed by or for a person, handled by the county, answered for by the provider unseen."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.api.dependencies import may
from app.api.idempotency import CREATED, Command, keyed
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.preconditions import ExpectedVersion, etag_of
from app.api.texts import Told
from app.api.v1.schemas.complaint import (
    ComplaintAnswerCreate,
    ComplaintCreate,
    ComplaintQuestionCreate,
    ComplaintQuestionRead,
    ComplaintRead,
    QuestionAnswerCreate,
)
from app.domain.complaint import ComplaintStage, NotTheOneAsked, OwnWork, ProviderNotHeard, QuestionStage
from app.domain.shared.errors import DutiesNotSeparated
from app.domain.shared.transitions import OwnCase, StepTakenBefore
from app.domain.shared.voice import NotThePerson, WordMissing
from app.services import complaint
from app.services.ports.organisation import NoOneResponsible
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Complaints"])
step = partial(operation, keyed=True, versioned=True)


@router.post(
    "/referrals/{referral_id}/complaints",
    response_model=ComplaintRead,
    status_code=CREATED,
    **operation(
        "file_complaint",
        keyed=True,
        refusals=(NotThePerson, WordMissing, NoOneResponsible),
        links={"get_complaint": "complaint_id"},
    ),
)
async def file_complaint(
    referral_id: UUID, asked: ComplaintCreate, *, command: Annotated[Command, keyed("file_complaint")]
) -> Response:
    """Complain about a service, as the person or a guardian, or for them as whoever takes it down.

    It goes to the county's federation. The provider and the village do not read it; by itself the provider does not
    learn whose complaint it is.
    """
    return await command.run(
        partial(complaint.file_complaint, referral_id, asked.to_said()),
        ComplaintRead.of_view,
        status=CREATED,
        location=lambda view: f"/v1/complaints/{view.id}",
    )


@router.get("/complaints", **operation("list_complaints", found=False))
async def list_complaints(
    uow: Annotated[UnitOfWork, may("list_complaints")],
    *,
    teller: Told,
    stage: Annotated[list[ComplaintStage] | None, Query(max_length=10, description="Only these stages.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[ComplaintRead]:
    """List the complaints of the caller's county, or the caller's own."""
    found = await complaint.list_complaints(
        tuple(stage or ComplaintStage), after=position_of(cursor), limit=limit, uow=uow
    )
    return page_of(found, lambda view: ComplaintRead.of_view(view, teller))


@router.get("/complaints/{complaint_id}", **operation("get_complaint"))
async def get_complaint(
    complaint_id: UUID, *, uow: Annotated[UnitOfWork, may("get_complaint")], teller: Told, response: Response
) -> ComplaintRead:
    """Read a complaint, as the county, the person, a guardian or whoever filed it."""
    view = await complaint.get_complaint(complaint_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return ComplaintRead.of_view(view, teller)


@router.post(
    "/complaints/{complaint_id}/receipt",
    response_model=ComplaintRead,
    **step("receive_complaint", refusals=(OwnWork,)),
)
async def receive_complaint(
    complaint_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("receive_complaint")]
) -> Response:
    """Take a complaint in."""
    use_case = partial(complaint.receive_complaint, complaint_id, version=version)
    return await command.run(use_case, ComplaintRead.of_view)


@router.post(
    "/complaints/{complaint_id}/question",
    response_model=ComplaintRead,
    **step("ask_complaint_question", refusals=(OwnWork, StepTakenBefore)),
)
async def ask_complaint_question(
    complaint_id: UUID,
    asked: ComplaintQuestionCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("ask_complaint_question")],
) -> Response:
    """Ask the provider how it was, once. Of the complaint it reads this question alone."""
    use_case = partial(complaint.ask_complaint_question, complaint_id, asked.text, version=version)
    return await command.run(use_case, ComplaintRead.of_view)


@router.post(
    "/complaints/{complaint_id}/closure",
    response_model=ComplaintRead,
    **step("close_complaint", refusals=(OwnWork, OwnCase, DutiesNotSeparated, ProviderNotHeard)),
)
async def close_complaint(
    complaint_id: UUID,
    asked: ComplaintAnswerCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("close_complaint")],
) -> Response:
    """End a complaint with what was found. Nothing is held against a provider that was not heard."""
    use_case = partial(complaint.close_complaint, complaint_id, asked.to_answer(), version=version)
    return await command.run(use_case, ComplaintRead.of_view)


@router.post(
    "/complaints/{complaint_id}/withdrawal",
    response_model=ComplaintRead,
    **step("withdraw_complaint", refusals=(NotThePerson,)),
)
async def withdraw_complaint(
    complaint_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("withdraw_complaint")]
) -> Response:
    """Take a complaint back, as the person or a guardian."""
    use_case = partial(complaint.withdraw_complaint, complaint_id, version=version)
    return await command.run(use_case, ComplaintRead.of_view)


@router.get("/complaint-questions", **operation("list_complaint_questions", found=False))
async def list_complaint_questions(
    uow: Annotated[UnitOfWork, may("list_complaint_questions")],
    *,
    teller: Told,
    stage: Annotated[list[QuestionStage] | None, Query(max_length=10, description="Only these stages.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[ComplaintQuestionRead]:
    """List what the caller's organisation is asked, or what the caller's county has asked."""
    found = await complaint.list_complaint_questions(
        tuple(stage or QuestionStage), after=position_of(cursor), limit=limit, uow=uow
    )
    return page_of(found, lambda view: ComplaintQuestionRead.of_view(view, teller))


@router.get("/complaint-questions/{question_id}", **operation("get_complaint_question"))
async def get_complaint_question(
    question_id: UUID, *, uow: Annotated[UnitOfWork, may("get_complaint_question")], teller: Told, response: Response
) -> ComplaintQuestionRead:
    """Read what a provider is asked, as that provider or as who asks."""
    view = await complaint.get_complaint_question(question_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return ComplaintQuestionRead.of_view(view, teller)


@router.post(
    "/complaint-questions/{question_id}/answer",
    response_model=ComplaintQuestionRead,
    **step("answer_complaint_question", refusals=(NotTheOneAsked,)),
)
async def answer_complaint_question(
    question_id: UUID,
    asked: QuestionAnswerCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("answer_complaint_question")],
) -> Response:
    """Say how it was, as the provider, once."""
    use_case = partial(complaint.answer_complaint_question, question_id, asked.text, version=version)
    return await command.run(use_case, ComplaintQuestionRead.of_view)
