"""Cases at any stage for the walk over all tables, where no other builder takes a stage."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from app.domain import benefit, certificate
from app.domain.application import Application, Draft, DraftStage, PublicStatus
from app.domain.benefit import BenefitCase, Route
from app.domain.certificate import CertificateCase
from app.domain.complaint import (
    Complaint,
    ComplaintKind,
    ComplaintQuestion,
    ComplaintStage,
    QuestionStage,
    Wrong,
)
from app.domain.confirmation import Confirmation, ConfirmationStage, SecondParty
from app.domain.consent import Consent, ConsentStage
from app.domain.correction import Correction, CorrectionStage, Want, WantKind
from app.domain.duplicate import DuplicateAction, DuplicateStage, Ground, PersonDuplicate
from app.domain.harm_report import AtRisk, HarmKind, HarmReport, HarmStage
from app.domain.inspection import Inspected, Inspection, InspectionStage
from app.domain.job import Job, JobKind, JobState, Owner
from app.domain.need_report import NeedReport, NeedReportStage
from app.domain.offer import Offer, OfferStage
from app.domain.payment import PaymentRoll, RollStage, Totals
from app.domain.recheck import Recheck, RecheckStage, RunningGrant, Trigger
from app.domain.register import (
    Differing,
    DiscrepancyStage,
    ImportCounts,
    ImportStage,
    Part,
    RegisterDiscrepancy,
    RegisterEntry,
    RegisterImport,
)
from app.domain.review import Origin, Review, ReviewStage
from app.domain.shared.access import Role
from app.domain.shared.authz import PersonField
from app.domain.shared.channel import Channel
from app.domain.shared.identity import Category, CertificateNumber, CitizenNumber, Grade
from app.domain.shared.quantity import Quantity, Unit
from app.domain.shared.transitions import Done
from app.domain.shared.voice import Capacity, Voice, Word
from app.domain.uncertified_entry import Contact, EntryStage, UncertifiedEntry
from app.domain.waiting import Urgency, WaitingEntry, WaitingStage
from tests.builders import (
    APPLICATION_ID,
    APPROVER,
    CASE_ID,
    CIVIL_AFFAIRS,
    COUNTY,
    COUNTY_OFFICER,
    MONDAY,
    OWN_WORD,
    PERSON_ID,
    TOWNSHIP_OFFICER,
    VILLAGE,
    a_benefit_case,
    a_certificate_case,
    a_refusal,
    an_application,
    an_item,
)
from tests.builders.business import a_certificate

AT = datetime(2026, 11, 16, 2, tzinfo=UTC)
BODY_ID = UUID(int=0x100 + list(Role).index(Role.APPEAL_OFFICER))


def an_application_at(stage: PublicStatus) -> Application:
    """The status of a whole follows from its items."""
    if stage is PublicStatus.DRAFT:
        return replace(an_application(), items=())
    if stage is PublicStatus.PARTLY_GRANTED:
        return an_application(
            an_item("certificate", PublicStatus.GRANTED), an_item("living_subsidy", PublicStatus.REFUSED)
        )
    return an_application(an_item("certificate", stage))


def a_draft_at(stage: DraftStage) -> Draft:
    """A draft that is kept for longer than anybody walks."""
    return Draft(
        id=APPLICATION_ID,
        actor_id=UUID(int=1),
        client_id=UUID(int=0xC1),
        package_code="test",
        region=VILLAGE,
        started_at=AT,
        expires_on=date(2100, 1, 1),
        stage=stage,
    )


def a_certificate_at(stage: certificate.CertificateStatus) -> certificate.Certificate:
    """A certificate that stands so after the notice of the usual case."""
    if stage is certificate.CertificateStatus.EXPIRED:
        return a_certificate(valid_until=MONDAY)
    return a_certificate(status=stage)


def a_certificate_case_at(stage: certificate.Stage, way: certificate.Way) -> CertificateCase:
    """A case of any way at any stage, also at one that the way does not have."""
    return replace(_whole_case_at(stage), way=way)


def _whole_case_at(stage: certificate.Stage) -> CertificateCase:
    if stage is certificate.Stage.REFUSED:
        return replace(a_certificate_case(certificate.Stage.EVALUATED), stage=stage, refusal=a_refusal())
    if stage is certificate.Stage.UNDER_INVESTIGATION:
        on_notice = a_certificate_case(certificate.Stage.ON_NOTICE)
        return on_notice.record_objection(by=TOWNSHIP_OFFICER, on=MONDAY, text="invented words")[0]
    if stage in {
        certificate.Stage.AWAITING_CONFIRMATION,
        certificate.Stage.AWAITING_CORRECTION,
        certificate.Stage.INACTIVE,
        certificate.Stage.WITHDRAWN,
        certificate.Stage.CANCELLED,
    }:
        return replace(a_certificate_case(), stage=stage)
    return a_certificate_case(stage)


def a_benefit_case_at(stage: benefit.Stage, route: Route) -> BenefitCase:
    """A case of any route at any stage, also at one that the route does not have."""
    case = replace(a_benefit_case(route=route), stage=stage, notice_last_day=MONDAY)
    if stage is not benefit.Stage.GRANTED:
        return case
    granted = benefit.Grant(first_month=MONDAY.replace(day=1))
    return replace(case, granted=granted, done=(Done(action=benefit.Action.GRANT, stage=stage, on=MONDAY),))


def a_consent_at(stage: ConsentStage) -> Consent:
    """A consent that lasts for longer than anybody walks."""
    return Consent(
        id=UUID(int=0xC0),
        person_id=PERSON_ID,
        region=VILLAGE,
        receiver_id=BODY_ID,
        purpose="service_delivery",
        fields=frozenset({PersonField.NAME}),
        valid_from=MONDAY,
        valid_to=date(2100, 1, 1),
        voice=Voice.PERSON,
        channel=Channel.PORTAL,
        assisted_by=None,
        stage=stage,
    )


def a_confirmation_at(stage: ConfirmationStage) -> Confirmation:
    """A confirmation for which just this citizen is asked."""
    return Confirmation(
        id=UUID(int=71),
        person_id=UUID(int=72),
        person_name="样小小",
        region=VILLAGE,
        application_id=APPLICATION_ID,
        case_id=CASE_ID,
        item="living_subsidy",
        whom=SecondParty.HOUSEHOLD_MEMBER,
        seconds=(PERSON_ID,),
        asked_on=MONDAY,
        answer_by=MONDAY,
        stage=stage,
    )


def a_correction_at(stage: CorrectionStage) -> Correction:
    """A correction of a certificate case, in which an answer is missing."""
    return Correction(
        id=UUID(int=70),
        person_id=PERSON_ID,
        region=VILLAGE,
        application_id=APPLICATION_ID,
        case_id=CASE_ID,
        item="certificate",
        wants=(Want(kind=WantKind.ANSWER, code="phone", text="电话号码少一位。"),),
        asked_by=CIVIL_AFFAIRS.id,
        asked_on=MONDAY,
        answer_by=MONDAY,
        stage=stage,
    )


def a_review_at(stage: ReviewStage) -> Review:
    """A review of a benefit, before the body that the usual officer serves."""
    return Review(
        id=UUID(int=60),
        person_id=PERSON_ID,
        region=VILLAGE,
        application_id=APPLICATION_ID,
        decision_id=UUID(int=61),
        origin=Origin(matter="benefit", case_id=CASE_ID, item="living_subsidy", deciders=frozenset({CIVIL_AFFAIRS.id})),
        subject="benefit.appeal",
        body="county_government",
        body_id=BODY_ID,
        filed_on=MONDAY,
        filed_at=AT,
        last_day=MONDAY + timedelta(days=60),
        word=OWN_WORD,
        statement="invented words",
        due_on=MONDAY,
        stage=stage,
    )


def an_offer_at(stage: OfferStage) -> Offer:
    """An offer that is kept for longer than anybody walks."""
    return Offer(
        id=UUID(int=63),
        person_id=PERSON_ID,
        region=VILLAGE,
        package_code="test",
        item="living_subsidy",
        reasons=(),
        rule_versions=(),
        basis=(),
        made_on=MONDAY,
        made_at=AT,
        expires_on=date(2100, 1, 1),
        stage=stage,
    )


def a_discrepancy_at(stage: DiscrepancyStage) -> RegisterDiscrepancy:
    """A row of another register that says another name."""
    citizen = CitizenNumber.of(region="990101", born_on=date(1901, 2, 3), sequence=7)
    number = CertificateNumber.of(citizen, category=Category.PHYSICAL, grade=Grade.FIRST)
    entry = RegisterEntry(
        name="样本雪",
        citizen_number=citizen.value,
        number=number.value,
        category=number.category,
        grade=number.grade,
        components={number.category: number.grade},
        issued_on=MONDAY,
        registration_code="652301104201",
        residence_code="652301104201",
    )
    return RegisterDiscrepancy(
        id=UUID(int=64),
        person_id=PERSON_ID,
        region=VILLAGE,
        job_id=UUID(int=65),
        entry=entry,
        differing=(Differing(Part.NAME, "样本云", "样本雪"),),
        certificate_id=None,
        certificate_version=None,
        opened_on=MONDAY,
        opened_at=AT,
        opened_by=UUID(int=66),
        stage=stage,
    )


def a_register_import_at(stage: ImportStage) -> RegisterImport:
    """A table that an officer of the county has asked to take over."""
    asked, _ = RegisterImport.ask(
        job_id=UUID(int=69), dry_run_id=UUID(int=70), counts=ImportCounts(new=2), by=COUNTY_OFFICER, at=AT, on=MONDAY
    )
    return replace(asked, stage=stage, organisation_id=next(iter(APPROVER.organisation_ids)))


def a_duplicate_at(stage: DuplicateStage) -> PersonDuplicate:
    """Two records of the same name and day of birth; that they are one person's, somebody else has proposed."""
    is_proposed = stage in {DuplicateStage.MERGE_PROPOSED, DuplicateStage.MERGED}
    proposal = Done(action=DuplicateAction.MERGE, stage=DuplicateStage.MERGE_PROPOSED, on=MONDAY, by=UUID(int=0x9D))
    return PersonDuplicate(
        id=UUID(int=67),
        person_id=PERSON_ID,
        other_id=UUID(int=68),
        region=VILLAGE,
        grounds=(Ground.NAME_SAME, Ground.BIRTH_SAME),
        points=75,
        rule_versions=(),
        found_on=MONDAY,
        stage=stage,
        done=(proposal,) if is_proposed else (),
        kept_id=PERSON_ID if is_proposed else None,
    )


