"""The one form of a package: for nobody in particular, and prefilled for a person."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.api.caching import reference, unless_known
from app.api.dependencies import may
from app.api.openapi import operation
from app.api.texts import Told
from app.api.v1.package import Chosen, On, Place
from app.api.v1.schemas.form import FormRead, FormRequest
from app.api.v1.schemas.types import Code
from app.domain.application import AnswersNotRight, ItemNotInPackage, PackageNotFound
from app.domain.shared.region import RegionNotFound
from app.services import form
from app.services.package import Asked, RegionNeeded
from app.services.ports.work import UnitOfWork

router = APIRouter(prefix="/packages/{code}/form", tags=["Applications"])
PackageCode = Annotated[Code, Path(description="Code of the package.")]
_REFUSALS = (PackageNotFound, RegionNotFound, ItemNotInPackage, RegionNeeded)


@router.get("", response_model=FormRead, **reference("get_package_form", found=True, refusals=_REFUSALS))
async def get_package_form(
    request: Request,
    code: PackageCode,
    uow: Annotated[UnitOfWork, may("get_package_form")],
    *,
    teller: Told,
    item: Chosen = None,
    region: Place = None,
    on: On = None,
) -> Response:
    """Read the one form of the chosen items as a JSON Schema, and the documents, for nobody in particular.

    Send `item` once for each item. Fields in `held` are answered by an office or by an earlier item.
    """
    view = await form.get_package_form(
        code, asked_for=Asked(region_code=region, on=on, items=tuple(item or ())), uow=uow
    )
    return unless_known(request, FormRead.of_view(view, teller), language=teller.language)


@router.post("", **operation("prefill_form", found=True, refusals=(*_REFUSALS, AnswersNotRight)))
async def prefill_form(
    code: PackageCode, asked: FormRequest, uow: Annotated[UnitOfWork, may("prefill_form")], *, teller: Told
) -> FormRead:
    """Read the form for a person, with what is held already filled in. The reading is written down.

    The person and staff of the area see what the registers hold. A portal sees what it has itself sent for the person
    before; to others it learns only which fields are held, and those are the same for everybody.
    """
    view = await form.prefill_form(
        code, asked_for=asked.to_asked(), person_id=asked.person_id, answers=asked.answers, uow=uow
    )
    return FormRead.of_view(view, teller)
