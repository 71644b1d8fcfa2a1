"""What items need is looked for when they are asked for: what is held is taken, and only the rest asked of people."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.domain.application import Application, Document, Necessity, Package, categories_named, documents_of
from app.domain.certificate import Business, HandledAt
from app.domain.entitlement import Facts
from app.domain.evidence import (
    CERTIFICATE_RECORD,
    ApplicationEvidenceRequested,
    Asked,
    EvidenceKindUnknown,
    EvidenceRequest,
    EvidenceRequestStage,
    Holding,
)
from app.domain.person import Person
from app.services.evidence.holdings import held_or_appearing
from app.services.evidence.kinds import kind_of
from app.services.ports.work import UnitOfWork
from app.services.yielding import yielding


def open_requests(
    application: Application,
    *,
    package: Package,
    person: Person,
    answers: Mapping[str, object],
    holding: Holding,
    withheld: Collection[str],
    uow: UnitOfWork,
) -> None:
    """Open a request for everything that the package's list asks for, once for all items that need it.

    Nothing is read here: the rows ride with the submission.

    Raises:
        EvidenceKindUnknown: the person withholds what the application does not need.
    """
    items = tuple(item.code for item in application.open_items)
    if not items:
        return
    documents = _needed(items, package=package, person=person, answers=answers, holding=holding, uow=uow)
    _require_needed(withheld, documents)
    _open(documents, application, holding=holding, withheld=withheld, uow=uow)


@dataclass(frozen=True, slots=True)
class ItemNeeds:
    """What one item more needs to be shown, what is held of it, and what is asked for already."""

    item: str
    documents: tuple[Document, ...]
    holding: Holding
    standing: Mapping[str, EvidenceRequest]
    """By kind: requests of the application that are open, fulfilled or refused."""

    @property
    def refused(self) -> tuple[str, ...]:
        """Kinds that the person does not want to be used."""
        return tuple(one.kind for one in self.standing.values() if one.stage is EvidenceRequestStage.REFUSED)


async def needs_of(
    application: Application, item: str, *, package: Package, answers: Mapping[str, object], uow: UnitOfWork
) -> ItemNeeds:
    """What an item needs that is added to an application; nothing is changed by looking, but for what appears."""
    person = await uow.persons.get(application.person_id)
    holding = await held_or_appearing(person.id, region=application.region, uow=uow)
    standing = await uow.evidence_requests.of_application(application.id)
    documents = _needed((item,), package=package, person=person, answers=answers, holding=holding, uow=uow)
    return ItemNeeds(
        item,
        tuple(documents),
        holding,
        {one.kind: one for one in standing if one.stage is not EvidenceRequestStage.CANCELLED},
    )


async def need_also(needs: ItemNeeds, application: Application, *, withheld: Collection[str], uow: UnitOfWork) -> None:
    """Let what stands for another item serve this one too, and ask for the rest.

    Raises:
        EvidenceKindUnknown: the person withholds what the item does not need, or what stands already.
    """
    if application.item(needs.item).is_finished:
        return
    for document in needs.documents:
        if request := needs.standing.get(document.entry.code):
            with yielding():
                await uow.evidence_requests.save(request.also_for(needs.item))
    fresh = [document for document in needs.documents if document.entry.code not in needs.standing]
    _require_needed(withheld, fresh)
    _open(fresh, application, holding=needs.holding, withheld=withheld, uow=uow)


async def cancel_requests(application: Application, *, uow: UnitOfWork) -> None:
    """Close the requests that no open item needs any more."""
    still_open = {item.code for item in application.open_items}
    for request in await uow.evidence_requests.of_application(application.id):
        if request.stage is EvidenceRequestStage.OPEN and still_open.isdisjoint(request.items):
            cancelled, event = request.cancel(on=uow.today)
            with yielding():
                uow.record(event, about=await uow.evidence_requests.save(cancelled))


def _needed(
    items: Collection[str],
    *,
    package: Package,
    person: Person,
    answers: Mapping[str, object],
    holding: Holding,
    uow: UnitOfWork,
) -> list[Document]:
    """What the package's list asks for these items, of just this person."""
    facts = Facts(
        has_certificate=holding.of_kind(CERTIFICATE_RECORD) is not None,
        named=categories_named(answers),
        age=person.age_on(uow.today),
        economic_status=person.economic_status_on(uow.today),
        registration_region=person.registration_region,
    )
    business = str(answers.get("business", Business.NEW.value))
    place = str(answers.get("handled_at", HandledAt.REGISTRATION.value))
    listed = documents_of(package.chosen(items), facts, business=business, handled_at=place)
    return [document for document in listed if document.necessity is Necessity.NEEDED]


def _require_needed(withheld: Collection[str], documents: list[Document]) -> None:
    if unknown := sorted(set(withheld) - {document.entry.code for document in documents}):
        raise EvidenceKindUnknown(
            f"This does not newly need {', '.join(unknown)}. Leave it out.", pointer="/withheld_evidence"
        )


def _open(
    documents: list[Document],
    application: Application,
    *,
    holding: Holding,
    withheld: Collection[str],
    uow: UnitOfWork,
) -> None:
    requests = [_opened(document, application, holding=holding, withheld=withheld, uow=uow) for document in documents]
    for request in requests:
        uow.evidence_requests.add(request)
    if requests:
        uow.record(_event(application, requests), about=application)


def _opened(
    document: Document, application: Application, *, holding: Holding, withheld: Collection[str], uow: UnitOfWork
) -> EvidenceRequest:
    asked = Asked(
        kind=kind_of(document.entry),
        items=document.items,
        person_id=application.person_id,
        region=application.region,
        application_id=application.id,
    )
    return EvidenceRequest.by_package(
        asked,
        request_id=uow.new_id(),
        on=uow.today,
        rule=application.package_version,
        holding=holding,
        is_withheld=document.entry.code in withheld,
    )


def _event(application: Application, requests: list[EvidenceRequest]) -> ApplicationEvidenceRequested:
    by_stage = {stage: tuple(one.kind for one in requests if one.stage is stage) for stage in EvidenceRequestStage}
    return ApplicationEvidenceRequested(
        application_id=application.id,
        held=by_stage[EvidenceRequestStage.FULFILLED],
        asked=by_stage[EvidenceRequestStage.OPEN],
        withheld=by_stage[EvidenceRequestStage.REFUSED],
    )
