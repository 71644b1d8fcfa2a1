"""What the worker does about twins: whoever came or changed is compared with all who share a key, in sets.

A page of people is one transaction, in which nobody acts, in one place. Killed at any moment, it has compared them
whole or not at all. It puts pairs down for officers, and merges none.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.domain.duplicate import DuplicateRules, Known, Pair, PersonDuplicate, Uncompared, compared, keys_of
from app.domain.person import ContactKind, Person
from app.services.ports.duplicate import DuplicateKeeper, Names, Place
from app.services.ports.work import UnitOfWork

PEOPLE_AT_ONCE = 200


async def find_duplicates(keeper: DuplicateKeeper, *, names: Names, test_clock_id: UUID | None = None) -> int:
    """Compare all who were not compared since they came or changed; how many pairs were put down."""
    found = 0
    for place in await keeper.places(test_clock_id=test_clock_id):
        while True:
            people, pairs = await compare_page(place, names=names, uow=keeper.open_work(place, what="find_duplicates"))
            found += pairs
            if people < PEOPLE_AT_ONCE:
                break
    return found


async def compare_page(place: Place, *, names: Names, uow: UnitOfWork) -> tuple[int, int]:
    """Compare so many people; how many there were, and how many pairs were put down."""
    async with uow:
        await uow.person_duplicates.one_at_a_time()
        ids = await uow.person_duplicates.uncompared(clock_id=place.clock_id, limit=PEOPLE_AT_ONCE)
        return await _compare(ids, place, names=names, uow=uow)


async def compare_person(who: Uncompared, *, names: Names, keeper: DuplicateKeeper) -> None:
    """Compare one person now, because a case waits; with so many who have come besides, so that they have keys."""
    place = Place(region=who.province, clock_id=who.clock_id)
    uow = keeper.open_work(place, what="compare_person")
    async with uow:
        await uow.person_duplicates.one_at_a_time()
        taken = await uow.person_duplicates.take(who.person_id)
        others = await uow.person_duplicates.uncompared(clock_id=who.clock_id, limit=PEOPLE_AT_ONCE)
        await _compare(list({*taken, *others}) if taken else [], place, names=names, uow=uow)


async def _compare(ids: list[UUID], place: Place, *, names: Names, uow: UnitOfWork) -> tuple[int, int]:
    rules = DuplicateRules.of(uow.rulebook.at(place.region, uow.today))
    known = _known(await uow.persons.get_many(ids), names=names, rules=rules, uow=uow)
    keys = {key: keys_of(one) for key, (_, one) in known.items()}
    alike = await uow.person_duplicates.alike(keys, most=rules.most_alike)
    others = list({other for _, other in alike} - known.keys())
    known |= _known(await uow.persons.get_many(others), names=names, rules=rules, uow=uow)
    return await uow.commit((len(ids), await _put_down(alike, known, rules=rules, uow=uow)))


def _known(
    persons: Mapping[UUID, Person], *, names: Names, rules: DuplicateRules, uow: UnitOfWork
) -> dict[UUID, tuple[Person, Known]]:
    return {
        key: (person, known_of(person, names=names, rules=rules, uow=uow))
        for key, person in persons.items()
        if person.merged_into is None and person.name_on(uow.today)
    }


def known_of(person: Person, *, names: Names, rules: DuplicateRules, uow: UnitOfWork) -> Known:
    """What is compared of a person, as it stands today."""
    number = person.citizen_number_on(uow.today)
    phones = (one.value for one in person.contacts_on(uow.today) if one.kind is ContactKind.PHONE)
    return Known(
        name=names.forms(person.name_on(uow.today) or "", variants=rules.variants),
        citizen_number=number.value if number else None,
        birth_date=person.birth_date,
        sex=person.sex,
        phones=frozenset("".join(filter(str.isdigit, phone)) for phone in phones),
    )


async def _put_down(
    alike: Sequence[tuple[UUID, UUID]],
    known: Mapping[UUID, tuple[Person, Known]],
    *,
    rules: DuplicateRules,
    uow: UnitOfWork,
) -> int:
    pairs = {frozenset(pair) for pair in alike if known.keys() >= set(pair)}
    found = []
    for one, other in map(sorted, pairs):
        comparison = compared(known[one][1], known[other][1], rules=rules)
        if comparison.is_for_review:
            pair = Pair.of(*((key, known[key][0].registration_region) for key in (one, other)))
            found.append(PersonDuplicate.find(pair, comparison, duplicate_id=uow.new_id(), on=uow.today, rules=rules))
    new = await uow.person_duplicates.put_down([duplicate for duplicate, _ in found])
    for duplicate, event in found:
        if duplicate.id in new:
            uow.record(event, about=duplicate)
    return len(new)
