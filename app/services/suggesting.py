"""What a person is probably entitled to and has not asked for, told to each caller from what that caller may know."""

from dataclasses import dataclass
from uuid import UUID

from app.domain.application import Application, Declared, Outlook, Package, declared_by, suggestions_of
from app.domain.entitlement import Facts
from app.domain.shared.authz import PersonField, person_fields
from app.services.application.offered import package_of
from app.services.facts import components_of
from app.services.ports.application import Form
from app.services.ports.facts import HeldFacts
from app.services.ports.work import UnitOfWork

DISCLOSED = (PersonField.ECONOMIC_STATUS,)
"""What suggestions show to those who may know it."""


@dataclass(frozen=True, slots=True)
class SuggestionsView:
    """What may be due besides, and the application that it can be added to."""

    application: Application
    suggestions: tuple[Outlook, ...]


async def list_application_suggestions(application_id: UUID, *, uow: UnitOfWork) -> SuggestionsView:
    """What the person might add to an application, by what is known and in force today."""
    async with uow:
        application = await uow.applications.get(application_id)
        package = package_of(application, uow=uow)
        declared = _declared(await uow.applications.form(application_id), package, uow=uow)
        found = await suggested(application, package=package, declared=declared, uow=uow)
        uow.accessed(application.person_id, disclosed=("suggestions",))
        return await uow.commit(SuggestionsView(application, found))


async def suggested(
    application: Application, *, package: Package, declared: Declared, is_known: bool = True, uow: UnitOfWork
) -> tuple[Outlook, ...]:
    """What the person might add, with the reasons. Nothing is applied for by it, and nobody asks again.

    To be told that a subsidy is due is to be told that the person is on the register of the poor. So the registers
    are asked for those alone who are shown them of this very person: the person, and the offices of the place. Others
    get what follows from what they have sent themselves, and from nothing else.
    """
    rules = uow.rulebook.at(application.region, uow.today)
    chosen = {item.code for item in application.items}
    held = await _held(application, uow=uow) if is_known else None
    if held is None:
        sent = Facts(needs=declared.needs, receiving=declared.receiving, flags=declared.flags)
        return suggestions_of(package, sent, chosen=chosen, rules=rules)
    chosen |= await uow.applications.open_items_of(application.person_id)
    found = suggestions_of(package, facts_of_register(held, declared), chosen=chosen, rules=rules)
    if found:
        uow.accessed(application.person_id, disclosed=DISCLOSED)
    return found


async def _held(application: Application, *, uow: UnitOfWork) -> HeldFacts | None:
    """What the registers hold, for those who are shown it; of who has moved away, the office of before is not."""
    if not _may_know(application.person_id, (application.region,), uow=uow):
        return None
    held = await uow.facts.find(application.person_id, on=uow.today)
    return held if held is not None and _may_know(held.person.id, held.person.places, uow=uow) else None


def _may_know(person_id: UUID, places: tuple[str, ...], *, uow: UnitOfWork) -> bool:
    return PersonField.ECONOMIC_STATUS in person_fields(uow.actor, person_id=person_id, places=places)


def _declared(form: Form, package: Package, *, uow: UnitOfWork) -> Declared:
    """What the form says; to a portal, what came through a portal."""
    hidden = form.hidden_from(uow.actor)
    return declared_by(package.form, {code: said for code, said in form.answers.items() if code not in hidden})


def facts_of_register(held: HeldFacts, declared: Declared) -> Facts:
    """What the registers hold and what the form says, where they hold nothing."""
    person = held.person
    return Facts(
        has_certificate=held.certificate is not None,
        components=components_of(held),
        birth_date=person.birth_date,
        on=held.on,
        economic_status=person.economic_status_on(held.on),
        registration_region=person.registration_region,
        needs=declared.needs,
        receiving={**declared.receiving, **dict.fromkeys(held.receiving, True)},
        flags=declared.flags,
    )
