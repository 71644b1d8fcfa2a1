"""The tables, as SQLModel classes: schema only. Rules live in the domain, rows are mapped by hand."""

from app.adapters.postgres.tables.application import ApplicationItemRow, ApplicationRow, BenefitCaseRow
from app.adapters.postgres.tables.care import AssessmentRow, NeedRow, PlanRow, ReferralRow, ServiceRow
from app.adapters.postgres.tables.certificate import CertificateCaseRow, CertificateRow, CertificateVersionRow
from app.adapters.postgres.tables.clock import CaseClockRow
from app.adapters.postgres.tables.columns import metadata
from app.adapters.postgres.tables.confirmation import ConfirmationRow
from app.adapters.postgres.tables.consent import ConsentRow
from app.adapters.postgres.tables.correction import CorrectionRow
from app.adapters.postgres.tables.decision import DecisionRow
from app.adapters.postgres.tables.draft import DraftRow
from app.adapters.postgres.tables.draw import DrawCommitmentRow, DrawRow
from app.adapters.postgres.tables.event import (
    AccessRecordRow,
    EventRow,
    IdempotencyKeyRow,
    LogLeafRow,
    ReceiptRow,
)
from app.adapters.postgres.tables.evidence import EvidenceRequestRow, EvidenceRow, UploadRow
from app.adapters.postgres.tables.job import JobInputRow, JobResultRow, JobRow
from app.adapters.postgres.tables.offer import OfferRow
from app.adapters.postgres.tables.organisation import (
    AccountRow,
    ClientRow,
    ClockRow,
    MembershipRow,
    OrganisationRow,
    RevocationRow,
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
)
from app.adapters.postgres.tables.quota import QuotaBreadthRow, QuotaCountRow
from app.adapters.postgres.tables.rating import RatingRow
from app.adapters.postgres.tables.recheck import RecheckRow
from app.adapters.postgres.tables.region import RegionCodeRow, RegionRow
from app.adapters.postgres.tables.register import RegisterDiscrepancyRow
from app.adapters.postgres.tables.review import ReviewRow
from app.adapters.postgres.tables.rulebook import RuleRow
from app.adapters.postgres.tables.uncertified_entry import UncertifiedEntryRow
from app.adapters.postgres.tables.visit import VisitRow

__all__ = [
    "AccessRecordRow",
    "AccountRow",
    "ApplicationItemRow",
    "ApplicationRow",
    "AssessmentRow",
    "BenefitCaseRow",
    "CaseClockRow",
    "CertificateCaseRow",
    "CertificateRow",
    "CertificateVersionRow",
    "ClientRow",
    "ClockRow",
    "ConfirmationRow",
    "ConsentRow",
    "CorrectionRow",
    "DecisionRow",
    "DraftRow",
    "DrawCommitmentRow",
    "DrawRow",
    "EconomicStatusRow",
    "EventRow",
    "EvidenceRequestRow",
    "EvidenceRow",
    "GuardianshipRow",
    "HouseholdMemberRow",
    "IdempotencyKeyRow",
    "JobInputRow",
    "JobResultRow",
    "JobRow",
    "LogLeafRow",
    "MembershipRow",
    "NeedRow",
    "OfferRow",
    "OrganisationRow",
    "PartyRow",
    "PaymentLineRow",
    "PaymentRollRow",
    "PersonContactRow",
    "PersonIdentifierRow",
    "PersonNameRow",
    "PersonRow",
    "PlanRow",
    "QuotaBreadthRow",
    "QuotaCountRow",
    "RatingRow",
    "ReceiptRow",
    "RecheckRow",
    "ReferralRow",
    "RegionCodeRow",
    "RegionRow",
    "RegisterDiscrepancyRow",
    "ReviewRow",
    "RevocationRow",
    "RuleRow",
    "ServiceRow",
    "UncertifiedEntryRow",
    "UploadRow",
    "VisitRow",
    "metadata",
]