def a_roll_at(stage: RollStage) -> PaymentRoll:
    """A roll of a month, with sums that come to nothing."""
    roll, _ = PaymentRoll.order(
        roll_id=UUID(int=1),
        region=COUNTY,
        benefit="living_subsidy",
        month=date(2026, 11, 1),
        job_id=UUID(int=2),
        by=CIVIL_AFFAIRS,
        today=MONDAY,
    )
    return replace(roll, stage=stage, totals=Totals())


def a_recheck_at(stage: RecheckStage) -> Recheck:
    """A look again at a running grant that nobody has reported: it followed from what is on record."""
    grant = RunningGrant(
        case_id=CASE_ID, person_id=PERSON_ID, region=VILLAGE, application_id=APPLICATION_ID, item="living_subsidy"
    )
    opened, _ = Recheck.open(
        grant, Trigger.DEATH, recheck_id=UUID(int=62), at=AT, on=MONDAY, due_on=MONDAY + timedelta(days=28)
    )
    return replace(opened, stage=stage)


def a_job_at(state: JobState) -> Job:
    """Work that somebody has ordered."""
    owner = Owner(
        subject=UUID(int=1), client_id=UUID(int=2), roles=frozenset({Role.PORTAL}), scopes=frozenset(), token_id="t"
    )
    return replace(Job.order(JobKind.REGISTER_IMPORT, job_id=UUID(int=3), owner=owner, at=AT), state=state)


