"""Use cases of the register of access: the person and the auditor of the area may read who has seen what."""

from uuid import UUID

from app.services.ports.access_record import AccessRecord
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of


async def list_access_records(
    person_id: UUID, *, before: int | None, limit: int, uow: UnitOfWork
) -> Slice[AccessRecord]:
    """Who was shown something of a person, newest first; that this was read is written down like the rest."""
    async with uow:
        found = await uow.access_records.of_person(person_id, whose=uow.actor, before=before, limit=limit + 1)
        uow.accessed(person_id, disclosed=("access_records",))
        return await uow.commit(slice_of(found, limit=limit))
