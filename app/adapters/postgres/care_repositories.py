"""The repositories of care, from what is reported to what is delivered, of one unit of work."""

from functools import cached_property

from app.adapters.postgres.assessment import PostgresAssessments, PostgresNeeds
from app.adapters.postgres.capacity import PostgresServicePlaces
from app.adapters.postgres.catalogue import PostgresServices
from app.adapters.postgres.complaint import PostgresComplaintQuestions, PostgresComplaints
from app.adapters.postgres.delivery import PostgresDeliveries, PostgresDeliveryFindings
from app.adapters.postgres.directory import PostgresDirectories
from app.adapters.postgres.gate import Admission
from app.adapters.postgres.harm_report import PostgresHarmReports
from app.adapters.postgres.home_visit import PostgresHomeVisits
from app.adapters.postgres.inspection import PostgresInspections
from app.adapters.postgres.need_report import PostgresNeedReports
from app.adapters.postgres.plan import PostgresPlans
from app.adapters.postgres.project import PostgresBeneficiaries, PostgresProjects
from app.adapters.postgres.referral import PostgresReferrals
from app.adapters.postgres.session import Session
from app.adapters.postgres.waiting import PostgresWaitingEntries


class CareRepositories:
    """One attribute a noun; all share the session of the unit of work."""

    _session: Session
    _admission: Admission

    @cached_property
    def service_places(self) -> PostgresServicePlaces:
        """The places of services."""
        return PostgresServicePlaces(self._session, clock_id=self._admission.clock_id)

    @cached_property
    def waiting_entries(self) -> PostgresWaitingEntries:
        """Needs on the lists of services."""
        return PostgresWaitingEntries(self._session, clock_id=self._admission.clock_id)

    @cached_property
    def projects(self) -> PostgresProjects:
        """Projects with their budget and quota."""
        return PostgresProjects(self._session, clock_id=self._admission.clock_id)

    @cached_property
    def beneficiaries(self) -> PostgresBeneficiaries:
        """Who is on the lists of projects."""
        return PostgresBeneficiaries(self._session, clock_id=self._admission.clock_id)

    @cached_property
    def services(self) -> PostgresServices:
        """The catalogue of services."""
        return PostgresServices(self._session, clock_id=self._admission.clock_id)

    @cached_property
    def directory(self) -> PostgresDirectories:
        """The catalogue for everybody."""
        return PostgresDirectories(self._session, clock_id=self._admission.clock_id)

    @cached_property
    def referrals(self) -> PostgresReferrals:
        """Ways of people to services."""
        return PostgresReferrals(self._session)

    @cached_property
    def plans(self) -> PostgresPlans:
        """Individual plans."""
        return PostgresPlans(self._session)

    @cached_property
    def assessments(self) -> PostgresAssessments:
        """Signed assessments."""
        return PostgresAssessments(self._session)

    @cached_property
    def needs(self) -> PostgresNeeds:
        """Needs of people."""
        return PostgresNeeds(self._session)

    @cached_property
    def deliveries(self) -> PostgresDeliveries:
        """Records of deliveries."""
        return PostgresDeliveries(self._session)

    @cached_property
    def delivery_findings(self) -> PostgresDeliveryFindings:
        """What does not fit in them."""
        return PostgresDeliveryFindings(self._session)

    @cached_property
    def complaints(self) -> PostgresComplaints:
        """Complaints about services."""
        return PostgresComplaints(self._session)

    @cached_property
    def complaint_questions(self) -> PostgresComplaintQuestions:
        """What providers are asked about them."""
        return PostgresComplaintQuestions(self._session)

    @cached_property
    def inspections(self) -> PostgresInspections:
        """Random inspections of deliveries."""
        return PostgresInspections(self._session)

    @cached_property
    def harm_reports(self) -> PostgresHarmReports:
        """Reports of suspected harm."""
        return PostgresHarmReports(self._session)

    @cached_property
    def need_reports(self) -> PostgresNeedReports:
        """Needs on their way to whoever can meet them."""
        return PostgresNeedReports(self._session)

    @cached_property
    def home_visits(self) -> PostgresHomeVisits:
        """Visits at home."""
        return PostgresHomeVisits(self._session)
