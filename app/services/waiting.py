"""Use cases of waiting lists: who waits for what, where they stand, and what would be sooner."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from app.domain.assessment import Need
from app.domain.matching import Scale, match
from app.domain.referral import require_want_of_places
from app.domain.shared.events import Event
from app.domain.shared.voice import Voice
from app.domain.waiting import (
    Outlook,
    Queue,
    RemovalReason,
    Urgency,
    WaitingAlready,
    WaitingEntry,
    WaitingRules,
    WaitingStage,
    outlook,
)
from app.services.facts import flags_of
from app.services.matching import require_open, verdicts_of, wishes_of
from app.services.ports.catalogue import Offered
from app.services.ports.facts import HeldFacts
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of
from app.services.suitability import require_suitable

SHOWN = ("waiting_entry",)
MOST_OTHERS = 20
"""Services that are looked at beside the one that a need waits for: those that fit best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingView(View[WaitingEntry]):
    """Somebody's place on a list as one caller sees it; what is told is None once the list was left."""

    offered: Offered
    outlook: Outlook | None = None
    others: Mapping[UUID, Offered] | None = None


async def join_waiting_list(need_id: UUID, service_id: UUID, urgency: Urgency, *, uow: UnitOfWork) -> WaitingView:
    """Put a need on the list of a service; a need that waits elsewhere, or was declined, brings its days along.

    Raises:
        NeedNotOpen: nobody has confirmed the need, or it is met.
        WaitingAlready: it waits for this service.
    """
    async with uow:
        need = await uow.needs.get(need_id)
        require_open(need)
        offered = await uow.services.get(service_id)
        await require_suitable(offered, need, uow)
        entry = await put_on_list(need, offered, urgency, uow=uow)
        return await uow.commit(await _viewed(entry, uow))


async def wait_instead(referral_id: UUID, *, uow: UnitOfWork) -> WaitingView:
    """Put the need of a referral that a provider declined for want of places on that service's list, in one step.

    Done again, it shows the entry that is there.

    Raises:
        DeclinedOtherwise: it was not declined, or for another reason.
        NeedNotOpen: the need is met meanwhile.
    """
    async with uow:
        referral = await uow.referrals.get(referral_id)
        require_want_of_places(referral)
        need = await uow.needs.get(referral.need_id)
        require_open(need)
        offered = await uow.services.get(referral.service_id)
        await require_suitable(offered, need, uow)
        return await uow.commit(await waiting_instead(need, offered, uow=uow))


async def waiting_instead(need: Need, offered: Offered, *, uow: UnitOfWork) -> WaitingView:
    """The need on the list of a service that was to be asked for it, and that has no place for it now."""
    there = await uow.waiting_entries.open_for(need.id, offered.id)
    return await _viewed(there or await put_on_list(need, offered, Urgency.ROUTINE, uow=uow), uow)


async def put_on_list(need: Need, offered: Offered, urgency: Urgency, *, uow: UnitOfWork) -> WaitingEntry:
    """The new entry of a need on the list of a service that suits it."""
    if await uow.waiting_entries.open_for(need.id, offered.id):
        raise WaitingAlready("The need waits for this service already. Look at /v1/waiting-entries.")
    held = await uow.facts.of(need.person_id, on=uow.today)
    asked = WaitingEntry(
        id=uow.new_id(),
        person_id=need.person_id,
        region=need.region,
        need_id=need.id,
        need=need.code.item,
        service_id=offered.id,
        since=await uow.waiting_entries.since_of(need.id) or uow.today,
        urgency=urgency,
        clock_id=uow.clock_id,
    )
    rules = _rules_of(asked, uow)
    entry, event = WaitingEntry.join(asked, flags=_flags(held, uow), by=uow.actor, on=uow.today, rules=rules)
    uow.waiting_entries.add(entry)
    uow.record(event, about=entry)
    return entry


async def get_waiting_entry(entry_id: UUID, *, uow: UnitOfWork) -> WaitingView:
    """Where a need stands on a list, when a place may come, and what would be sooner."""
    async with uow:
        return await uow.commit(await _viewed(await uow.waiting_entries.get(entry_id), uow))


async def list_waiting_entries(
    *,
    service_id: UUID | None,
    person_id: UUID | None,
    stages: tuple[WaitingStage, ...],
    after: UUID | None,
    limit: int,
    uow: UnitOfWork,
) -> Slice[WaitingView]:
    """Those who wait in the caller's areas, or the caller's own entries."""
    async with uow:
        found = await uow.waiting_entries.page(
            service_id=service_id, person_id=person_id, stages=stages, whose=uow.actor, after=after, limit=limit + 1
        )
        page = slice_of(found, limit=limit)
        services = await uow.services.get_many({entry.service_id for entry in page.items})
        uow.accessed(*(entry.person_id for entry in page.items), disclosed=SHOWN)
        views = tuple(WaitingView(entry, offered=services[entry.service_id]) for entry in page.items)
        return await uow.commit(Slice(views, page.after))


