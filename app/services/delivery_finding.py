"""Use cases of findings about deliveries: rules raise one, an officer says what is behind it, and that is all."""

from uuid import UUID

from app.domain.delivery_finding import (
    DeliveryFinding,
    DeliveryFindingKind,
    DeliveryFindingStage,
    Noticed,
    Recorded,
    Settlement,
    found_in,
)
from app.domain.referral import Referral
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of

SHOWN = ("delivery_finding",)


async def list_delivery_findings(
    stages: tuple[DeliveryFindingStage, ...],
    kinds: tuple[DeliveryFindingKind, ...],
    *,
    after: UUID | None,
    limit: int,
    uow: UnitOfWork,
) -> Slice[View[DeliveryFinding]]:
    """What does not fit in the caller's areas."""
    async with uow:
        found = await uow.delivery_findings.page(stages, kinds, whose=uow.actor, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        uow.accessed(*(finding.person_id for finding in page.items), disclosed=SHOWN)
        return await uow.commit(Slice(tuple(_view(finding, uow=uow) for finding in page.items), page.after))


async def get_delivery_finding(finding_id: UUID, *, uow: UnitOfWork) -> View[DeliveryFinding]:
    """A finding, and what the caller may do to it."""
    async with uow:
        return await _shown(await uow.delivery_findings.get(finding_id), uow=uow)


async def settle_delivery_finding(
    finding_id: UUID, settlement: Settlement, *, version: int, uow: UnitOfWork
) -> View[DeliveryFinding]:
    """Say what is behind it, by name. No record of a delivery changes by it.

    Raises:
        OwnCase, OwnDelivery: the caller is the person, or serves the provider.
    """
    async with uow:
        finding = await uow.delivery_findings.get(finding_id, version=version)
        settled, event = finding.settle(settlement, by=uow.actor, on=uow.today)
        saved = await uow.delivery_findings.save(settled)
        uow.record(event, about=saved)
        return await _shown(saved, uow=uow)


async def check_deliveries(referral_id: UUID, *, uow: UnitOfWork) -> bool:
    """Hold what was newly recorded to the other records, the plan and the pauses; nobody acts, and none is refused."""
    async with uow:
        new = await uow.deliveries.take_unchecked(referral_id)
        if not new:
            return False
        referral = await uow.referrals.get(referral_id)
        keys = [record.delivery_id for record in new]
        noticed = found_in(
            [(record.delivery_id, record.delivered_on) for record in new],
            _recorded(referral),
            overlaps=await uow.deliveries.overlaps_of(keys),
            already_open=await uow.delivery_findings.open_kinds_of(referral_id),
        )
        for one in noticed:
            _raise(one, referral, uow=uow)
        await uow.deliveries.checked(keys)
        return await uow.commit(True)  # noqa: FBT003 - the result, which commit hands on


def _recorded(referral: Referral) -> Recorded:
    return Recorded(
        planned=referral.planned.amount if referral.planned else None,
        delivered=referral.delivered_amount,
        starts_on=referral.starts_on,
        ends_on=referral.ends_on,
        rested_on=referral.rested_on,
    )


def _raise(noticed: Noticed, referral: Referral, *, uow: UnitOfWork) -> None:
    finding = DeliveryFinding(
        id=uow.new_id(),
        person_id=referral.person_id,
        region=referral.region,
        referral_id=referral.id,
        service_id=referral.service_id,
        provider_id=referral.provider_id,
        noticed=noticed,
        raised_on=uow.today,
        raised_at=uow.now,
    )
    uow.delivery_findings.add(finding)
    uow.record(finding.raised, about=finding)


def _view(finding: DeliveryFinding, *, uow: UnitOfWork) -> View[DeliveryFinding]:
    return View(finding, finding.allowed_actions(uow.actor, on=uow.today))


async def _shown(finding: DeliveryFinding, *, uow: UnitOfWork) -> View[DeliveryFinding]:
    uow.accessed(finding.person_id, disclosed=SHOWN)
    return await uow.commit(_view(finding, uow=uow))
