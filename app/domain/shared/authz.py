"""Who may do what: one row an operation. Guards, the schema, the docs and the authorisation tests are made from it.

Where a role reaches by area, an operation reaches the caller's own areas and below; where it reaches by party, only
what the caller is a party to. Outside of that nothing exists (404); inside, what is not one's function is refused
(403).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from app.domain.shared.access import BY_PARTY, Acting, Principal, Role
from app.domain.shared.region import contains

_TOWNSHIP = frozenset({Role.COMMISSIONER, Role.TOWNSHIP_OFFICER})
_COUNTY = frozenset({Role.COUNTY_OFFICER, Role.COUNTY_REVIEWER, Role.COUNTY_APPROVER})
_WINDOW = frozenset({Role.TOWNSHIP_OFFICER, Role.COUNTY_OFFICER})
_FRONT = frozenset({Role.PORTAL, Role.CITIZEN}) | _WINDOW | {Role.COMMISSIONER}
_STAFF = _TOWNSHIP | _COUNTY | {Role.CIVIL_AFFAIRS}
_VERIFIERS = frozenset({Role.PORTAL, Role.PROVIDER, Role.CIVIL_AFFAIRS}) | _WINDOW
_SECONDS = _WINDOW | {Role.CITIZEN, Role.COMMISSIONER}
"""Who says a second person's word: that person, with a token of their own, or whoever takes it down."""
_LEDGER = _WINDOW | {Role.COMMISSIONER}
"""Who keeps the ledger of those without a certificate, and sees who is on it."""
_EVERYONE = frozenset(Role)


class Scope(StrEnum):
    """What a token may be used for; a token's scopes bound what its roles may do."""

    REFERENCE_READ = "reference.read"
    CERTIFICATES_VERIFY = "certificates.verify"
    CERTIFICATES_VERIFY_DETAIL = "certificates.verify.detail"
    CERTIFICATES_READ = "certificates.read"
    CERTIFICATES_WRITE = "certificates.write"
    DRAWS_READ = "draws.read"
    APPLICATIONS_READ = "applications.read"
    APPLICATIONS_WRITE = "applications.write"
    CONFIRMATIONS_READ = "confirmations.read"
    CONFIRMATIONS_WRITE = "confirmations.write"
    DECISIONS_READ = "decisions.read"
    REVIEWS_READ = "reviews.read"
    REVIEWS_WRITE = "reviews.write"
    OFFERS_READ = "offers.read"
    OFFERS_WRITE = "offers.write"
    UNCERTIFIED_READ = "uncertified.read"
    UNCERTIFIED_WRITE = "uncertified.write"
    BENEFITS_READ = "benefits.read"
    BENEFITS_WRITE = "benefits.write"
    PERSONS_READ = "persons.read"
    PERSONS_WRITE = "persons.write"
    CONSENTS_READ = "consents.read"
    CONSENTS_WRITE = "consents.write"
    ASSESSMENTS_READ = "assessments.read"
    ASSESSMENTS_WRITE = "assessments.write"
    PLANS_READ = "plans.read"
    PLANS_WRITE = "plans.write"
    EVIDENCE_READ = "evidence.read"
    EVIDENCE_WRITE = "evidence.write"
    UPLOADS_WRITE = "uploads.write"
    REFERRALS_READ = "referrals.read"
    REFERRALS_WRITE = "referrals.write"
    EVENTS_READ = "events.read"
    PAYMENTS_READ = "payments.read"
    PAYMENTS_WRITE = "payments.write"
    JOBS_READ = "jobs.read"
    JOBS_WRITE = "jobs.write"
    RATINGS_READ = "ratings.read"
    RATINGS_WRITE = "ratings.write"
    AUDIT_READ = "audit.read"
    SANDBOX = "sandbox"


