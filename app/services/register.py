"""Use cases of what another register says otherwise: an officer reads it, and takes it or keeps what is held."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.domain.certificate import Certificate
from app.domain.register import DiscrepancyStage, RegisterDiscrepancy
from app.services.evidence import certificate_appears
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of
from app.services.register_import import SHOWN, card_of, certificate_of


class Settlement(StrEnum):
    """Which register is right."""

    TAKEN = "taken"
    """The other one: ours says the same from now on."""
    KEPT = "kept"
    """Ours, as it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """What an officer has found, and why."""

    settlement: Settlement
    text: str


async def list_register_discrepancies(
    *, stages: tuple[DiscrepancyStage, ...], after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[RegisterDiscrepancy]:
    """What is to be settled in the caller's areas."""
    async with uow:
        found = await uow.register_discrepancies.page(stages, whose=uow.actor, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        uow.accessed(*(one.person_id for one in page.items), disclosed=SHOWN)
        return await uow.commit(page)


async def get_register_discrepancy(discrepancy_id: UUID, *, uow: UnitOfWork) -> View[RegisterDiscrepancy]:
    """One of them, with what may be done."""
    async with uow:
        found = await uow.register_discrepancies.get(discrepancy_id)
        uow.accessed(found.person_id, disclosed=SHOWN)
        return await uow.commit(_view(found, uow=uow))


async def settle_register_discrepancy(
    discrepancy_id: UUID, *, version: int, settling: Settling, uow: UnitOfWork
) -> View[RegisterDiscrepancy]:
    """Take what the other register says, or keep what is held.

    Raises:
        ReasonMissing: no reason is given.
        TakenElsewhere: here the certificate is frozen or cancelled.
        HeldSince: what is held has changed since the two were compared.
    """
    async with uow:
        found = await uow.register_discrepancies.get(discrepancy_id, version=version)
        settle = found.take if settling.settlement is Settlement.TAKEN else found.keep
        settled, event = settle(by=uow.actor, on=uow.today, words=settling.text)
        if settling.settlement is Settlement.TAKEN:
            await _write(settled, uow=uow)
        saved = await uow.register_discrepancies.save(settled)
        uow.record(event, about=saved)
        uow.accessed(saved.person_id, disclosed=SHOWN)
        return await uow.commit(_view(saved, uow=uow))


async def _write(taken: RegisterDiscrepancy, *, uow: UnitOfWork) -> None:
    """Let our register say the same: the name of the person, and the card as a version of its own."""
    held = await uow.certificates.of_person(taken.person_id)
    taken.require_held(held.version if held else None)
    person = await uow.persons.get(taken.person_id)
    entry = taken.entry
    if person.name_on(uow.today) != entry.name:
        await uow.persons.rename(person.rename(entry.name, on=uow.today))
    saved = await _written(held, taken, uow=uow)
    uow.receipts.withdraw(saved.id, at=uow.real_now)
    await certificate_appears(saved, uow=uow)


async def _written(held: Certificate | None, taken: RegisterDiscrepancy, *, uow: UnitOfWork) -> Certificate:
    entry, clock = taken.entry, uow.clock_id
    if held is None:
        first = certificate_of(entry, region=taken.region, holder=taken.person_id, uow=uow)
        await uow.certificates.add(first, name=entry.name, citizen_number=entry.holder_number, clock_id=clock)
        return first
    card = card_of(entry, number=held.current.version + 1, region=taken.region, uow=uow)
    amended = held.amend(card, on=uow.today)
    return await uow.certificates.reissue(amended, name=entry.name, citizen_number=entry.holder_number, clock_id=clock)


def _view(discrepancy: RegisterDiscrepancy, *, uow: UnitOfWork) -> View[RegisterDiscrepancy]:
    return View(discrepancy, discrepancy.allowed_actions(uow.actor, on=uow.today))