def an_entry_at(stage: EntryStage) -> UncertifiedEntry:
    """An entry on the ledger of somebody who has agreed to it."""
    return UncertifiedEntry(
        id=UUID(int=64),
        person_id=PERSON_ID,
        region=VILLAGE,
        reason="not_aware",
        needs=(),
        owner_id=UUID(int=65),
        voice=Voice.PERSON,
        channel=Channel.HOME_VISIT,
        opened_by=UUID(int=66),
        opened_on=MONDAY,
        next_contact_on=MONDAY + timedelta(days=90),
        contacts=(Contact(on=MONDAY, by=UUID(int=66), channel=Channel.HOME_VISIT),),
        stage=stage,
    )


def a_harm_report_at(stage: HarmStage) -> HarmReport:
    """A report of suspected harm, which lies with the county."""
    return HarmReport(
        id=UUID(int=67),
        person_id=PERSON_ID,
        region=COUNTY,
        kind=HarmKind.NEGLECT,
        at_risk=AtRisk.MINOR,
        words="多日无人照料",
        told_police=False,
        body_id=UUID(int=68),
        reported_by=UUID(int=66),
        reported_at=AT,
        receive_by=AT + timedelta(hours=2),
        stage=stage,
    )


def a_waiting_entry_at(stage: WaitingStage) -> WaitingEntry:
    """A need on the list of a service."""
    return WaitingEntry(
        id=UUID(int=70),
        person_id=PERSON_ID,
        region=VILLAGE,
        need_id=UUID(int=71),
        need="home_care",
        service_id=UUID(int=1),
        since=MONDAY,
        urgency=Urgency.ROUTINE,
        stage=stage,
    )