class Reach(StrEnum):
    """How far beyond the caller's own cases an operation looks; row-level security is told so."""

    CASES = "cases"
    """Only what the caller's areas and parties open."""
    INTAKE = "intake"
    """Also whether a person is on record already, so that nobody is registered twice; nothing of it is shown."""
    VERIFICATION = "verification"
    """Also the certificates of all, of which the answer shows the least."""
    REVIEW = "review"
    """Also the case and the application of a decision that the caller's body reviews: they follow what it decides."""
    CLOCKS = "clocks"
    """Only which limits are due, in all places; no operation of the API looks so. What follows is done in one place."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One row: an operation of the API, the scope that its token needs, the roles that may call it, and its reach."""

    scope: Scope
    roles: frozenset[Role]
    reach: Reach = Reach.CASES

    @property
    def is_read_only(self) -> bool:
        """Say whether nothing can be written: reference data names nobody, so not even a record of access."""
        return self.scope is Scope.REFERENCE_READ


OPERATIONS: dict[str, Operation] = {
    # reference data, no person in it
    "list_regions": Operation(Scope.REFERENCE_READ, _EVERYONE),
    "list_packages": Operation(Scope.REFERENCE_READ, _EVERYONE),
    "get_package": Operation(Scope.REFERENCE_READ, _EVERYONE),
    "get_package_form": Operation(Scope.REFERENCE_READ, _EVERYONE),
    "list_instruments": Operation(Scope.REFERENCE_READ, _EVERYONE),
    "get_instrument": Operation(Scope.REFERENCE_READ, _EVERYONE),
    "list_services": Operation(Scope.REFERENCE_READ, _EVERYONE),
    "get_service": Operation(Scope.REFERENCE_READ, _EVERYONE),
    "list_organisations": Operation(Scope.REFERENCE_READ, _EVERYONE),
    "get_working_calendar": Operation(Scope.REFERENCE_READ, _EVERYONE),
    "print_receipt": Operation(Scope.REFERENCE_READ, _EVERYONE),
    # persons
    "get_person": Operation(
        Scope.PERSONS_READ,
        _STAFF | {Role.CITIZEN, Role.EVALUATOR, Role.PROVIDER, Role.APPEAL_OFFICER, Role.AUDITOR},
    ),
    "search_persons": Operation(Scope.PERSONS_READ, _STAFF),
    "register_person": Operation(Scope.PERSONS_WRITE, _WINDOW | {Role.COMMISSIONER}, Reach.INTAKE),
    "get_guardianships": Operation(Scope.PERSONS_READ, _WINDOW | _COUNTY | {Role.CITIZEN, Role.AUDITOR}),
    "record_guardianship": Operation(Scope.PERSONS_WRITE, _WINDOW),
    "end_guardianship": Operation(Scope.PERSONS_WRITE, _WINDOW),
    "record_registration_move": Operation(Scope.PERSONS_WRITE, _WINDOW),
    "list_access_records": Operation(Scope.AUDIT_READ, frozenset({Role.AUDITOR, Role.CITIZEN})),
    # consents: who is told of a person, and what for
    "list_sharing_purposes": Operation(Scope.REFERENCE_READ, _EVERYONE),
    "give_consent": Operation(Scope.CONSENTS_WRITE, _WINDOW | {Role.CITIZEN, Role.COMMISSIONER}),
    "list_consents": Operation(Scope.CONSENTS_READ, _STAFF | {Role.CITIZEN, Role.PROVIDER, Role.AUDITOR}),
    "get_consent": Operation(Scope.CONSENTS_READ, _STAFF | {Role.CITIZEN, Role.PROVIDER, Role.AUDITOR}),
    "get_consent_receipt": Operation(Scope.CONSENTS_READ, _WINDOW | {Role.CITIZEN, Role.COMMISSIONER}),
    "withdraw_consent": Operation(Scope.CONSENTS_WRITE, _WINDOW | {Role.CITIZEN, Role.COMMISSIONER}),
    # certificates
    "verify_certificate": Operation(
        Scope.CERTIFICATES_VERIFY,
        _VERIFIERS,
        Reach.VERIFICATION,
    ),
    "get_certificate": Operation(Scope.CERTIFICATES_READ, _STAFF | {Role.CITIZEN, Role.AUDITOR}),
    "list_certificate_proposals": Operation(Scope.CERTIFICATES_READ, _COUNTY | {Role.AUDITOR}),
    "list_certificate_cases": Operation(Scope.CERTIFICATES_READ, _WINDOW | _COUNTY | {Role.EVALUATOR, Role.AUDITOR}),
    "get_certificate_case": Operation(Scope.CERTIFICATES_READ, _FRONT | _COUNTY | {Role.EVALUATOR, Role.AUDITOR}),
    "accept_certificate_case": Operation(Scope.CERTIFICATES_WRITE, _WINDOW),
    "assign_evaluation": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.COUNTY_OFFICER})),
    "conclude_evaluation": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.EVALUATOR})),
    "post_notice": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.COUNTY_OFFICER})),
    "get_notice_sheet": Operation(Scope.CERTIFICATES_READ, _TOWNSHIP | _COUNTY),
    "record_objection": Operation(Scope.CERTIFICATES_WRITE, _WINDOW),
    "dismiss_objection": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.COUNTY_OFFICER})),
    "declare_relation": Operation(Scope.CERTIFICATES_WRITE, _WINDOW | _COUNTY | {Role.EVALUATOR}),
    "review_certificate_case": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.COUNTY_REVIEWER})),
    "approve_certificate_case": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.COUNTY_APPROVER})),
    "issue_certificate": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.COUNTY_APPROVER})),
    "open_certificate_cancellation": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.COUNTY_OFFICER})),
    "freeze_certificate": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.COUNTY_APPROVER})),
    "unfreeze_certificate": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.COUNTY_APPROVER})),
    "cancel_certificate": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.COUNTY_APPROVER})),
    "refuse_certificate_case": Operation(
        Scope.CERTIFICATES_WRITE, frozenset({Role.COUNTY_REVIEWER, Role.COUNTY_APPROVER})
    ),
    # draws: who evaluates is drawn, and whoever may know of the case may check it; commitments are for all
    "list_draws": Operation(Scope.DRAWS_READ, _FRONT | _COUNTY | {Role.EVALUATOR, Role.AUDITOR}),
    "get_draw": Operation(Scope.DRAWS_READ, _FRONT | _COUNTY | {Role.EVALUATOR, Role.AUDITOR}),
    # another register of certificates that is taken over
    "import_register": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.COUNTY_OFFICER}), Reach.INTAKE),
    "list_register_discrepancies": Operation(Scope.CERTIFICATES_READ, _COUNTY | {Role.AUDITOR}),
    "get_register_discrepancy": Operation(Scope.CERTIFICATES_READ, _COUNTY | {Role.AUDITOR}),
    "settle_register_discrepancy": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.COUNTY_OFFICER})),
    # applications
    "check_eligibility": Operation(Scope.REFERENCE_READ, _FRONT),
    "prefill_form": Operation(Scope.APPLICATIONS_READ, _FRONT),
    "submit_application": Operation(Scope.APPLICATIONS_WRITE, _FRONT, Reach.INTAKE),
    "start_draft": Operation(Scope.APPLICATIONS_WRITE, _FRONT),
    "list_drafts": Operation(Scope.APPLICATIONS_READ, _FRONT),
    "get_draft": Operation(Scope.APPLICATIONS_READ, _FRONT),
    "save_draft": Operation(Scope.APPLICATIONS_WRITE, _FRONT),
    "submit_draft": Operation(Scope.APPLICATIONS_WRITE, _FRONT, Reach.INTAKE),
    "discard_draft": Operation(Scope.APPLICATIONS_WRITE, _FRONT),
    "list_applications": Operation(Scope.APPLICATIONS_READ, _FRONT | _STAFF | {Role.AUDITOR}),
    "get_application": Operation(Scope.APPLICATIONS_READ, _FRONT | _STAFF | {Role.AUDITOR}),
    "search_applications": Operation(Scope.APPLICATIONS_READ, _FRONT | _STAFF | {Role.AUDITOR}),
    "reconcile_applications": Operation(Scope.APPLICATIONS_READ, frozenset({Role.PORTAL})),
    "get_application_receipt": Operation(Scope.APPLICATIONS_READ, _FRONT | _STAFF | {Role.AUDITOR}),
    "record_visit": Operation(Scope.APPLICATIONS_WRITE, _STAFF),
    "get_application_visits": Operation(Scope.APPLICATIONS_READ, _FRONT | _STAFF | {Role.AUDITOR}),
    "report_visits": Operation(Scope.APPLICATIONS_READ, _STAFF | {Role.AUDITOR}),
    "report_instant_grants": Operation(Scope.APPLICATIONS_READ, _STAFF | {Role.AUDITOR}),
    # ratings
    "rate_item": Operation(Scope.RATINGS_WRITE, frozenset({Role.PORTAL, Role.CITIZEN})),
    "get_application_ratings": Operation(Scope.RATINGS_READ, frozenset({Role.PORTAL, Role.CITIZEN})),
    "correct_rating": Operation(Scope.RATINGS_WRITE, frozenset({Role.PORTAL, Role.CITIZEN})),
    "list_ratings": Operation(Scope.RATINGS_READ, _STAFF),
    "follow_up_rating": Operation(Scope.RATINGS_WRITE, _STAFF),
    "report_ratings": Operation(Scope.RATINGS_READ, _STAFF | {Role.AUDITOR}),
    "list_application_suggestions": Operation(Scope.APPLICATIONS_READ, _FRONT | _STAFF),
    "add_item": Operation(Scope.APPLICATIONS_WRITE, _FRONT, Reach.INTAKE),
    "withdraw_application": Operation(Scope.APPLICATIONS_WRITE, _FRONT),
    "withdraw_item": Operation(Scope.APPLICATIONS_WRITE, _FRONT),
    "ask_correction": Operation(Scope.APPLICATIONS_WRITE, _WINDOW),
    "get_correction": Operation(Scope.APPLICATIONS_READ, _FRONT | _STAFF | {Role.AUDITOR}),
    "list_application_corrections": Operation(Scope.APPLICATIONS_READ, _FRONT | _STAFF | {Role.AUDITOR}),
    "answer_correction": Operation(Scope.APPLICATIONS_WRITE, _FRONT),
    # a second person's word: of agents it is neither asked nor taken
    "list_confirmations": Operation(Scope.CONFIRMATIONS_READ, _SECONDS | {Role.AUDITOR}),
    "list_application_confirmations": Operation(Scope.CONFIRMATIONS_READ, _FRONT | _STAFF | {Role.AUDITOR}),
    "get_confirmation": Operation(Scope.CONFIRMATIONS_READ, _FRONT | _STAFF | {Role.AUDITOR}),
    "give_confirmation": Operation(Scope.CONFIRMATIONS_WRITE, _SECONDS),
    "decline_confirmation": Operation(Scope.CONFIRMATIONS_WRITE, _SECONDS),
    # what runs with an application
    "list_application_events": Operation(Scope.APPLICATIONS_READ, _FRONT | _STAFF | {Role.AUDITOR}),
    "list_application_clocks": Operation(Scope.APPLICATIONS_READ, _FRONT | _STAFF | {Role.AUDITOR}),
    "list_case_clocks": Operation(Scope.APPLICATIONS_READ, _STAFF | {Role.AUDITOR}),
    "get_case_clock": Operation(Scope.APPLICATIONS_READ, _FRONT | _STAFF | {Role.AUDITOR}),
    "extend_case_clock": Operation(
        Scope.APPLICATIONS_WRITE, frozenset({Role.COUNTY_OFFICER, Role.COUNTY_APPROVER, Role.CIVIL_AFFAIRS})
    ),
    "list_events": Operation(Scope.EVENTS_READ, _FRONT | _STAFF | {Role.AUDITOR, Role.PROVIDER, Role.EVALUATOR}),
    # benefits: subsidies and the other items of a package
    "list_benefit_cases": Operation(Scope.BENEFITS_READ, _STAFF | {Role.AUDITOR}),
    "get_benefit_case": Operation(Scope.BENEFITS_READ, _FRONT | _STAFF | {Role.AUDITOR}),
    "accept_benefit_case": Operation(Scope.BENEFITS_WRITE, _WINDOW | {Role.CIVIL_AFFAIRS}),
    "check_benefit_case": Operation(Scope.BENEFITS_WRITE, frozenset({Role.TOWNSHIP_OFFICER})),
    "post_benefit_notice": Operation(Scope.BENEFITS_WRITE, frozenset({Role.TOWNSHIP_OFFICER})),
    "verify_benefit_case": Operation(Scope.BENEFITS_WRITE, frozenset({Role.COUNTY_REVIEWER, Role.COUNTY_OFFICER})),
    "decide_benefit_case": Operation(Scope.BENEFITS_WRITE, frozenset({Role.CIVIL_AFFAIRS, Role.COUNTY_OFFICER})),
    # decisions
    "list_decisions": Operation(Scope.DECISIONS_READ, _FRONT | _STAFF | {Role.AUDITOR, Role.APPEAL_OFFICER}),
    "get_decision": Operation(Scope.DECISIONS_READ, _FRONT | _STAFF | {Role.AUDITOR, Role.APPEAL_OFFICER}),
    "get_decision_letter": Operation(Scope.DECISIONS_READ, _FRONT | _STAFF | {Role.AUDITOR, Role.APPEAL_OFFICER}),
    "issue_decision_receipt": Operation(Scope.DECISIONS_READ, _FRONT | _STAFF),
    "list_application_decisions": Operation(Scope.DECISIONS_READ, _FRONT | _STAFF | {Role.AUDITOR}),
    # evidence: what must be shown, and what shows it
    "list_application_evidence": Operation(Scope.EVIDENCE_READ, _FRONT | _STAFF | {Role.AUDITOR}),
    "preview_evidence": Operation(Scope.EVIDENCE_READ, _WINDOW | {Role.CITIZEN, Role.COMMISSIONER}),
    "request_evidence": Operation(Scope.EVIDENCE_WRITE, _STAFF),
    "get_evidence_request": Operation(Scope.EVIDENCE_READ, _FRONT | _STAFF | {Role.AUDITOR}),
    "refuse_evidence_request": Operation(Scope.EVIDENCE_WRITE, _FRONT),
    "record_evidence": Operation(Scope.EVIDENCE_WRITE, _FRONT | _STAFF),
    "get_evidence": Operation(Scope.EVIDENCE_READ, _FRONT | _STAFF | {Role.AUDITOR}),
    "get_evidence_content": Operation(Scope.EVIDENCE_READ, _STAFF | {Role.CITIZEN}),
    "announce_upload": Operation(Scope.UPLOADS_WRITE, _FRONT | _STAFF),
    "receive_upload": Operation(Scope.UPLOADS_WRITE, _FRONT | _STAFF),
    "get_upload": Operation(Scope.UPLOADS_WRITE, _FRONT | _STAFF),
    "verify_evidence": Operation(Scope.EVIDENCE_WRITE, _WINDOW | {Role.CIVIL_AFFAIRS}),
    # reviews of decisions
    "file_review": Operation(Scope.REVIEWS_WRITE, _FRONT),
    "list_reviews": Operation(Scope.REVIEWS_READ, _FRONT | _STAFF | {Role.AUDITOR, Role.APPEAL_OFFICER}),
    "get_review": Operation(Scope.REVIEWS_READ, _FRONT | _STAFF | {Role.AUDITOR, Role.APPEAL_OFFICER}),
    "accept_review": Operation(Scope.REVIEWS_WRITE, frozenset({Role.APPEAL_OFFICER})),
    "not_accept_review": Operation(Scope.REVIEWS_WRITE, frozenset({Role.APPEAL_OFFICER})),
    "decide_review": Operation(Scope.REVIEWS_WRITE, frozenset({Role.APPEAL_OFFICER})),
    "withdraw_review": Operation(Scope.REVIEWS_WRITE, _FRONT),
    # looking again at running grants
    "open_recheck": Operation(Scope.BENEFITS_WRITE, _FRONT | _STAFF),
    "list_rechecks": Operation(Scope.BENEFITS_READ, _STAFF | {Role.AUDITOR}),
    "get_recheck": Operation(Scope.BENEFITS_READ, _FRONT | _STAFF | {Role.AUDITOR}),
    "decide_recheck": Operation(Scope.BENEFITS_WRITE, frozenset({Role.CIVIL_AFFAIRS})),
    "scan_rechecks": Operation(Scope.BENEFITS_WRITE, frozenset({Role.CIVIL_AFFAIRS})),
    # offers to people who have not asked
    "list_offers": Operation(Scope.OFFERS_READ, _STAFF | {Role.CITIZEN}),
    "get_offer": Operation(Scope.OFFERS_READ, _STAFF | {Role.CITIZEN}),
    "send_offer": Operation(Scope.OFFERS_WRITE, _WINDOW | {Role.CIVIL_AFFAIRS}),
    "accept_offer": Operation(Scope.OFFERS_WRITE, _WINDOW | {Role.CITIZEN, Role.COMMISSIONER}),
    "decline_offer": Operation(Scope.OFFERS_WRITE, _WINDOW | {Role.CITIZEN, Role.COMMISSIONER}),
    "withdraw_offer": Operation(Scope.OFFERS_WRITE, _WINDOW | {Role.CIVIL_AFFAIRS}),
    # the ledger of disabled people without a certificate
    "get_uncertified_terms": Operation(Scope.REFERENCE_READ, _EVERYONE),
    "open_uncertified_entry": Operation(Scope.UNCERTIFIED_WRITE, _LEDGER),
    "list_uncertified_entries": Operation(Scope.UNCERTIFIED_READ, _LEDGER | {Role.CITIZEN}),
    "get_uncertified_entry": Operation(Scope.UNCERTIFIED_READ, _LEDGER | {Role.CITIZEN}),
    "record_uncertified_contact": Operation(Scope.UNCERTIFIED_WRITE, _LEDGER),
    "hand_over_uncertified_entry": Operation(Scope.UNCERTIFIED_WRITE, _LEDGER),
    "convert_uncertified_entry": Operation(Scope.UNCERTIFIED_WRITE, _LEDGER, Reach.INTAKE),
    "close_uncertified_entry": Operation(Scope.UNCERTIFIED_WRITE, _LEDGER),
    "take_off_uncertified_entry": Operation(Scope.UNCERTIFIED_WRITE, _LEDGER | {Role.CITIZEN}),
    "report_uncertified": Operation(Scope.UNCERTIFIED_READ, _STAFF | {Role.AUDITOR}),
    # payments: what is due by the month
    "draft_payment_roll": Operation(Scope.PAYMENTS_WRITE, frozenset({Role.CIVIL_AFFAIRS})),
    "list_payment_rolls": Operation(Scope.PAYMENTS_READ, frozenset({Role.CIVIL_AFFAIRS, Role.AUDITOR})),
    "get_payment_roll": Operation(Scope.PAYMENTS_READ, frozenset({Role.CIVIL_AFFAIRS, Role.AUDITOR})),
    "list_payment_lines": Operation(Scope.PAYMENTS_READ, frozenset({Role.CIVIL_AFFAIRS, Role.AUDITOR})),
    "check_payment_roll": Operation(Scope.PAYMENTS_WRITE, frozenset({Role.CIVIL_AFFAIRS})),
    "approve_payment_roll": Operation(Scope.PAYMENTS_WRITE, frozenset({Role.CIVIL_AFFAIRS})),
    "reject_payment_roll": Operation(Scope.PAYMENTS_WRITE, frozenset({Role.CIVIL_AFFAIRS})),
    "export_payment_roll": Operation(Scope.PAYMENTS_WRITE, frozenset({Role.CIVIL_AFFAIRS})),
    # needs
    "record_assessment": Operation(Scope.ASSESSMENTS_WRITE, _TOWNSHIP | {Role.COUNTY_OFFICER, Role.EVALUATOR}),
    "get_assessment": Operation(Scope.ASSESSMENTS_READ, _STAFF | {Role.CITIZEN, Role.EVALUATOR, Role.AUDITOR}),
    "list_needs": Operation(Scope.ASSESSMENTS_READ, _STAFF | {Role.CITIZEN, Role.AUDITOR}),
    "confirm_need": Operation(Scope.ASSESSMENTS_WRITE, _TOWNSHIP | {Role.COUNTY_OFFICER}),
    "dismiss_need": Operation(Scope.ASSESSMENTS_WRITE, _TOWNSHIP | {Role.COUNTY_OFFICER}),
    # plans
    "draft_plan": Operation(Scope.PLANS_WRITE, _TOWNSHIP | {Role.COUNTY_OFFICER}),
    "get_plan": Operation(Scope.PLANS_READ, _STAFF | {Role.CITIZEN, Role.AUDITOR}),
    "list_plans": Operation(Scope.PLANS_READ, _STAFF | {Role.CITIZEN, Role.AUDITOR}),
    "agree_plan": Operation(Scope.PLANS_WRITE, frozenset({Role.CITIZEN})),
    "approve_plan": Operation(Scope.PLANS_WRITE, frozenset({Role.TOWNSHIP_OFFICER, Role.COUNTY_OFFICER})),
    # matching and delivery
    "match_services": Operation(Scope.REFERRALS_READ, _TOWNSHIP | {Role.COUNTY_OFFICER}),
    "make_referral": Operation(Scope.REFERRALS_WRITE, _TOWNSHIP | {Role.COUNTY_OFFICER}),
    "list_referrals": Operation(Scope.REFERRALS_READ, _STAFF | {Role.PROVIDER, Role.CITIZEN, Role.AUDITOR}),
    "get_referral": Operation(Scope.REFERRALS_READ, _STAFF | {Role.PROVIDER, Role.CITIZEN, Role.AUDITOR}),
    "accept_referral": Operation(Scope.REFERRALS_WRITE, frozenset({Role.PROVIDER})),
    "decline_referral": Operation(Scope.REFERRALS_WRITE, frozenset({Role.PROVIDER})),
    "deliver_referral": Operation(Scope.REFERRALS_WRITE, frozenset({Role.PROVIDER})),
    "confirm_delivery": Operation(Scope.REFERRALS_WRITE, frozenset({Role.CITIZEN})),
    # work over many rows; each kind takes the right of its single operation besides
    "create_job": Operation(Scope.JOBS_WRITE, _VERIFIERS),
    "supply_job_input": Operation(Scope.JOBS_WRITE, _VERIFIERS),
    "list_jobs": Operation(Scope.JOBS_READ, _VERIFIERS),
    "get_job": Operation(Scope.JOBS_READ, _VERIFIERS),
    "get_job_results": Operation(Scope.JOBS_READ, _VERIFIERS),
    "get_job_errors": Operation(Scope.JOBS_READ, _VERIFIERS),
    "pause_job": Operation(Scope.JOBS_WRITE, _VERIFIERS),
    "resume_job": Operation(Scope.JOBS_WRITE, _VERIFIERS),
    "cancel_job": Operation(Scope.JOBS_WRITE, _VERIFIERS),
    # the sandbox
    "get_clock": Operation(Scope.SANDBOX, _EVERYONE),
    "advance_clock": Operation(Scope.SANDBOX, _EVERYONE),
    "fire_event": Operation(Scope.SANDBOX, frozenset({Role.PORTAL})),
}
"""Every operation that needs a token. What is not here has no token: health, documents, the token endpoint itself."""


