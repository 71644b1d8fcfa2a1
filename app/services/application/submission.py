"""Use case: applying once for a person; person, application, items, cases and receipt in one transaction."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from app.domain.application import (
    Application,
    CaseKind,
    Channel,
    FormField,
    Outlook,
    Package,
    PlatformNames,
    SecondPartyNeed,
    Selection,
    Submission,
    asked,
    cases_of,
    declared_by,
    ignored,
    submit,
)
from app.domain.certificate import HandledAt
from app.domain.evidence import Holding
from app.domain.person import (
    Contact,
    ContactKind,
    IdentityDisagrees,
    Language,
    Person,
    PreferredFormat,
    Registration,
)
from app.domain.shared.access import BY_PARTY, Role
from app.domain.shared.errors import Forbidden, Unprocessable
from app.domain.shared.events import Event
from app.domain.shared.region import contains
from app.services import evidence
from app.services.application.acknowledgement import acknowledge
from app.services.application.opening import open_cases
from app.services.instant import granted_at_once, with_granted
from app.services.ports.application import NUMBER_TAKEN, AlreadySubmitted, Applicant, Form
from app.services.ports.work import UnitOfWork
from app.services.read_models import View
from app.services.responsibility import owners_of
from app.services.second_party import ask_for_words, person_with_household, words_needed
from app.services.suggesting import suggested
from app.services.visit import note_submission

ChoiceT = TypeVar("ChoiceT", bound=StrEnum)


class NotYourself(Forbidden):
    """A citizen applies for somebody of whom they are neither guardian nor agent today."""

    code = "not_yourself"
    title = "You can apply for yourself and your wards only"


class NameDisagrees(Unprocessable):
    """The number is of somebody of another name: nobody's application goes onto another person's record."""

    code = "name_disagrees"
    title = "Name and identity number do not go together"


class OutsideYourArea(Forbidden):
    """An officer takes an application for a person of another place."""

    code = "outside_your_area"
    title = "The person belongs to another place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a client hands in."""

    package_code: str
    items: tuple[str, ...]
    source_number: str
    channel: Channel
    applicant: Applicant
    answers: Mapping[str, Any] = field(repr=False)
    platform_names: PlatformNames = field(default_factory=dict)
    digest: str | None = field(default=None, repr=False)
    """SHA-256 of the body as it was sent, in hexadecimal."""
    withheld_evidence: tuple[str, ...] = ()
    """Kinds of evidence that the person does not want to be fetched or used."""


@dataclass(frozen=True, slots=True)
class Submitted(View[Application]):
    """A new application, the answers that were not needed and not kept, and what might be asked for besides."""

    ignored: tuple[FormField, ...] = ()
    suggestions: tuple[Outlook, ...] = ()


async def submit_application(request: Request, *, uow: UnitOfWork) -> Submitted:
    """Apply once, for everything that was chosen: person, application, items, cases and receipt in one transaction.

    A person who is on record already is found by the identity number, and nothing of the record is shown or changed.

    Raises:
        NotYourself, OutsideYourArea: the caller may not apply for this person.
        PackageNotFound, ItemNotInPackage, NothingChosen, AnswersNotRight: see the domain.
        AlreadySubmitted, OpenApplicationExists: it has been applied for before.
    """
    async with uow:
        return await uow.commit(await apply(request, application_id=uow.new_id(), uow=uow))


