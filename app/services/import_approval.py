"""Use cases of the second person: look what an import of a register would do by its dry run, and let it in."""

from uuid import UUID

from app.domain.register import ImportStage, RegisterImport
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of


async def list_register_imports(
    *, stages: tuple[ImportStage, ...], after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[RegisterImport]:
    """The imports of the caller's areas."""
    async with uow:
        found = await uow.register_imports.page(stages, whose=uow.actor, after=after, limit=limit + 1)
        return await uow.commit(slice_of(found, limit=limit))


async def get_register_import(import_id: UUID, *, uow: UnitOfWork) -> View[RegisterImport]:
    """One of them, with what may be done."""
    async with uow:
        return await uow.commit(_view(await uow.register_imports.get(import_id), uow=uow))


async def approve_register_import(import_id: UUID, *, version: int, uow: UnitOfWork) -> View[RegisterImport]:
    """Let the table in, as another than who has asked; its job goes on.

    Raises:
        DutiesNotSeparated: the caller has asked for it.
        NamedInRegister: the caller or whoever has asked stands in it, or one of theirs.
        NotYourFunction, IllegalTransition: it is another federation's, or does not wait.
    """
    async with uow:
        found = await uow.register_imports.get(import_id, version=version)
        approved, event = found.approve(by=uow.actor, on=uow.today)
        saved = await uow.register_imports.save(approved)
        await uow.register_imports.release(saved.id)
        uow.record(event, about=saved)
        return await uow.commit(_view(saved, uow=uow))


async def refuse_register_import(import_id: UUID, *, version: int, words: str, uow: UnitOfWork) -> View[RegisterImport]:
    """Not let the table in, as another than who has asked, with a reason; its job is given up.

    Raises:
        ReasonMissing: there is none.
        DutiesNotSeparated, NamedInRegister: the caller has asked for it, or stands in it.
        NotYourFunction, IllegalTransition: it is another federation's, or does not wait.
    """
    async with uow:
        found = await uow.register_imports.get(import_id, version=version)
        refused, event = found.refuse(by=uow.actor, on=uow.today, words=words)
        saved = await uow.register_imports.save(refused)
        await uow.register_imports.give_up(saved.id)
        uow.record(event, about=saved)
        return await uow.commit(_view(saved, uow=uow))


def _view(found: RegisterImport, *, uow: UnitOfWork) -> View[RegisterImport]:
    return View(found, found.allowed_actions(uow.actor, on=uow.today))
