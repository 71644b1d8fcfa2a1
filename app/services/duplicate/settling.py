"""Use cases of pairs: one officer says that they are two people, two officers merge them, one undoes it."""

from uuid import UUID

from app.domain.duplicate import DuplicateStage, PersonDuplicate
from app.domain.shared.events import Event
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of

SHOWN = ("person_duplicate",)


async def list_person_duplicates(
    *, stages: tuple[DuplicateStage, ...], after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[PersonDuplicate]:
    """What is to be looked at in the caller's areas."""
    async with uow:
        found = await uow.person_duplicates.page(stages, whose=uow.actor, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        uow.accessed(*(key for one in page.items for key in (one.person_id, one.other_id)), disclosed=SHOWN)
        return await uow.commit(page)


async def get_person_duplicate(duplicate_id: UUID, *, uow: UnitOfWork) -> View[PersonDuplicate]:
    """One pair, with what may be done."""
    async with uow:
        return await _shown(await uow.person_duplicates.get(duplicate_id), uow=uow)


async def dismiss_person_duplicate(
    duplicate_id: UUID, *, version: int, words: str, uow: UnitOfWork
) -> View[PersonDuplicate]:
    """Say that they are two people's; they are not asked about again.

    Raises:
        ReasonMissing: no reason is given.
    """
    async with uow:
        found = await uow.person_duplicates.get(duplicate_id, version=version)
        return await _done(*found.dismiss(by=uow.actor, on=uow.today, words=words), uow=uow)


async def override_person_duplicate(
    duplicate_id: UUID, *, version: int, words: str, uow: UnitOfWork
) -> View[PersonDuplicate]:
    """Let business of either go on before it is decided who they are; the pair stays open.

    Raises:
        ReasonMissing, NothingIsHeldUp: see the domain.
    """
    async with uow:
        found = await uow.person_duplicates.get(duplicate_id, version=version)
        return await _done(*found.override(by=uow.actor, on=uow.today, words=words), uow=uow)


async def merge_person_duplicate(
    duplicate_id: UUID, *, version: int, kept_id: UUID, words: str, uow: UnitOfWork
) -> View[PersonDuplicate]:
    """Say that they are one person's, and which record goes on; nothing moves before another officer says so, too.

    Raises:
        ReasonMissing, NotOfThePair, RelationOnRecord: see the domain.
    """
    async with uow:
        found = await uow.person_duplicates.get(duplicate_id, version=version)
        return await _done(*found.merge(kept_id, by=uow.actor, on=uow.today, words=words), uow=uow)


async def confirm_person_merge(duplicate_id: UUID, *, version: int, uow: UnitOfWork) -> View[PersonDuplicate]:
    """Say so as the second officer: all that names the one record names the other from now on, or nothing does.

    Raises:
        DutiesNotSeparated, RelationOnRecord: see the domain.
        BothHoldCertificates, BothHaveOpenBusiness: both have what a person has once.
    """
    async with uow:
        found = await uow.person_duplicates.get(duplicate_id, version=version)
        merged, event = found.confirm_merge(by=uow.actor, on=uow.today)
        moved = await uow.person_duplicates.merge(merged)
        return await _done(merged.having_moved(moved), event, uow=uow)


async def separate_person_duplicate(
    duplicate_id: UUID, *, version: int, words: str, uow: UnitOfWork
) -> View[PersonDuplicate]:
    """Undo a merge: what it has moved names again whom it named before.

    Raises:
        ReasonMissing: no reason is given.
    """
    async with uow:
        found = await uow.person_duplicates.get(duplicate_id, version=version)
        separated, event = found.separate(by=uow.actor, on=uow.today, words=words)
        await uow.person_duplicates.separate(found)
        return await _done(separated, event, uow=uow)


async def _done(duplicate: PersonDuplicate, event: Event, *, uow: UnitOfWork) -> View[PersonDuplicate]:
    saved = await uow.person_duplicates.save(duplicate)
    uow.record(event, about=saved)
    return await _shown(saved, uow=uow)


async def _shown(duplicate: PersonDuplicate, *, uow: UnitOfWork) -> View[PersonDuplicate]:
    uow.accessed(duplicate.person_id, duplicate.other_id, disclosed=SHOWN)
    return await uow.commit(View(duplicate, duplicate.allowed_actions(uow.actor, on=uow.today)))
