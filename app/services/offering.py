"""What the worker does for offers: the rules look for whom something is due, place by place, and old offers run out.

A page of people is one transaction, in which nobody acts, in one place. Killed at any moment, it has made its offers
whole or not at all; done again, it finds them there and makes none. The rules make offers and send none.
"""

from collections.abc import Iterator
from functools import lru_cache
from uuid import UUID

from app.domain.application import Declared, Package
from app.domain.assessment import NeedStage
from app.domain.catalogue import service_types
from app.domain.entitlement import entitlements
from app.domain.offer import SERVICES_OFFERED, Due, Offer, OfferRules, due_to, service_due_to
from app.domain.shared.region import contains
from app.domain.shared.span import months_after
from app.services.facts import known
from app.services.ports.facts import HeldFacts
from app.services.ports.offer import OfferKeeper, Place
from app.services.ports.work import UnitOfWork
from app.services.suggesting import facts_of_register

PEOPLE_AT_ONCE = 100
OFFERS_AT_ONCE = 100
PACKAGES = "package."
_entitlements = lru_cache(maxsize=256)(entitlements)
_service_types = lru_cache(maxsize=256)(service_types)
"""Read once for a revision of the rules, a place and a day."""
_IS_THERE = {NeedStage.CONFIRMED: True, NeedStage.DISMISSED: False, NeedStage.MET: False}


async def make_offers(keeper: OfferKeeper, *, test_clock_id: UUID | None = None) -> int:
    """Go through the holders of certificates, and whoever has a need, of all places; how many offers were made.

    With a test clock: through the people of its sandbox client alone.
    """
    made = 0
    for place in await keeper.places(test_clock_id=test_clock_id):
        after: UUID | None = None
        while True:
            page = await offer_page(after, place=place, uow=keeper.open_work(place, what="make_offers"))
            if page is None:  # another worker is there
                break
            people, count = page
            made += count
            if len(people) < PEOPLE_AT_ONCE:
                break
            after = people[-1]
    return made


async def offer_page(after: UUID | None, *, place: Place, uow: UnitOfWork) -> tuple[list[UUID], int] | None:
    """Make what is due to so many people; None where another worker has the place."""
    async with uow:
        if not await uow.offers.take_turn(place.region):
            return None
        people = await uow.offers.candidates(
            place.region, clock_id=place.test_clock_id, after=after, limit=PEOPLE_AT_ONCE
        )
        made = await _make(people, region=place.region, uow=uow)
        return await uow.commit((people, made))


async def expire_offers(keeper: OfferKeeper, *, test_clock_id: UUID | None = None) -> int:
    """Let open offers run out whose last day has passed; how many did."""
    done, after = 0, None
    while page := await keeper.lapsed(test_clock_id=test_clock_id, after=after, limit=OFFERS_AT_ONCE):
        for pointer in page:
            done += await expire_offer(pointer.id, uow=keeper.open_work(pointer, what="expire_offer"))
        after = page[-1].id
    return done


async def expire_offer(offer_id: UUID, *, uow: UnitOfWork) -> bool:
    """Let one run out; False where somebody else has, or it is not due any more."""
    async with uow:
        offer = await uow.offers.take(offer_id)
        if offer is None or not offer.is_due(uow.today):
            return False
        expired, event = offer.expire(on=uow.today)
        uow.record(event, about=await uow.offers.save(expired))
        return await uow.commit(True)  # noqa: FBT003 - the result, which commit hands on


async def due_now(person_id: UUID, *, uow: UnitOfWork) -> tuple[Due, ...]:
    """What the rules find due to one person today, whether it was offered before or not."""
    people = await uow.facts.of_many([person_id], on=uow.today)
    asked_for = await uow.offers.asked_for([person_id], since=uow.today)
    return tuple(
        due for held in people for due in _due(held, asked_for.get(person_id, frozenset()), within="", uow=uow)
    )


async def _make(people: list[UUID], *, region: str, uow: UnitOfWork) -> int:
    rules = OfferRules.of(uow.rulebook.at(region, uow.today))
    before = await uow.offers.latest_of(people)
    asked_for = await uow.offers.asked_for(people, since=months_after(uow.today, -rules.again_after))
    made = 0
    for held in await uow.facts.of_many(people, on=uow.today):
        for due in _due(held, asked_for.get(held.person.id, frozenset()), within=region, uow=uow):
            earlier = before.get((held.person.id, due.item))
            if earlier is None or earlier.allows_another(due, on=uow.today, rules=rules):
                _put_down(due, held, rules=rules, uow=uow)
                made += 1
    return made


def _put_down(due: Due, held: HeldFacts, *, rules: OfferRules, uow: UnitOfWork) -> None:
    offer, event = Offer.make(
        due,
        offer_id=uow.new_id(),
        person_id=held.person.id,
        region=held.person.region if due.package_code is None else held.person.registration_region,
        at=uow.now,
        on=uow.today,
        rules=rules,
        clock_id=uow.clock_id,
    )
    uow.offers.add(offer)
    uow.record(event, about=offer)


def _due(held: HeldFacts, asked_for: frozenset[str], *, within: str, uow: UnitOfWork) -> Iterator[Due]:
    """Of the packages of the place of registration and the services of the place of residence, as far as in a place."""
    if contains(within, held.person.registration_region):
        yield from _of_packages(held, asked_for, uow=uow)
    if contains(within, held.person.region):
        yield from _of_services(held, asked_for, uow=uow)


def _of_services(held: HeldFacts, asked_for: frozenset[str], *, uow: UnitOfWork) -> Iterator[Due]:
    rules = uow.rulebook.at(held.person.region, uow.today)
    kinds, entitled, facts = _service_types(rules), _entitlements(rules), known(held, rules=rules)
    for code in rules.texts(SERVICES_OFFERED).value:
        if code in kinds and (due := service_due_to(kinds[code], entitled[code], facts, asked_for=asked_for)):
            yield due


def _of_packages(held: HeldFacts, asked_for: frozenset[str], *, uow: UnitOfWork) -> Iterator[Due]:
    rules = uow.rulebook.at(held.person.registration_region, uow.today)
    needs = {code: _IS_THERE[stage] for code, stage in held.needs.items() if stage in _IS_THERE}
    facts = facts_of_register(held, Declared(needs=needs))
    for rule in rules.under(PACKAGES):
        yield from due_to(
            Package.of(rule.subject.removeprefix(PACKAGES), rules), facts, asked_for=asked_for, rules=rules
        )
