"""Use cases of requests for evidence: what an application needs, what an office asks besides, what is refused."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from app.domain.application import Application
from app.domain.evidence import (
    Asked,
    Evidence,
    EvidenceAlreadyRequested,
    EvidenceKind,
    EvidenceLack,
    EvidenceRefused,
    EvidenceRequest,
    EvidenceRequestStage,
    Holding,
    Missing,
    lack_of,
    missing,
)
from app.domain.organisation import Organisation
from app.domain.shared.access import Principal, Role
from app.services.evidence.holdings import held_of
from app.services.evidence.kinds import kinds_in, known_kind
from app.services.ports.work import UnitOfWork
from app.services.read_models import View

DISCLOSED = ("evidence",)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRequestView(View[EvidenceRequest]):
    """A request as one caller sees it: who gets to see what, what is held, what is missing, what the caller may do."""

    kind: EvidenceKind | None
    """None where the kind has left the lists."""
    shared_with: tuple[Organisation, ...]
    """The offices that answer for the items: whoever is shown what is given."""
    evidence: Evidence | None
    lack: EvidenceLack | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRequest:
    """What an office asks for, and why."""

    application_id: UUID
    kind: str
    items: tuple[str, ...]
    text: str


async def list_application_evidence(application_id: UUID, *, uow: UnitOfWork) -> tuple[EvidenceRequestView, ...]:
    """Everything that an application needs to be shown, and how each stands."""
    async with uow:
        application = await uow.applications.get(application_id)
        requests = await uow.evidence_requests.of_application(application_id)
        views = await _views(requests, application, uow=uow)
        uow.accessed(application.person_id, disclosed=DISCLOSED)
        return await uow.commit(views)


async def get_evidence_request(request_id: UUID, *, uow: UnitOfWork) -> EvidenceRequestView:
    """One request: what would be shared with whom, before it is."""
    async with uow:
        request = await uow.evidence_requests.get(request_id)
        return await _shown(request, uow=uow)


async def request_evidence(asked: OfficeRequest, *, uow: UnitOfWork) -> EvidenceRequestView:
    """Ask for something more, as an office.

    Raises:
        EvidenceAlreadyHeld: it is held, and is named.
        EvidenceAlreadyRequested, EvidenceRefused: it is asked for already, or the person does not want it.
        EvidenceKindUnknown, ItemNotFound: there is no such kind here, or no such item.
    """
    async with uow:
        application = await uow.applications.get(asked.application_id)
        holding = await held_of(application.person_id, region=application.region, uow=uow)
        _require_not_asked(await uow.evidence_requests.of_application(application.id), asked.kind)
        request = add_request(asked, application, holding=holding, uow=uow)
        uow.accessed(request.person_id, disclosed=DISCLOSED)
        return await uow.commit((await _views([request], application, uow=uow, holding=holding))[0])


def add_request(
    asked: OfficeRequest, application: Application, *, holding: Holding, uow: UnitOfWork
) -> EvidenceRequest:
    """Put an office's request on record, inside a unit of work that somebody else has opened."""
    request, event = EvidenceRequest.by_office(
        Asked(
            kind=known_kind(asked.kind, uow.rulebook.at(application.region, uow.today)),
            items=tuple(application.item(code).code for code in asked.items),
            person_id=application.person_id,
            region=application.region,
            application_id=application.id,
        ),
        request_id=uow.new_id(),
        by=uow.actor,
        on=uow.today,
        text=asked.text,
        holding=holding,
    )
    uow.evidence_requests.add(request)
    uow.record(event, about=request)
    return request


async def refuse_evidence_request(request_id: UUID, *, version: int, uow: UnitOfWork) -> EvidenceRequestView:
    """The person does not want it to be fetched, given or used. Nothing is refused to the person by that."""
    async with uow:
        request = await uow.evidence_requests.get(request_id, version=version)
        guardians = await _guardians(request.person_id, uow=uow)
        refused, event = request.refuse(by=uow.actor, on=uow.today, guardians=guardians)
        saved = await uow.evidence_requests.save(refused)
        uow.record(event, about=saved)
        return await _shown(saved, uow=uow)


