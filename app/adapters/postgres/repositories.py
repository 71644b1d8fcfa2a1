"""The repositories of one unit of work, made when first asked for: a name here is a noun of the domain."""

from functools import cached_property, partial

from app.adapters.postgres.application import PostgresApplications
from app.adapters.postgres.archive import PostgresArchives
from app.adapters.postgres.benefit import PostgresBenefitCases
from app.adapters.postgres.care_repositories import CareRepositories
from app.adapters.postgres.case_clock import PostgresCaseClocks
from app.adapters.postgres.certificate import PostgresCertificates
from app.adapters.postgres.certificate_case import PostgresCertificateCases
from app.adapters.postgres.clock import PostgresClocks
from app.adapters.postgres.confirmation import PostgresConfirmations
from app.adapters.postgres.consent import PostgresConsents
from app.adapters.postgres.correction import PostgresCorrections
from app.adapters.postgres.database import Database
from app.adapters.postgres.death_report import PostgresDeathReports
from app.adapters.postgres.decision import PostgresDecisions
from app.adapters.postgres.draft import PostgresDrafts
from app.adapters.postgres.draw import PostgresDraws
from app.adapters.postgres.duplicate import PostgresPersonDuplicates
from app.adapters.postgres.evidence import PostgresEvidence, PostgresEvidenceRequests
from app.adapters.postgres.facts import PostgresFacts
from app.adapters.postgres.household import PostgresHouseholds
from app.adapters.postgres.integrity import PostgresIntegrityAlarms
from app.adapters.postgres.job import PostgresJobs
from app.adapters.postgres.offer import PostgresOffers
from app.adapters.postgres.organisation import PostgresOrganisations
from app.adapters.postgres.past_roster import PostgresPastRosters
from app.adapters.postgres.payment import PostgresPaymentRolls
from app.adapters.postgres.person import PostgresPersons
from app.adapters.postgres.population import PostgresPopulation
from app.adapters.postgres.queries.access_record import PostgresAccessRecords
from app.adapters.postgres.queries.decided_benefit import PostgresDecidedBenefits
from app.adapters.postgres.queries.event import PostgresEvents
from app.adapters.postgres.queries.grant import PostgresGrants
from app.adapters.postgres.queries.reconciliation import PostgresReconciliations
from app.adapters.postgres.rating import PostgresRatings
from app.adapters.postgres.receipt import PostgresReceipts
from app.adapters.postgres.recheck import PostgresRechecks
from app.adapters.postgres.register import PostgresRegisterDiscrepancies
from app.adapters.postgres.register_import import PostgresRegisterImports
from app.adapters.postgres.residence import PostgresResidences
from app.adapters.postgres.review import PostgresReviews
from app.adapters.postgres.roster import PostgresRoster
from app.adapters.postgres.survey import PostgresSurveyEntries, PostgresSurveyRounds
from app.adapters.postgres.survey_finding import PostgresSurveyFindings
from app.adapters.postgres.uncertified_entry import PostgresUncertifiedEntries
from app.adapters.postgres.upload import PostgresUploads
from app.adapters.postgres.visit import PostgresVisits
from app.services.ports.caller import Caller


