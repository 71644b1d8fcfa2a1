"""What an application needs is looked for when it is submitted: what is held is taken, and only the rest asked for."""

from collections.abc import Collection, Mapping

from app.domain.application import Application, Document, Necessity, Package, categories_named, documents_of
from app.domain.benefit import BenefitFacts
from app.domain.certificate import Business
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
    facts = BenefitFacts(
        has_certificate=holding.of_kind(CERTIFICATE_RECORD) is not None,
        named=categories_named(answers),
        age=person.age_on(uow.today),
        economic_status=person.economic_status_on(uow.today),
        registration_region=person.registration_region,
    )
    business = str(answers.get("business", Business.NEW.value))
    listed = documents_of(package.chosen(items), facts, business=business)
    documents = [document for document in listed if document.necessity is Necessity.NEEDED]
    if unknown := sorted(set(withheld) - {document.entry.code for document in documents}):
        raise EvidenceKindUnknown(
            f"The application does not need {', '.join(unknown)}. Leave it out.", pointer="/withheld_evidence"
        )
    requests = [_opened(document, application, holding=holding, withheld=withheld, uow=uow) for document in documents]
    for request in requests:
        uow.evidence_requests.add(request)
    if requests:
        uow.record(_event(application, requests), about=application)


async def cancel_requests(application: Application, *, uow: UnitOfWork) -> None:
    """Close the requests that no open item needs any more."""
    still_open = {item.code for item in application.open_items}
    for request in await uow.evidence_requests.of_application(application.id):
        if request.stage is EvidenceRequestStage.OPEN and still_open.isdisjoint(request.items):
            cancelled, event = request.cancel(on=uow.today)
            with yielding():
                uow.record(event, about=await uow.evidence_requests.save(cancelled))


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