async def apply(request: Request, *, application_id: UUID, person_id: UUID | None = None, uow: UnitOfWork) -> Submitted:
    """Submit in a transaction that is open, under an id that is given; see `submit_application`.

    `person_id` says who it is for, where that is known otherwise than by the identity number.
    """
    for code in (request.applicant.region_code, request.applicant.registration_region_code):
        uow.regions.by_code(code)
    if await uow.applications.find_by_source(uow.actor.client_id, request.source_number):
        raise AlreadySubmitted(NUMBER_TAKEN)
    person, household = await _applicant(request, person_id, uow=uow)
    is_known = household is not None
    _require_may_apply(person, request, uow=uow)
    package = Package.of(request.package_code, uow.rulebook.at(person.registration_region, uow.today))
    selection = package.chosen(request.items)
    seen_in = await _place_of_counter(person, selection, uow=uow)
    form, answers = selection.form, asked(selection.form, request.answers)
    needs = words_needed(selection, answers, person, household=household or (), uow=uow)
    submission = _submission(request, person, application_id=application_id, needs=needs, uow=uow)
    case_ids = {code: uow.new_id() for code in request.items}
    owners = await owners_of(package, person.registration_region, uow=uow)
    calendar = uow.calendar(person.registration_region)
    application, event = submit(submission, package=package, case_ids=case_ids, owners=owners, calendar=calendar)
    cases = cases_of(application, submission, package=package)
    at_once = await granted_at_once(
        cases, application, package=package, withheld=request.withheld_evidence, is_known=is_known, uow=uow
    )
    application, progress = with_granted(application, at_once)
    application = _put_on_record(application, event, form=_form(request, answers), seen_in=seen_in, uow=uow)
    await open_cases(cases, application, at_once=at_once, uow=uow)
    for told in progress:
        uow.record(told, about=application)
    ask_for_words(needs, application, person_name=request.applicant.name, household=household or (), uow=uow)
    evidence.open_requests(
        application,
        package=package,
        person=person,
        answers=answers,
        holding=await _held(person, is_known=is_known, uow=uow),
        withheld=request.withheld_evidence,
        uow=uow,
    )
    if uow.actor.has(Role.PORTAL):
        uow.admit(uow.actor.id, to=application.id, role=Role.PORTAL)
    uow.accessed(person.id, disclosed=("application",))
    declared = declared_by(form, request.answers)
    suggestions = await suggested(application, package=package, declared=declared, is_known=is_known, uow=uow)
    return Submitted(
        application,
        application.allowed_actions(uow.actor, on=uow.today),
        ignored(form, request.answers),
        suggestions,
    )


def _put_on_record(application: Application, event: Event, *, form: Form, seen_in: str, uow: UnitOfWork) -> Application:
    """Keep what has come in, with its receipt and the way that was taken for it."""
    uow.applications.add(application, form)
    acknowledge(application, at=application.submitted_at, uow=uow)
    uow.record(event, about=application)
    return note_submission(application, seen_in=seen_in, uow=uow)


async def _applicant(
    request: Request, person_id: UUID | None, *, uow: UnitOfWork
) -> tuple[Person, tuple[UUID, ...] | None]:
    """The person on record, with who of age lives there; or a new one, of whose household nothing is known (None)."""
    known = person_id or await uow.persons.find_by_citizen_number(request.applicant.citizen_number)
    if known is not None:
        person, household = await person_with_household(known, uow=uow)
        if request.applicant.name not in {held.value for held in person.names}:
            uow.mismatched()
            raise NameDisagrees(
                "The name and the identity number do not go together. Compare both with the card.",
                pointer="/applicant/name",
            )
        return person, household
    try:
        person, event = Person.register(
            _registration(request, uow=uow), person_id=uow.new_id(), on=uow.today, clock_id=uow.clock_id
        )
    except IdentityDisagrees as refusal:
        refusal.pointer = f"/applicant{refusal.pointer}"
        raise
    uow.persons.add(person)
    uow.record(event, about=person)
    return person, None


async def _held(person: Person, *, is_known: bool, uow: UnitOfWork) -> Holding:
    """What is held of the person already; of somebody new it is nothing, and nothing is read."""
    region = person.registration_region
    if not is_known:
        return evidence.nothing_held(region, uow=uow)
    return await evidence.held_or_appearing(person.id, region=region, uow=uow)


