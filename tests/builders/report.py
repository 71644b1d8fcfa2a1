"""What is reported and looked into: harm, needs, complaints and inspections, at any stage."""

from datetime import timedelta
from uuid import UUID

from app.domain.complaint import (
    Complaint,
    ComplaintKind,
    ComplaintQuestion,
    ComplaintStage,
    QuestionStage,
    Wrong,
)
from app.domain.harm_report import AtRisk, HarmKind, HarmReport, HarmStage
from app.domain.inspection import Inspected, Inspection, InspectionStage
from app.domain.need_report import NeedReport, NeedReportStage
from app.domain.shared.quantity import Quantity, Unit
from app.domain.shared.voice import Capacity, Word
from tests.builders.people import COUNTY, MONDAY, NOW, PERSON_ID, PROVIDER_ID, VILLAGE


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
        reported_at=NOW,
        receive_by=NOW + timedelta(hours=2),
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
        filed_at=NOW,
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
        asked_at=NOW,
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
        opened_at=NOW,
        due_on=MONDAY,
        stage=stage,
    )
