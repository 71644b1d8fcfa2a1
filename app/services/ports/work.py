"""The unit of work: one transaction, entered as a caller whose rights the database has confirmed."""

from collections.abc import Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self, TypeVar
from uuid import UUID

from app.domain.certificate import Claims
from app.domain.shared.access import Principal, Role
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.events import Aggregate, Event, Rehearsed
from app.domain.shared.party import UNTIL_FURTHER, Access
from app.domain.shared.region import Regions
from app.domain.shared.rulebook import Rulebook
from app.services.ports.access_record import AccessRecords
from app.services.ports.application import Applications, BenefitCases
from app.services.ports.archive import Archives
from app.services.ports.assessment import Assessments, Needs
from app.services.ports.caller import Caller
from app.services.ports.capacity import AllServicePlaces
from app.services.ports.catalogue import Services
from app.services.ports.certificate import CertificateCases, Certificates
from app.services.ports.clock import CaseClocks
from app.services.ports.complaint import ComplaintQuestions, Complaints
from app.services.ports.confirmation import Confirmations
from app.services.ports.consent import Consents
from app.services.ports.correction import Corrections
from app.services.ports.death_report import DeathReports
from app.services.ports.decision import Decisions
from app.services.ports.delivery import Deliveries, DeliveryFindings
from app.services.ports.directory import Directories
from app.services.ports.draft import Drafts
from app.services.ports.draw import Draws
from app.services.ports.duplicate import PersonDuplicates
from app.services.ports.event import Events
from app.services.ports.evidence import EvidenceOnRecord, EvidenceRequests, Uploads
from app.services.ports.facts import Facts
from app.services.ports.grant import DecidedBenefits, Grants
from app.services.ports.harm_report import HarmReports
from app.services.ports.home_visit import HomeVisits
from app.services.ports.household import Households
from app.services.ports.inspection import Inspections
from app.services.ports.integrity import IntegrityAlarms
from app.services.ports.job import Jobs
from app.services.ports.need_report import NeedReports
from app.services.ports.offer import Offers
from app.services.ports.organisation import Organisations
from app.services.ports.past_roster import PastRosters
from app.services.ports.payment import PaymentRolls
from app.services.ports.person import Persons
from app.services.ports.plan import Plans
from app.services.ports.population import Population
from app.services.ports.project import Beneficiaries, Projects
from app.services.ports.rating import Ratings
from app.services.ports.receipt import Receipts
from app.services.ports.recheck import Rechecks
from app.services.ports.reconciliation import Reconciliations
from app.services.ports.referral import Referrals
from app.services.ports.register import RegisterDiscrepancies, RegisterImports
from app.services.ports.residence import Residences
from app.services.ports.review import Reviews
from app.services.ports.roster import Roster
from app.services.ports.sandbox import Clocks
from app.services.ports.survey import SurveyEntries, SurveyRounds
from app.services.ports.survey_finding import SurveyFindings
from app.services.ports.texts import Texts
from app.services.ports.uncertified_entry import UncertifiedEntries
from app.services.ports.visit import Visits
from app.services.ports.waiting import WaitingEntries

Result = TypeVar("Result")