def a_need_report_at(stage: NeedReportStage) -> NeedReport:
    """A need that the village cannot meet."""
    return NeedReport(
        id=UUID(int=69),
        person_id=PERSON_ID,
        region=VILLAGE,
        need="long_term_care",
        words="村里没有护理员",
        reported_by=UUID(int=66),
        reported_on=MONDAY,
        due_on=MONDAY + timedelta(days=7),
        stage=stage,
    )


PROVIDER_ID = UUID(int=0x100 + list(Role).index(Role.PROVIDER))


def a_complaint_at(stage: ComplaintStage) -> Complaint:
    """About a service of somebody else's organisation, filed by the person."""
    wrong = Wrong(
        person_id=PERSON_ID,
        region=COUNTY,
        referral_id=UUID(int=1),
        service_id=UUID(int=2),
        provider_id=UUID(int=0x5AFE),
        kind=ComplaintKind.QUALITY,
        words="说好两小时，只待了半小时",
        is_anonymous=True,
    )
    return Complaint(
        id=UUID(int=3),
        wrong=wrong,
        word=Word(Capacity.PERSON),
        filed_by=UUID(int=4),
        filed_at=AT,
        receive_by=MONDAY,
        close_by=MONDAY,
        person_id=PERSON_ID,
        region=COUNTY,
        stage=stage,
    )


def a_question_at(stage: QuestionStage) -> ComplaintQuestion:
    """To the provider of the builders."""
    return ComplaintQuestion(
        id=UUID(int=5),
        region=COUNTY,
        complaint_id=UUID(int=3),
        service_id=UUID(int=2),
        provider_id=PROVIDER_ID,
        referral_id=None,
        text="请说明上周的服务时长",
        asked_at=AT,
        answer_by=MONDAY,
        stage=stage,
    )


def an_inspection_at(stage: InspectionStage) -> Inspection:
    """Of a delivery of somebody else's organisation, by a referral that somebody else has made."""
    inspected = Inspected(
        delivery_id=UUID(int=6),
        referral_id=UUID(int=1),
        person_id=PERSON_ID,
        region=VILLAGE,
        service_id=UUID(int=2),
        provider_id=UUID(int=0x5AFE),
        offered_by=UUID(int=8),
        delivered_on=MONDAY,
        quantity=Quantity(amount=2, unit=Unit.HOUR),
    )
    return Inspection(
        id=UUID(int=7),
        person_id=PERSON_ID,
        region=VILLAGE,
        draw_id=UUID(int=9),
        inspected=inspected,
        opened_at=AT,
        due_on=MONDAY,
        stage=stage,
    )