class Repositories(CareRepositories):
    """One attribute a noun; all share the session of the unit of work."""

    _database: Database
    _caller: Caller

    @cached_property
    def clocks(self) -> PostgresClocks:
        """Test clocks."""
        return PostgresClocks(self._session)

    @cached_property
    def persons(self) -> PostgresPersons:
        """The register of persons."""
        looked_up = partial(self._database.quotas.looked_up, self._caller.client_id)
        return PostgresPersons(self._session, self._database.new_id, looked_up=looked_up)

    @cached_property
    def households(self) -> PostgresHouseholds:
        """Who lives with whom."""
        return PostgresHouseholds(self._session)

    @cached_property
    def organisations(self) -> PostgresOrganisations:
        """Organisations of all kinds."""
        return PostgresOrganisations(self._session, clock_id=self._admission.clock_id)

    @cached_property
    def applications(self) -> PostgresApplications:
        """Applications with their items."""
        return PostgresApplications(self._session)

    @cached_property
    def reconciliations(self) -> PostgresReconciliations:
        """Applications as platforms look for them."""
        return PostgresReconciliations(self._session)

    @cached_property
    def survey_rounds(self) -> PostgresSurveyRounds:
        """Rounds of the survey."""
        return PostgresSurveyRounds(self._session)

    @cached_property
    def survey_entries(self) -> PostgresSurveyEntries:
        """The people of rounds."""
        return PostgresSurveyEntries(self._session)

    @cached_property
    def uncertified_entries(self) -> PostgresUncertifiedEntries:
        """The ledger of disabled people without a certificate."""
        return PostgresUncertifiedEntries(self._session)

    @cached_property
    def past_rosters(self) -> PostgresPastRosters:
        """The roster of each day."""
        return PostgresPastRosters(self._session)

    @cached_property
    def archives(self) -> PostgresArchives:
        """Documents of archives, and what else counts there."""
        return PostgresArchives(self._session)

    @cached_property
    def residences(self) -> PostgresResidences:
        """Where people have lived."""
        return PostgresResidences(self._session)

    @cached_property
    def death_reports(self) -> PostgresDeathReports:
        """What is told of deaths."""
        return PostgresDeathReports(self._session)

    @cached_property
    def roster(self) -> PostgresRoster:
        """Everybody whom commissioners answer for."""
        return PostgresRoster(self._session)

    @cached_property
    def offers(self) -> PostgresOffers:
        """What is due to people who have not asked."""
        return PostgresOffers(self._session)

    @cached_property
    def population(self) -> PostgresPopulation:
        """Facts of many people side by side."""
        return PostgresPopulation(self._session)

    @cached_property
    def person_duplicates(self) -> PostgresPersonDuplicates:
        """Records that may be one person's."""
        return PostgresPersonDuplicates(self._session)

    @cached_property
    def register_discrepancies(self) -> PostgresRegisterDiscrepancies:
        """What another register says otherwise."""
        return PostgresRegisterDiscrepancies(self._session, self._database.new_id)

    @cached_property
    def register_imports(self) -> PostgresRegisterImports:
        """Imports of registers that wait for a second person."""
        return PostgresRegisterImports(self._session)

    @cached_property
    def survey_findings(self) -> PostgresSurveyFindings:
        """What rules have found about the data of surveys."""
        return PostgresSurveyFindings(self._session)

    @cached_property
    def ratings(self) -> PostgresRatings:
        """What people say of how they were served."""
        return PostgresRatings(self._session)

    @cached_property
    def visits(self) -> PostgresVisits:
        """The ways that people had."""
        return PostgresVisits(self._session)

    @cached_property
    def drafts(self) -> PostgresDrafts:
        """Applications that are begun."""
        return PostgresDrafts(self._session)

    @cached_property
    def draws(self) -> PostgresDraws:
        """Draws, and the commitments that they are taken from."""
        return PostgresDraws(self._session)

    @cached_property
    def integrity_alarms(self) -> PostgresIntegrityAlarms:
        """Alarms of integrity, and what they are raised from."""
        return PostgresIntegrityAlarms(self._session)

    @cached_property
    def benefit_cases(self) -> PostgresBenefitCases:
        """Cases of benefits."""
        return PostgresBenefitCases(self._session)

    @cached_property
    def case_clocks(self) -> PostgresCaseClocks:
        """Limits that run for cases."""
        return PostgresCaseClocks(self._session)

    @cached_property
    def certificate_cases(self) -> PostgresCertificateCases:
        """Pieces of certificate business."""
        return PostgresCertificateCases(self._session)

    @cached_property
    def certificates(self) -> PostgresCertificates:
        """Certificates through their lives."""
        return PostgresCertificates(self._session)

    @cached_property
    def consents(self) -> PostgresConsents:
        """To what people have agreed."""
        return PostgresConsents(self._session)

    @cached_property
    def confirmations(self) -> PostgresConfirmations:
        """The second persons' words that items wait for."""
        return PostgresConfirmations(self._session)

    @cached_property
    def corrections(self) -> PostgresCorrections:
        """What offices have found missing."""
        return PostgresCorrections(self._session)

    @cached_property
    def decisions(self) -> PostgresDecisions:
        """Decisions as they were made."""
        return PostgresDecisions(self._session)

    @cached_property
    def evidence(self) -> PostgresEvidence:
        """What shows facts about people."""
        return PostgresEvidence(self._session)

    @cached_property
    def evidence_requests(self) -> PostgresEvidenceRequests:
        """What is asked to be shown."""
        return PostgresEvidenceRequests(self._session)

    @cached_property
    def uploads(self) -> PostgresUploads:
        """The caller's own uploads."""
        return PostgresUploads(self._session, self._caller)

    @cached_property
    def facts(self) -> PostgresFacts:
        """What rules may ask of a person."""
        return PostgresFacts(self._session)

    @cached_property
    def reviews(self) -> PostgresReviews:
        """Reviews of decisions."""
        return PostgresReviews(self._session)

    @cached_property
    def receipts(self) -> PostgresReceipts:
        """Receipts that were given."""
        return PostgresReceipts(self._session)

    @cached_property
    def decided_benefits(self) -> PostgresDecidedBenefits:
        """Decisions on benefits, with what they were made upon."""
        return PostgresDecidedBenefits(self._session)

    @cached_property
    def grants(self) -> PostgresGrants:
        """What was granted, with what is held of people."""
        return PostgresGrants(self._session)

    @cached_property
    def rechecks(self) -> PostgresRechecks:
        """Looks again at running grants."""
        return PostgresRechecks(self._session)

    @cached_property
    def payment_rolls(self) -> PostgresPaymentRolls:
        """Rolls of months."""
        return PostgresPaymentRolls(self._session)

    @cached_property
    def jobs(self) -> PostgresJobs:
        """Work over many rows."""
        return PostgresJobs(self._session)

    @cached_property
    def events(self) -> PostgresEvents:
        """What has happened."""
        return PostgresEvents(self._session)

    @cached_property
    def access_records(self) -> PostgresAccessRecords:
        """Who was shown whom."""
        return PostgresAccessRecords(self._session)
