"""What is missing in the archives of an area: by name, as counts, and association by association."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query

from app.api.dependencies import may
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.texts import Told
from app.api.v1.schemas.archive_gap import ArchiveGapCountsRead, ArchiveGapRead, AssociationArchiveRead
from app.api.v1.schemas.types import Code, RegionCode
from app.domain.archive import ArchiveAreaTooWide, ArchiveYearImpossible
from app.domain.shared.region import Level, RegionNotFound
from app.domain.shared.transitions import NotYourFunction
from app.services import archive
from app.services.ports.work import UnitOfWork

router = APIRouter(tags=["Archives"])
Place = Annotated[RegionCode, Query(description="Code of one of the caller's areas, or of a part of one.")]
_OF_PLACE = (RegionNotFound, NotYourFunction)


class CountedBy(StrEnum):
    """Down to which places is counted."""

    VILLAGE = "village"
    """By association."""
    TOWNSHIP = "township"


@router.get("/archive-gaps", **operation("list_archive_gaps", refusals=_OF_PLACE))
async def list_archive_gaps(
    uow: Annotated[UnitOfWork, may("list_archive_gaps")],
    told: Told,
    *,
    region: Place,
    item: Annotated[
        Code | None, Query(description="Only those who lack this item; nobody lacks one that the checklist has not.")
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[ArchiveGapRead]:
    """List whose archives lack something, by name, with what is missing and who brings it.

    Some hundred people of the roster are looked at for a page: it may be short, or empty, and yet have a next one.
    """
    found = await archive.list_archive_gaps(region, item=item, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, lambda gap: ArchiveGapRead.of(gap, told))


@router.get("/reports/archive-gaps", **operation("report_archive_gaps", refusals=(*_OF_PLACE, ArchiveAreaTooWide)))
async def report_archive_gaps(
    uow: Annotated[UnitOfWork, may("report_archive_gaps")],
    told: Told,
    *,
    region: Place,
    by: Annotated[CountedBy, Query(description="Down to which places is counted.")] = CountedBy.VILLAGE,
) -> ArchiveGapCountsRead:
    """Count, association by association or township by township, whose archives lack what. It names nobody.

    A part of a county is counted at this moment; of a whole one the count of last night is told (`counted_on`).
    """
    found = await archive.report_archive_gaps(region, level=Level(by.value), uow=uow)
    return ArchiveGapCountsRead.of(found, told)


@router.get(
    "/association-archives",
    **operation("list_association_archives", refusals=(*_OF_PLACE, ArchiveYearImpossible)),
)
async def list_association_archives(
    uow: Annotated[UnitOfWork, may("list_association_archives")],
    told: Told,
    *,
    region: Place,
    year: Annotated[
        int | None, Query(ge=1900, le=2199, description="Of which year; this one, if none is named.")
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[AssociationArchiveRead]:
    """List how complete the archives of a place's associations are for a year, and what each lacks. It names nobody."""
    found = await archive.list_association_archives(region, year=year, after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, lambda standing: AssociationArchiveRead.of(standing, told))