async def reassess_waiting_entry(entry_id: UUID, urgency: Urgency, *, version: int, uow: UnitOfWork) -> WaitingView:
    """Find a need's place on the list anew, from the facts of today."""
    async with uow:
        entry = await uow.waiting_entries.get(entry_id, version=version)
        held = await uow.facts.of(entry.person_id, on=uow.today)
        reassessed = entry.reassess(
            urgency, flags=_flags(held, uow), by=uow.actor, on=uow.today, rules=_rules_of(entry, uow)
        )
        return await _done(*reassessed, uow=uow)


async def withdraw_waiting_entry(
    entry_id: UUID, said_by: Voice | None, *, version: int, uow: UnitOfWork
) -> WaitingView:
    """Leave a list, by the word of the person or a guardian."""
    async with uow:
        entry = await uow.waiting_entries.get(entry_id, version=version)
        guardians = await uow.facts.guardians_of(entry.person_id, on=uow.today)
        return await _done(*entry.withdraw(by=uow.actor, on=uow.today, guardians=guardians, said_by=said_by), uow=uow)


async def remove_waiting_entry(
    entry_id: UUID, reason: RemovalReason, words: str, *, version: int, uow: UnitOfWork
) -> WaitingView:
    """Take somebody off a list, for a reason that a named officer answers for."""
    async with uow:
        entry = await uow.waiting_entries.get(entry_id, version=version)
        return await _done(*entry.remove(reason, words, by=uow.actor, on=uow.today), uow=uow)


async def _done(entry: WaitingEntry, event: Event, *, uow: UnitOfWork) -> WaitingView:
    saved = await uow.waiting_entries.save(entry)
    uow.record(event, about=saved)
    return await uow.commit(await _viewed(saved, uow))


async def _viewed(entry: WaitingEntry, uow: UnitOfWork) -> WaitingView:
    uow.accessed(entry.person_id, disclosed=SHOWN)
    offered = await uow.services.get(entry.service_id)
    actions = entry.allowed_actions(uow.actor, on=uow.today)
    if entry.stage is not WaitingStage.WAITING:
        return WaitingView(entry, actions, offered=offered)
    others = await _others(entry, uow)
    rules = _rules_of(entry, uow)
    queues = await standing_on({**others, offered.id: offered}, entry, rules=rules, on=uow.today, uow=uow)
    own = queues.pop(offered.id)
    told = outlook(entry, own, queues.values(), on=uow.today, rules=rules)
    return WaitingView(entry, actions, offered=offered, outlook=told, others=others)


async def standing_on(
    services: Mapping[UUID, Offered], entry: WaitingEntry, *, rules: WaitingRules, on: date, uow: UnitOfWork
) -> dict[UUID, Queue]:
    """How an entry stands, or would stand, on the lists of services, with the places that are free there."""
    found = await uow.waiting_entries.standing(
        services.keys(),
        counts_from=entry.counts_from,
        key=entry.id,
        placed_after=on - timedelta(days=rules.window_days),
    )
    return {key: replace(queue, free=_free(services[key])) for key, queue in found.items()}


async def _others(entry: WaitingEntry, uow: UnitOfWork) -> dict[UUID, Offered]:
    """The services that fit the need best beside the one that it waits for, of those that take referrals."""
    candidates = await uow.services.candidates(entry.need)
    held = await uow.facts.of(entry.person_id, on=uow.today)
    rules = uow.rulebook.at(entry.region, uow.today)
    matches = match(
        entry.need,
        (one for one in candidates if one.service_id != entry.service_id),
        verdicts=verdicts_of({one.code for one in candidates}, held, rules=rules),
        outcomes=await uow.services.outcomes({one.organisation_id for one in candidates}),
        wishes=wishes_of(held, entry.need),
        scale=Scale.of(rules),
        limit=MOST_OTHERS,
    )
    offered = await uow.services.get_many({one.service_id for one in matches.ranked})
    return {key: one for key, one in offered.items() if one.takes_referrals}


def _free(offered: Offered) -> int | None:
    return None if offered.places is None else offered.places.available


def _flags(held: HeldFacts, uow: UnitOfWork) -> Collection[str]:
    rules = uow.rulebook.at(held.person.region, uow.today)
    return {flag for flag, is_set in flags_of(held, rules=rules).items() if is_set}


def _rules_of(entry: WaitingEntry, uow: UnitOfWork) -> WaitingRules:
    return WaitingRules.of(uow.rulebook.at(entry.region, uow.today))
