"""Use cases of finding again: by the platform's own names, and a whole day compared with the platform's list."""

from dataclasses import dataclass, replace

from app.domain.application import DayPart, Listed, Reconciliation, reconciled
from app.domain.shared.identity import MatterCode
from app.services.ports.application import ApplicationLine
from app.services.ports.work import UnitOfWork

MOST_FOUND = 100
"""How many applications a search shows; who finds more asks more exactly."""
MOST_NOT_LISTED = 1000
"""How many applications that the platform does not list are told at once."""
SHOWN = ("application",)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found, and whether that is all."""

    applications: tuple[ApplicationLine, ...]
    is_complete: bool


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What comes of comparing, and whether all that the list lacks is told."""

    of: Reconciliation
    is_complete: bool


async def search_applications(sought: MatterCode | str, *, uow: UnitOfWork) -> Found:
    """The applications that bear a number of the platform's, or ask for a matter of its catalogue; newest first."""
    async with uow:
        search, limit = uow.reconciliations, MOST_FOUND + 1
        if isinstance(sought, MatterCode):
            lines = await search.of_matter(sought, whose=uow.actor, limit=limit)
        else:
            lines = await search.bearing_number(sought, whose=uow.actor, limit=limit)
        shown = tuple(lines[:MOST_FOUND])
        uow.accessed(*(line.person_id for line in shown), disclosed=SHOWN)
        return await uow.commit(Found(shown, is_complete=len(lines) <= MOST_FOUND))


async def reconcile_applications(listed: tuple[Listed, ...], *, part: DayPart, uow: UnitOfWork) -> Reconciled:
    """Compare what the calling system believes to have sent on a day with what is here.

    Nothing is changed by it, so it may be asked as often as one likes. It names nobody; since it tells how cases of
    people stand, it is written down like any other look at them.

    Raises:
        ListUnclear: a number stands in the list twice, or outside of the part of the day.
    """
    async with uow:
        limit = len(listed) + MOST_NOT_LISTED + 1
        numbers = [one.source_number for one in listed]
        kept = await uow.reconciliations.kept(numbers, source_id=uow.actor.client_id, part=part, limit=limit)
        found = reconciled(listed, kept, part=part)
        is_complete = len(found.not_listed) <= MOST_NOT_LISTED
        found = replace(found, not_listed=found.not_listed[:MOST_NOT_LISTED])
        shown = (*found.not_listed, *(one.kept for one in found.different))
        uow.accessed(*(one.person_id for one in shown), disclosed=SHOWN)
        return await uow.commit(Reconciled(found, is_complete))
