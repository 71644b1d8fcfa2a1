"""Ratings (好差评): the person says how an item was served, the unit answers bad ones. They decide nothing."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.api.dependencies import may
from app.api.idempotency import Command, keyed
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.preconditions import ExpectedVersion
from app.api.v1.schemas.rating import (
    BadRatingRead,
    RatingCorrectionCreate,
    RatingCreate,
    RatingFollowUpCreate,
    RatingRead,
    RatingsRead,
)
from app.domain.application import ItemNotFound
from app.domain.rating import NothingToFollowUp, NotTheUnit, RatingClosed, TooEarlyToRate
from app.domain.shared.voice import NotThePerson
from app.services import rating
from app.services.ports.rating import AlreadyRated
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Ratings"])


@router.post(
    "/applications/{application_id}/ratings",
    response_model=RatingRead,
    status_code=201,
    **operation("rate_item", keyed=True, refusals=(ItemNotFound, AlreadyRated, TooEarlyToRate, NotThePerson)),
)
async def rate_item(
    application_id: UUID, asked: RatingCreate, *, command: Annotated[Command, keyed("rate_item")]
) -> Response:
    """Say how an item was served, once it is finished. It is voluntary, and nothing depends on it."""
    return await command.run(
        partial(rating.rate_item, application_id, asked.item, asked.to_said()),
        lambda given, _: RatingRead.of(given),
        status=201,
        location=lambda given: f"/v1/applications/{given.application_id}/ratings",
    )


@router.get("/applications/{application_id}/ratings", **operation("get_application_ratings"))
async def get_application_ratings(
    application_id: UUID, *, uow: Annotated[UnitOfWork, may("get_application_ratings")]
) -> RatingsRead:
    """Read what was said of the items and what the units have answered; a portal, in words, what it handed in."""
    return RatingsRead.of(await rating.get_application_ratings(application_id, uow=uow))


@router.post(
    "/ratings/{rating_id}/correction",
    response_model=RatingRead,
    **operation("correct_rating", keyed=True, versioned=True, refusals=(RatingClosed, NotThePerson)),
)
async def correct_rating(
    rating_id: UUID,
    asked: RatingCorrectionCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("correct_rating")],
) -> Response:
    """Say it differently, while there is time and the unit has not answered."""
    return await command.run(
        partial(rating.correct_rating, rating_id, asked.to_said(), version=version),
        lambda given, _: RatingRead.of(given),
    )


@router.get("/ratings", **operation("list_ratings", found=False))
async def list_ratings(
    uow: Annotated[UnitOfWork, may("list_ratings")],
    *,
    answered: Annotated[bool, Query(description="Those that were answered, instead of those to be answered.")] = False,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[BadRatingRead]:
    """List the bad ratings of one's own unit's work, to be looked into (差评核实).

    It is not said who gave them, and none is shown before the whole application is finished.
    """
    found = await rating.list_ratings(is_answered=answered, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, BadRatingRead.of)


@router.post(
    "/ratings/{rating_id}/follow-up",
    response_model=BadRatingRead,
    **operation("follow_up_rating", keyed=True, versioned=True, refusals=(NotTheUnit, NothingToFollowUp)),
)
async def follow_up_rating(
    rating_id: UUID,
    asked: RatingFollowUpCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("follow_up_rating")],
) -> Response:
    """Answer a bad rating after looking into it; the person reads the answer."""
    return await command.run(
        partial(rating.follow_up_rating, rating_id, version=version, outcome=asked.outcome, answer=asked.answer),
        lambda answered, _: BadRatingRead.of(answered),
    )
