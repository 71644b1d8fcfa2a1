"""Applying once: the choice is held to the package and becomes an application with a case for each item."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

from app.domain import certificate
from app.domain.application.application import Application, Item
from app.domain.application.events import ApplicationSubmitted
from app.domain.application.form import require_answers
from app.domain.application.package import Package, PackageItem, Selection
from app.domain.application.platform import NO_NAME, PlatformNames, require_clear
from app.domain.application.promise import Promise, promise_of
from app.domain.application.status import SECOND_PARTY_PENDING, PublicStatus
from app.domain.benefit import BenefitCase, Stage
from app.domain.certificate import Business, CancellationGround, CertificateCase, HandledAt
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.channel import Channel
from app.domain.shared.errors import Unprocessable
from app.domain.shared.identity import Category
from app.domain.shared.region import Level, area_at

Case: TypeAlias = CertificateCase | BenefitCase


class SourceNumberMissing(Unprocessable):
    """The client gives no number of its own, by which the application could be found again."""

    code = "source_number_missing"
    title = "Give your own number of the application"


class BusinessNotOffered(Unprocessable):
    """The certificate business that is asked for is none that the place does."""

    code = "business_not_offered"
    title = "This certificate business is not offered"


class NotAcceptedAtResidence(Unprocessable):
    """The business is to be accepted where the person lives, which it is not, or there is no such other place."""

    code = "not_accepted_at_residence"
    title = "This is not accepted at the place of residence"


@dataclass(frozen=True, slots=True)
class Owner:
    """The organisation that answers for an item, with its unified social credit code where it has one."""

    id: UUID
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a client hands in for a person, with the ids that it gets here. Answers do not show themselves in logs."""

    application_id: UUID
    person_id: UUID
    region: str
    residence: str | None = None
    """The path of where the person lives; None where it does not matter."""
    source_id: UUID
    source_number: str
    channel: Channel
    items: Collection[str]
    answers: Mapping[str, object] = field(default_factory=dict, repr=False)
    platform_names: PlatformNames = field(default_factory=dict)
    assisted_by: UUID | None = None
    submitted_at: datetime
    applied_on: date
    """The legal day of the submission."""
    unconfirmed: frozenset[str] = frozenset()
    """The items that need a second person's word, which is not there yet."""
    clock_id: UUID | None = None


def submit(
    submission: Submission,
    *,
    package: Package,
    case_ids: Mapping[str, UUID],
    owners: Mapping[str, Owner],
    calendar: WorkingCalendar,
) -> tuple[Application, ApplicationSubmitted]:
    """The application for what was chosen; each item waits for those chosen items that it builds on.

    `case_ids` and `owners` name, for each chosen item, the case that will carry it and the organisation that answers
    for it; by the calendar, each is promised a last day. Nothing is promised of what a second person's word holds up.

    Raises:
        NothingChosen, ItemNotInPackage: the choice does not fit the package.
        SourceNumberMissing: the client gives no number of its own.
        AnswersNotRight: the form is not filled in rightly.
        PlatformNameUnclear: a name of the platform's belongs to no chosen item, or to two.
    """
    if not submission.source_number.strip():
        raise SourceNumberMissing("Give the number that you know this application by.", pointer="/source_number")
    selection = package.chosen(submission.items)
    require_answers(selection.form, submission.answers)
    require_clear(submission.platform_names, items=selection.codes)
    business = business_of(submission.answers)
    promise = promise_of(selection, on=submission.applied_on, calendar=calendar, business=business)
    items = _items(selection, submission, case_ids=case_ids, owners=owners, promise=promise)
    application = _application(submission, package, items)
    return application, ApplicationSubmitted(
        application_id=application.id,
        package_code=package.code,
        package_version=package.version,
        channel=submission.channel,
        source_number=application.source_number,
        items=tuple(item.code for item in items),
        promised_until=application.promised_until,
    )


def cases_of(application: Application, submission: Submission, *, package: Package) -> tuple[Case, ...]:
    """The cases that carry the items, in the order of the items; those that wait are opened waiting.

    Raises:
        BusinessNotOffered: the package does not offer the certificate business that is asked for.
        NotAcceptedAtResidence: it is not accepted where the person lives.
    """
    offered = {item.code: item for item in package.items}
    return tuple(_case(item, offered[item.code], submission=submission) for item in application.items)