async def missing_evidence(
    application: Application, item: str | None = None, *, uow: UnitOfWork
) -> tuple[Missing, ...]:
    """What is asked for and not there, for one item of an application or for all that are open.

    Inside a unit of work that somebody else has opened: a correction is told from this, once and completely.
    """
    requests = await uow.evidence_requests.of_application(application.id)
    holding = await held_of(application.person_id, region=application.region, uow=uow)
    still_open = {one.code for one in application.open_items}
    found = missing(requests, holding=holding, item=item)
    return tuple(one for one in found if not still_open.isdisjoint(one.request.items))


def _require_not_asked(requests: list[EvidenceRequest], kind: str) -> None:
    stages = {request.stage: request for request in requests if request.kind == kind}
    if already := stages.get(EvidenceRequestStage.OPEN):
        raise EvidenceAlreadyRequested(f"The request {already.id} asks for it already. Wait for its answer.")
    require_not_refused(requests, kind)


def require_not_refused(requests: list[EvidenceRequest], kind: str) -> None:
    """Ask nobody again for what the person does not want to be used.

    Raises:
        EvidenceRefused: it was refused for this application.
    """
    for request in requests:
        if request.kind == kind and request.stage is EvidenceRequestStage.REFUSED:
            raise EvidenceRefused(
                f"The person has refused it with the request {request.id}, and is not asked again. "
                "Decide on what is known, or take it if the person brings it."
            )


async def _shown(request: EvidenceRequest, *, uow: UnitOfWork) -> EvidenceRequestView:
    application = await uow.applications.get(request.application_id)
    uow.accessed(request.person_id, disclosed=DISCLOSED)
    return await uow.commit((await _views([request], application, uow=uow))[0])


async def _views(
    requests: list[EvidenceRequest], application: Application, *, uow: UnitOfWork, holding: Holding | None = None
) -> tuple[EvidenceRequestView, ...]:
    known = holding or await held_of(application.person_id, region=application.region, uow=uow)
    guardians = await _guardians(application.person_id, uow=uow)
    offices = await uow.organisations.get_many({item.owner_id for item in application.items})
    return tuple(
        _view(request, application, holding=known, guardians=guardians, offices=offices, uow=uow)
        for request in requests
    )


def _view(
    request: EvidenceRequest,
    application: Application,
    *,
    holding: Holding,
    guardians: Collection[UUID],
    offices: Mapping[UUID, Organisation],
    uow: UnitOfWork,
) -> EvidenceRequestView:
    owners = dict.fromkeys(item.owner_id for item in application.items if item.code in request.items)
    held = None if request.stage is EvidenceRequestStage.REFUSED else holding.of_kind(request.kind)
    follows = uow.actor.roles <= {Role.PORTAL}  # and may not see by what a request was settled
    is_settled = follows and request.stage is EvidenceRequestStage.FULFILLED
    return EvidenceRequestView(
        request,
        request.allowed_actions(uow.actor, on=uow.today, guardians=guardians),
        kind=kinds_in(uow.rulebook.at(request.region, uow.today)).get(request.kind),
        shared_with=tuple(offices[owner] for owner in owners if owner in offices),
        evidence=held if held is not None and is_told_of(held, to=uow.actor) else None,
        lack=None if is_settled else lack_of(request, holding=holding),
    )


def is_told_of(evidence: Evidence, *, to: Principal) -> bool:
    """Say whether a caller is told of evidence: a portal follows, so it is told only of what came through it."""
    return not to.roles <= {Role.PORTAL} or evidence.recorded_by == to.id


async def _guardians(person_id: UUID, *, uow: UnitOfWork) -> tuple[UUID, ...]:
    """Who may speak for the person; looked up only where a citizen asks."""
    if uow.actor.roles != {Role.CITIZEN}:
        return ()
    return await uow.facts.guardians_of(person_id, on=uow.today)
