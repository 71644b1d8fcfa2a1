"""Use cases of organisations: who there is to turn to."""

from uuid import UUID

from app.domain.organisation import Organisation, OrganisationKind
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of


async def list_organisations(
    *, kind: OrganisationKind | None, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[Organisation]:
    """Organisations of all kinds, or of one."""
    async with uow:
        found = await uow.organisations.page(kind=kind, after=after, limit=limit + 1)
        return await uow.commit(slice_of(found, limit=limit))