def _registration(request: Request, *, uow: UnitOfWork) -> Registration:
    applicant, answers = request.applicant, request.answers
    since = uow.today
    contacts = [(ContactKind.PHONE, answers.get("phone")), (ContactKind.ADDRESS, answers.get("residence_address"))]
    return Registration(
        name=applicant.name,
        region=uow.regions.by_code(applicant.region_code).path,
        registration_region=uow.regions.by_code(applicant.registration_region_code).path,
        citizen_number=applicant.citizen_number,
        birth_date=applicant.birth_date,
        sex=applicant.sex,
        contacts=tuple(
            Contact(kind=kind, value=value, valid_from=since) for kind, value in contacts if isinstance(value, str)
        ),
        preferred_format=_chosen(PreferredFormat, answers.get("preferred_format"), PreferredFormat.STANDARD),
        preferred_language=_chosen(Language, answers.get("preferred_language"), Language.CHINESE),
    )


def _chosen(kind: type[ChoiceT], answer: object, otherwise: ChoiceT) -> ChoiceT:
    """A choice of the form, which the domain checks in full a moment later."""
    return next((choice for choice in kind if choice.value == answer), otherwise)


def _require_may_apply(person: Person, request: Request, *, uow: UnitOfWork) -> None:
    if uow.actor.has(Role.CITIZEN) and person.id not in {uow.actor.person_id, *uow.actor.acts_for}:
        raise NotYourself("Apply for yourself, or for somebody whose guardian or agent you are on record as today.")
    at_residence = request.answers.get("handled_at") == HandledAt.RESIDENCE and _is_here(person.region, uow=uow)
    if not at_residence and not _is_here(person.registration_region, uow=uow):
        raise OutsideYourArea("The person is registered elsewhere. Send the person, or the papers, to that place.")


def _is_here(region: str, *, uow: UnitOfWork) -> bool:
    """Say whether a place lies in the caller's areas; whoever reaches by party is bound to none."""
    by_area = uow.actor.roles - BY_PARTY
    return not by_area or any(contains(area, region) for area in uow.actor.areas)


async def _place_of_counter(person: Person, selection: Selection, *, uow: UnitOfWork) -> str:
    """Where it is handed in: where the person is registered, or lives, for certificate business that is accepted there.

    Source: the guide to cross-province business (跨省通办) of 2021-06-28: one applies at either federation.

    Raises:
        OutsideYourArea: something else is asked for, or the person is not on record yet.
    """
    if _is_here(person.registration_region, uow=uow):
        return person.registration_region
    is_all_certificate = all(item.case_kind is CaseKind.CERTIFICATE for item in selection.items)
    if not is_all_certificate or not await uow.applications.join_registration(person.id):
        raise OutsideYourArea(
            "Where the person lives, certificate business alone is handed in, for somebody who is in the register. Ask "
            "for the rest at the place of registration, or register the person first."
        )
    return person.region


def _submission(
    request: Request, person: Person, *, application_id: UUID, needs: tuple[SecondPartyNeed, ...], uow: UnitOfWork
) -> Submission:
    is_assisted = bool(uow.actor.roles - BY_PARTY) or person.id in uow.actor.acts_for
    return Submission(
        application_id=application_id,
        person_id=person.id,
        region=person.registration_region,
        residence=person.region,
        source_id=uow.actor.client_id,
        source_number=request.source_number,
        channel=request.channel,
        items=request.items,
        answers=request.answers,
        platform_names=request.platform_names,
        assisted_by=uow.actor.id if is_assisted else None,
        submitted_at=uow.now,
        applied_on=uow.today,
        unconfirmed=frozenset(need.item for need in needs),
        clock_id=uow.clock_id,
    )


def _form(request: Request, answers: Mapping[str, Any]) -> Form:
    """What is kept of a request: of the answers, those that were the applicant's to give."""
    applicant = asdict(request.applicant) | {
        "citizen_number": request.applicant.citizen_number.value,
        "birth_date": request.applicant.birth_date.isoformat() if request.applicant.birth_date else None,
    }
    return Form(applicant=applicant, answers=answers, digest=request.digest)