def business_of(answers: Mapping[str, object]) -> Business | None:
    """The certificate business that is asked for; a first issue where none is said, None where there is no such one."""
    asked = answers.get("business", Business.NEW)
    return next((business for business in Business if business == asked), None)


def _items(
    selection: Selection,
    submission: Submission,
    *,
    case_ids: Mapping[str, UUID],
    owners: Mapping[str, Owner],
    promise: Promise,
) -> tuple[Item, ...]:
    held_up = selection.held_up_by(submission.unconfirmed)
    return tuple(
        Item(
            code=item.code,
            case_id=case_ids[item.code],
            case_kind=item.case_kind,
            owner_id=owners[item.code].id,
            owner_code=owners[item.code].code,
            platform=submission.platform_names.get(item.code, NO_NAME),
            status=begins_as(selection.waits_for(item), needs_word=item.code in submission.unconfirmed),
            status_reason=SECOND_PARTY_PENDING if item.code in submission.unconfirmed else None,
            depends_on=selection.waits_for(item),
            promised_until=None if item.code in held_up else promise.ends[item.code],
        )
        for item in selection.items
    )


def begins_as(waits_for: Collection[object], *, needs_word: bool) -> PublicStatus:
    """How an item stands at first: asked about, waiting for what it builds on, or before its office."""
    if needs_word:
        return PublicStatus.ACTION_NEEDED
    return PublicStatus.WAITING if waits_for else PublicStatus.SUBMITTED


def _application(submission: Submission, package: Package, items: tuple[Item, ...]) -> Application:
    return Application(
        id=submission.application_id,
        person_id=submission.person_id,
        region=submission.region,
        package_code=package.code,
        package_version=package.version,
        source_id=submission.source_id,
        source_number=submission.source_number.strip(),
        channel=submission.channel,
        submitted_at=submission.submitted_at,
        items=items,
        assisted_by=submission.assisted_by,
        clock_id=submission.clock_id,
    )


def _case(item: Item, offered: PackageItem, *, submission: Submission) -> Case:
    if offered.route is None:
        return _certificate_case(item, offered, submission=submission)
    return BenefitCase(
        id=item.case_id,
        person_id=submission.person_id,
        region=submission.region,
        application_id=submission.application_id,
        item=item.code,
        route=offered.route,
        applied_on=submission.applied_on,
        submitted_at=submission.submitted_at,
        stage=_stage_of(item),
    )


def _stage_of(item: Item) -> Stage:
    if item.needs_word:
        return Stage.AWAITING_CONFIRMATION
    return Stage.WAITING if item.status is PublicStatus.WAITING else Stage.SUBMITTED


def _certificate_case(item: Item, offered: PackageItem, *, submission: Submission) -> CertificateCase:
    business = business_of(submission.answers)
    if business is None or business not in offered.ways:
        raise BusinessNotOffered(
            "The place does not do this certificate business. Choose one of the form's.", pointer="/answers/business"
        )
    declared = submission.answers.get("conditions") or ()
    named = declared if isinstance(declared, list | tuple) else ()
    return CertificateCase(
        id=item.case_id,
        person_id=submission.person_id,
        region=submission.region,
        submitted_at=submission.submitted_at,
        application_id=submission.application_id,
        item=item.code,
        business=business,
        way=offered.ways[business],
        accepting_region=_accepting_region(business, offered, submission=submission),
        ground=CancellationGround.VOLUNTARY if business is Business.CANCELLATION else None,
        stage=certificate.Stage.AWAITING_CONFIRMATION if item.needs_word else certificate.Stage.SUBMITTED,
        declared_categories=frozenset(Category.from_slug(slug) for slug in named),
    )


def _accepting_region(business: Business, offered: PackageItem, *, submission: Submission) -> str | None:
    """The residence, where the business is to be accepted there."""
    if submission.answers.get("handled_at") != HandledAt.RESIDENCE:
        return None
    home, residence = submission.region, submission.residence
    is_elsewhere = residence is not None and area_at(residence, Level.COUNTY) != area_at(home, Level.COUNTY)
    if not is_elsewhere or business not in offered.crossing:
        raise NotAcceptedAtResidence(
            "Ask for it at the place of registration: the person lives in the same county, or the business is not "
            "accepted elsewhere.",
            pointer="/answers/handled_at",
        )
    return residence