class PersonField(StrEnum):
    """A group of what is on record about a person; records of access name the groups that were shown."""

    NAME = "name"
    IDENTIFIERS = "identifiers"
    """Numbers of public registers, masked."""
    DEMOGRAPHICS = "demographics"
    """Date of birth and sex."""
    RESIDENCE = "residence"
    """Where the person lives and is registered."""
    CONTACTS = "contacts"
    PREFERENCES = "preferences"
    """Language and format of what the person is told."""
    ECONOMIC_STATUS = "economic_status"
    HOUSEHOLD = "household"
    """Who lives with the person, and who may act for the person."""


_ALL_FIELDS = frozenset(PersonField)
PERSON_FIELDS: Mapping[Role, frozenset[PersonField]] = MappingProxyType(
    {
        **dict.fromkeys(_STAFF | {Role.CITIZEN}, _ALL_FIELDS),
        Role.EVALUATOR: frozenset({PersonField.NAME, PersonField.CONTACTS}),
        Role.PROVIDER: frozenset({PersonField.NAME, PersonField.CONTACTS}),
        Role.APPEAL_OFFICER: frozenset({PersonField.NAME, PersonField.CONTACTS}),
        Role.AUDITOR: frozenset({PersonField.NAME, PersonField.RESIDENCE}),
    }
)
"""What each role is shown of a person whom it may know of. Roles that are not named are shown nothing."""