class UnitOfWork(Protocol):
    """One transaction as one caller. Leaving without `commit` undoes everything."""

    @property
    def caller(self) -> Caller: ...
    @property
    def actor(self) -> Principal: ...
    @property
    def now(self) -> datetime: ...
    @property
    def real_now(self) -> datetime: ...
    @property
    def today(self) -> date: ...
    @property
    def clock_id(self) -> UUID | None: ...
    @property
    def rulebook(self) -> Rulebook: ...
    @property
    def regions(self) -> Regions: ...
    @property
    def texts(self) -> Texts: ...
    @property
    def clocks(self) -> Clocks: ...
    @property
    def persons(self) -> Persons: ...
    @property
    def households(self) -> Households: ...
    @property
    def organisations(self) -> Organisations: ...
    @property
    def applications(self) -> Applications: ...
    @property
    def reconciliations(self) -> Reconciliations: ...
    @property
    def offers(self) -> Offers: ...
    @property
    def decided_benefits(self) -> DecidedBenefits: ...
    @property
    def population(self) -> Population: ...
    @property
    def uncertified_entries(self) -> UncertifiedEntries: ...
    @property
    def harm_reports(self) -> HarmReports: ...
    @property
    def need_reports(self) -> NeedReports: ...
    @property
    def home_visits(self) -> HomeVisits: ...
    @property
    def past_rosters(self) -> PastRosters: ...
    @property
    def archives(self) -> Archives: ...
    @property
    def residences(self) -> Residences: ...
    @property
    def death_reports(self) -> DeathReports: ...
    @property
    def roster(self) -> Roster: ...
    @property
    def survey_rounds(self) -> SurveyRounds: ...
    @property
    def survey_entries(self) -> SurveyEntries: ...
    @property
    def survey_findings(self) -> SurveyFindings: ...
    @property
    def ratings(self) -> Ratings: ...
    @property
    def visits(self) -> Visits: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def draws(self) -> Draws: ...
    @property
    def integrity_alarms(self) -> IntegrityAlarms: ...
    @property
    def benefit_cases(self) -> BenefitCases: ...
    @property
    def case_clocks(self) -> CaseClocks: ...
    @property
    def certificate_cases(self) -> CertificateCases: ...
    @property
    def certificates(self) -> Certificates: ...
    @property
    def consents(self) -> Consents: ...
    @property
    def confirmations(self) -> Confirmations: ...
    @property
    def corrections(self) -> Corrections: ...
    @property
    def decisions(self) -> Decisions: ...
    @property
    def evidence(self) -> EvidenceOnRecord: ...
    @property
    def evidence_requests(self) -> EvidenceRequests: ...
    @property
    def uploads(self) -> Uploads: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def assessments(self) -> Assessments: ...
    @property
    def needs(self) -> Needs: ...
    @property
    def service_places(self) -> AllServicePlaces: ...
    @property
    def waiting_entries(self) -> WaitingEntries: ...
    @property
    def projects(self) -> Projects: ...
    @property
    def beneficiaries(self) -> Beneficiaries: ...
    @property
    def services(self) -> Services: ...
    @property
    def directory(self) -> Directories: ...
    @property
    def plans(self) -> Plans: ...
    @property
    def referrals(self) -> Referrals: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def delivery_findings(self) -> DeliveryFindings: ...
    @property
    def inspections(self) -> Inspections: ...
    @property
    def complaints(self) -> Complaints: ...
    @property
    def complaint_questions(self) -> ComplaintQuestions: ...
    @property
    def reviews(self) -> Reviews: ...
    @property
    def receipts(self) -> Receipts: ...
    @property
    def grants(self) -> Grants: ...
    @property
    def rechecks(self) -> Rechecks: ...
    @property
    def person_duplicates(self) -> PersonDuplicates: ...
    @property
    def register_discrepancies(self) -> RegisterDiscrepancies: ...
    @property
    def register_imports(self) -> RegisterImports: ...
    @property
    def payment_rolls(self) -> PaymentRolls: ...
    @property
    def jobs(self) -> Jobs: ...
    @property
    def events(self) -> Events: ...
    @property
    def access_records(self) -> AccessRecords: ...

    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def calendar(self, region: str) -> WorkingCalendar:
        """The working calendar of a region."""
        ...

    def new_id(self) -> UUID:
        """A new time-ordered id (UUIDv7)."""
        ...

    def new_seed(self) -> bytes:
        """A new seed for a draw, which nobody can guess; the only chance that the service takes."""
        ...

    def record(self, event: Event | Rehearsed, *, about: Aggregate) -> None:
        """Write down what happened, with its leaf of the decision log, in this transaction."""
        ...

    def accessed(self, *person_ids: UUID, disclosed: tuple[str, ...], purpose: str | None = None) -> None:
        """Write down who was shown whom, and what for; it is durable before the answer goes out.

        Without a purpose it is the one that the caller's token names, if it does.
        """
        ...

    def admit(
        self,
        party_id: UUID,
        *,
        to: UUID,
        role: Role,
        person_id: UUID | None = None,
        access: Access = UNTIL_FURTHER,
        consent_purpose: str | None = None,
    ) -> None:
        """Make somebody a party to a case, and to the person where `person_id` is given.

        With `consent_purpose` the person is shown only while a consent for it is in force, whatever the days.
        """
        ...

    async def step_back(self) -> None:
        """Look no further than the own cases from here on: whoever looks further changes nothing."""
        ...

    def mismatched(self) -> None:
        """Count that a name does not go with a number on record: who tries many of them is not let go on."""
        ...

    def guessed(self, asked: Sequence[Claims], *, missed: Sequence[bool]) -> Sequence[bool]:
        """Count which certificates there are not, and say which are asked of a holder of whom too many were not there.

        What was found of such a holder is not told: it is what the others have tried to find.
        """
        ...

    def bound(self, party_id: UUID, *, to: UUID, role: Role, access: Access) -> None:
        """Say how long somebody who is a party to a case still is, while changing the case."""
        ...

    async def commit(self, result: Result) -> Result:
        """Make it all durable and hand the result on."""
        ...
