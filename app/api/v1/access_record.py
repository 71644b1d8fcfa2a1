"""Records of access: who has seen what of a person."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.api.dependencies import may
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, number_of, page_of
from app.api.texts import Told
from app.api.v1.schemas.access_record import AccessRecordRead
from app.services import access_record
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/access-records", tags=["Access records"])


@router.get("", **operation("list_access_records", found=True))
async def list_access_records(
    uow: Annotated[UnitOfWork, may("list_access_records")],
    told: Told,
    *,
    person_id: Annotated[UUID, Query(description="Whose data was looked at.")],
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[AccessRecordRead]:
    """Say who was shown what of a person, newest first: to the person, and to the auditor of the area.

    Others whom the same request showed are not named. Reading this is itself written down. Who has dealt with a report
    of suspected harm is told to the auditor alone.
    """
    found = await access_record.list_access_records(person_id, before=number_of(cursor), limit=limit, uow=uow)
    return page_of(found, partial(AccessRecordRead.of, told=told))