_OF_AGENTS = frozenset(
    {
        Scope.REFERENCE_READ,
        Scope.APPLICATIONS_READ,
        Scope.APPLICATIONS_WRITE,
        Scope.CERTIFICATES_READ,
        Scope.BENEFITS_READ,
        Scope.DECISIONS_READ,
        Scope.REVIEWS_READ,
        Scope.REVIEWS_WRITE,
        Scope.EVIDENCE_READ,
        Scope.EVIDENCE_WRITE,
        Scope.EVENTS_READ,
        Scope.OFFERS_READ,
        Scope.OFFERS_WRITE,
    }
)
"""What an agent does for a person: apply, show, follow, and appeal. All else is the person's or a guardian's."""


def acting_in(operation: Operation) -> frozenset[Acting]:
    """In which capacities somebody may do an operation for another person, who might do it themself."""
    if Role.CITIZEN not in operation.roles:
        return frozenset()
    return frozenset(Acting) if operation.scope in _OF_AGENTS else frozenset({Acting.GUARDIAN})


def person_fields(
    whose: Principal, *, person_id: UUID, places: Collection[str], shared: frozenset[PersonField] | None = None
) -> frozenset[PersonField]:
    """What a caller is shown of a person: what the roles that reach this very person allow.

    `places` are all that the person belongs to. An appointment in another area adds nothing, a citizen's role counts
    for the own person and wards alone, and a role that reaches by party counts where no area has opened the person:
    there it must be the party that has. Where a provider is shown the person by consent, `shared` is all that it says.
    """
    is_own = whose.person_id == person_id or person_id in whose.acts_for
    own = {Role.CITIZEN} if is_own and whose.has(Role.CITIZEN) else set[Role]()
    by_area = {
        held.role
        for held in whose.memberships
        if held.role not in BY_PARTY and any(contains(held.region, place) for place in places)
    }
    by_party = {held.role for held in whose.memberships if held.role in BY_PARTY}
    reaching = own | (by_area or by_party)
    return frozenset[PersonField]().union(*(_fields_of(role, shared) for role in reaching))


def _fields_of(role: Role, shared: frozenset[PersonField] | None) -> frozenset[PersonField]:
    fields = PERSON_FIELDS.get(role, frozenset())
    return fields if shared is None or role is not Role.PROVIDER else fields & shared
