"""Use cases of the register of access: the person and the auditor of the area may read who has seen what."""

from dataclasses import dataclass
from uuid import UUID

from app.domain.consent import SharingPurpose, purposes
from app.domain.shared.region import NATIONAL
from app.services import harm_report
from app.services.ports.access_record import AccessRecord
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of

WITHHELD = harm_report.SHOWN
"""What the person is not told was shown: it would name who has reported harm, in a home that may have done it.

Source: 反家庭暴力法 (2015) art. 14: who reports is kept secret; 个人信息保护法 (2021) art. 45 with art. 18.
"""


@dataclass(frozen=True, slots=True)
class AccessView:
    """A record of access, with what the rules say of its purpose; None where they know no such purpose."""

    of: AccessRecord
    purpose: SharingPurpose | None


async def list_access_records(person_id: UUID, *, before: int | None, limit: int, uow: UnitOfWork) -> Slice[AccessView]:
    """Who was shown something of a person, newest first; that this was read is written down like the rest."""
    async with uow:
        withheld = WITHHELD if uow.actor.is_concerned(person_id) else ()
        found = await uow.access_records.of_person(
            person_id, whose=uow.actor, withheld=withheld, before=before, limit=limit + 1
        )
        uow.accessed(person_id, disclosed=("access_records",))
        page, known = slice_of(found, limit=limit), purposes(uow.rulebook.at(NATIONAL, uow.today))
        shown = tuple(AccessView(record, known.get(record.purpose or "")) for record in page.items)
        return await uow.commit(Slice(shown, page.after))
