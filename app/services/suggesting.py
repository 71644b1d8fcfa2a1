"""What a person is probably entitled to and has not asked for, told to each caller from what that caller may know."""

from collections.abc import Collection

from app.domain.application import Declared, Outlook, Package, suggestions_of
from app.domain.benefit import BenefitFacts
from app.domain.person import Person
from app.domain.shared.authz import PersonField, person_fields
from app.services.facts import components_of
from app.services.ports.facts import HeldFacts
from app.services.ports.work import UnitOfWork

DISCLOSED = (PersonField.ECONOMIC_STATUS,)
"""What suggestions show to those who may know it."""


async def suggested(
    package: Package, person: Person, *, chosen: Collection[str], declared: Declared, is_known: bool, uow: UnitOfWork
) -> tuple[Outlook, ...]:
    """What the person might add, with the reasons. Nothing is applied for by it, and nobody asks again.

    To be told that a subsidy is due is to be told that the person is on the register of the poor. So the registers
    are asked for those alone who are shown them of this very person: the person, and the offices of the place. Others
    get what follows from what they have sent themselves, and from nothing else.
    """
    rules = uow.rulebook.at(person.registration_region, uow.today)
    fields = person_fields(uow.actor, person_id=person.id, places=person.places)
    if not is_known or PersonField.ECONOMIC_STATUS not in fields:
        sent = BenefitFacts(needs=declared.needs, receiving=declared.receiving, flags=declared.flags)
        return suggestions_of(package, sent, chosen=chosen, rules=rules)
    held = await uow.facts.of(person.id, on=uow.today)
    asked_for = {*chosen, *await uow.applications.open_items_of(person.id)}
    found = suggestions_of(package, _facts(held, declared), chosen=asked_for, rules=rules)
    if found:
        uow.accessed(person.id, disclosed=DISCLOSED)
    return found


def _facts(held: HeldFacts, declared: Declared) -> BenefitFacts:
    """What the registers hold and what the form says, where they hold nothing."""
    person = held.person
    return BenefitFacts(
        has_certificate=held.certificate is not None,
        components=components_of(held),
        age=person.age_on(held.on),
        birth_date=person.birth_date,
        on=held.on,
        economic_status=person.economic_status_on(held.on),
        registration_region=person.registration_region,
        needs=declared.needs,
        receiving={**declared.receiving, **dict.fromkeys(held.receiving, True)},
        flags=declared.flags,
    )
