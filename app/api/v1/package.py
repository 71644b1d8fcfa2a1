"""Packages: what one application may ask for together."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.api.caching import reference, unless_known
from app.api.dependencies import may
from app.api.texts import Told
from app.api.v1.schemas.package import PackageLine, PackageList, PackageRead
from app.api.v1.schemas.types import Code, LegalDate, RegionCode
from app.domain.application import ItemNotInPackage
from app.domain.shared.region import RegionNotFound
from app.services import package
from app.services.package import Asked, RegionNeeded
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/packages", tags=["Reference"])
Place = Annotated[RegionCode | None, Query(description="As offered in this place; its code.")]
On = Annotated[LegalDate | None, Query(description="As it is, or was, on this day; today, unless given.")]
Chosen = Annotated[list[Code] | None, Query(max_length=20, description="Only these items; all, unless given.")]


@router.get("", response_model=PackageList, **reference("list_packages", found=True, refusals=(RegionNotFound,)))
async def list_packages(
    request: Request, uow: Annotated[UnitOfWork, may("list_packages")], *, region: Place = None, on: On = None
) -> Response:
    """List the packages that are offered on a day, in one place or in all."""
    offers = await package.list_packages(region_code=region, on=on, uow=uow)
    return unless_known(request, PackageList(items=[PackageLine.of(offer) for offer in offers]))


@router.get(
    "/{code}",
    response_model=PackageRead,
    **reference("get_package", found=True, refusals=(RegionNotFound, ItemNotInPackage, RegionNeeded)),
)
async def get_package(
    request: Request,
    code: Annotated[Code, Path(description="Code of the package.")],
    uow: Annotated[UnitOfWork, may("get_package")],
    *,
    teller: Told,
    item: Chosen = None,
    region: Place = None,
    on: On = None,
) -> Response:
    """Read a package: items and their steps, the one form of the chosen items, and what must be shown for them.

    Send `item` once for each item that shall be applied for. Fields that registers answer are `readOnly` in the form:
    nobody is asked for them.
    """
    view = await package.get_package(code, asked=Asked(region_code=region, on=on, items=tuple(item or ())), uow=uow)
    return unless_known(request, PackageRead.of(view, teller), language=teller.language)
