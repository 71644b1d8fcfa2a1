"""The tables, as SQLModel classes: schema only. Rules live in the domain, rows are mapped by hand."""

from app.adapters.postgres.tables.application import ApplicationItemRow, ApplicationRow, BenefitCaseRow
from app.adapters.postgres.tables.archive import ArchiveCountRow, ArchiveDocumentRow
from app.adapters.postgres.tables.capacity import ServicePlaceRow
from app.adapters.postgres.tables.care import (
    AssessmentRow,
    NeedRow,
    PlanRow,
    ProviderOutcomeRow,
    ReferralRow,
    ServiceRatingRow,
    ServiceRow,
)
from app.adapters.postgres.tables.certificate import CertificateCaseRow, CertificateRow, CertificateVersionRow
from app.adapters.postgres.tables.clock import CaseClockRow
from app.adapters.postgres.tables.columns import metadata
from app.adapters.postgres.tables.complaint import ComplaintQuestionRow, ComplaintRow
from app.adapters.postgres.tables.confirmation import ConfirmationRow
from app.adapters.postgres.tables.consent import ConsentRow
from app.adapters.postgres.tables.correction import CorrectionRow
from app.adapters.postgres.tables.death_report import DeathTakenBackRow
from app.adapters.postgres.tables.decision import DecisionRow
from app.adapters.postgres.tables.delivery import DeliveryFindingRow, DeliveryRow
from app.adapters.postgres.tables.draft import DraftRow
from app.adapters.postgres.tables.draw import DrawCommitmentRow, DrawRow, DrawTakeoverRow
from app.adapters.postgres.tables.duplicate import PersonDuplicateRow, PersonKeyRow
from app.adapters.postgres.tables.event import (
    AccessRecordRow,
    EventRow,
    IdempotencyKeyRow,
    LogLeafRow,
    ReceiptRow,
)
from app.adapters.postgres.tables.evidence import EvidenceRequestRow, EvidenceRow, UploadRow
from app.adapters.postgres.tables.harm_report import HarmReportRow
from app.adapters.postgres.tables.home_visit import HomeVisitRow
from app.adapters.postgres.tables.inspection import InspectionRow
from app.adapters.postgres.tables.integrity import IntegrityAlarmRow, IntegrityLookRow
from app.adapters.postgres.tables.job import JobInputRow, JobResultRow, JobRow
from app.adapters.postgres.tables.need_report import NeedReportRow
from app.adapters.postgres.tables.offer import OfferRow
from app.adapters.postgres.tables.organisation import (
    AccountRow,
    ClientRow,
    ClockRow,
    MembershipRow,
    OrganisationRow,
    RevocationRow,
    StaffContactRow,
)
from app.adapters.postgres.tables.payment import PaymentLineRow, PaymentRollRow
from app.adapters.postgres.tables.person import (
    EconomicStatusRow,
    GuardianshipRow,
    HouseholdMemberRow,
    PartyRow,
    PersonContactRow,
    PersonIdentifierRow,
    PersonNameRow,
    PersonRow,
    ResidenceMoveRow,
)
from app.adapters.postgres.tables.population import PersonFactsRow
from app.adapters.postgres.tables.project import BeneficiaryRow, ProjectAccountRow, ProjectRow
from app.adapters.postgres.tables.quota import QuotaTallyRow
from app.adapters.postgres.tables.rating import RatingRow
from app.adapters.postgres.tables.recheck import RecheckRow
from app.adapters.postgres.tables.region import RegionCodeRow, RegionRow
from app.adapters.postgres.tables.register import RegisterDiscrepancyRow, RegisterImportNamedRow, RegisterImportRow
from app.adapters.postgres.tables.review import ReviewRow
from app.adapters.postgres.tables.roster import PersonGroupRow, RosterCellRow, RosterKeptRow, RosterRow, RosterSpanRow
from app.adapters.postgres.tables.rulebook import RuleRow
from app.adapters.postgres.tables.survey import SurveyEntryRow, SurveyRoundRow
from app.adapters.postgres.tables.survey_finding import SurveyFindingRow
from app.adapters.postgres.tables.uncertified_entry import UncertifiedEntryRow
from app.adapters.postgres.tables.visit import VisitRow
from app.adapters.postgres.tables.waiting import WaitingEntryRow

__all__ = [
    "AccessRecordRow",
    "AccountRow",
    "ApplicationItemRow",
    "ApplicationRow",
    "ArchiveCountRow",
    "ArchiveDocumentRow",
    "AssessmentRow",
    "BeneficiaryRow",
    "BenefitCaseRow",
    "CaseClockRow",
    "CertificateCaseRow",
    "CertificateRow",
    "CertificateVersionRow",
    "ClientRow",
    "ClockRow",
    "ComplaintQuestionRow",
    "ComplaintRow",
    "ConfirmationRow",
    "ConsentRow",
    "CorrectionRow",
    "DeathTakenBackRow",
    "DecisionRow",
    "DeliveryFindingRow",
    "DeliveryRow",
    "DraftRow",
    "DrawCommitmentRow",
    "DrawRow",
    "DrawTakeoverRow",
    "EconomicStatusRow",
    "EventRow",
    "EvidenceRequestRow",
    "EvidenceRow",
    "GuardianshipRow",
    "HarmReportRow",
    "HomeVisitRow",
    "HouseholdMemberRow",
    "IdempotencyKeyRow",
    "InspectionRow",
    "IntegrityAlarmRow",
    "IntegrityLookRow",
    "JobInputRow",
    "JobResultRow",
    "JobRow",
    "LogLeafRow",
    "MembershipRow",
    "NeedReportRow",
    "NeedRow",
    "OfferRow",
    "OrganisationRow",
    "PartyRow",
    "PaymentLineRow",
    "PaymentRollRow",
    "PersonContactRow",
    "PersonDuplicateRow",
    "PersonFactsRow",
    "PersonGroupRow",
    "PersonIdentifierRow",
    "PersonKeyRow",
    "PersonNameRow",
    "PersonRow",
    "PlanRow",
    "ProjectAccountRow",
    "ProjectRow",
    "ProviderOutcomeRow",
    "QuotaTallyRow",
    "RatingRow",
    "ReceiptRow",
    "RecheckRow",
    "ReferralRow",
    "RegionCodeRow",
    "RegionRow",
    "RegisterDiscrepancyRow",
    "RegisterImportNamedRow",
    "RegisterImportRow",
    "ResidenceMoveRow",
    "ReviewRow",
    "RevocationRow",
    "RosterCellRow",
    "RosterKeptRow",
    "RosterRow",
    "RosterSpanRow",
    "RuleRow",
    "ServicePlaceRow",
    "ServiceRatingRow",
    "ServiceRow",
    "StaffContactRow",
    "SurveyEntryRow",
    "SurveyFindingRow",
    "SurveyRoundRow",
    "UncertifiedEntryRow",
    "UploadRow",
    "VisitRow",
    "WaitingEntryRow",
    "metadata",
]
