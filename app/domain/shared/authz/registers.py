"""What is on record: persons, certificates, and what watches over both."""

from app.domain.shared.access import Role
from app.domain.shared.authz.operation import Operation, Reach
from app.domain.shared.authz.roles import COUNTY, EVERYONE, FRONT, STAFF, TOWNSHIP, VERIFIERS, WINDOW
from app.domain.shared.authz.scope import Scope

REGISTERS: dict[str, Operation] = {
    # persons
    "get_person": Operation(
        Scope.PERSONS_READ,
        STAFF | {Role.CITIZEN, Role.EVALUATOR, Role.PROVIDER, Role.APPEAL_OFFICER, Role.AUDITOR},
    ),
    "search_persons": Operation(Scope.PERSONS_READ, STAFF),
    "register_person": Operation(Scope.PERSONS_WRITE, WINDOW | {Role.COMMISSIONER}, Reach.INTAKE),
    "get_guardianships": Operation(Scope.PERSONS_READ, WINDOW | COUNTY | {Role.CITIZEN, Role.AUDITOR}),
    "record_guardianship": Operation(Scope.PERSONS_WRITE, WINDOW),
    "end_guardianship": Operation(Scope.PERSONS_WRITE, WINDOW),
    "record_registration_move": Operation(Scope.PERSONS_WRITE, WINDOW),
    "record_residence_move": Operation(Scope.PERSONS_WRITE, WINDOW),
    "list_residence_moves": Operation(Scope.PERSONS_READ, WINDOW | {Role.CITIZEN, Role.COMMISSIONER}),
    "get_death_report": Operation(Scope.PERSONS_READ, TOWNSHIP | COUNTY | {Role.CIVIL_AFFAIRS}),
    "take_back_death_report": Operation(Scope.PERSONS_WRITE, frozenset({Role.COUNTY_OFFICER})),
    "record_economic_status": Operation(Scope.PERSONS_WRITE, WINDOW | {Role.CIVIL_AFFAIRS}),
    "record_bank_account": Operation(Scope.PERSONS_WRITE, WINDOW | {Role.CIVIL_AFFAIRS}),
    "set_preferences": Operation(Scope.PERSONS_WRITE, WINDOW | {Role.CITIZEN, Role.COMMISSIONER}),
    "get_household": Operation(Scope.PERSONS_READ, STAFF | {Role.CITIZEN}),
    "record_household": Operation(Scope.PERSONS_WRITE, WINDOW | {Role.COMMISSIONER}),
    "get_flags": Operation(Scope.PERSONS_READ, STAFF | {Role.CITIZEN}),
    "list_access_records": Operation(Scope.AUDIT_READ, frozenset({Role.AUDITOR, Role.CITIZEN})),
    # records that may be one person's
    "list_person_duplicates": Operation(Scope.PERSONS_READ, frozenset({Role.COUNTY_OFFICER, Role.AUDITOR})),
    "get_person_duplicate": Operation(Scope.PERSONS_READ, frozenset({Role.COUNTY_OFFICER, Role.AUDITOR})),
    "dismiss_person_duplicate": Operation(Scope.PERSONS_WRITE, frozenset({Role.COUNTY_OFFICER})),
    "override_person_duplicate": Operation(Scope.PERSONS_WRITE, frozenset({Role.COUNTY_OFFICER})),
    "merge_person_duplicate": Operation(Scope.PERSONS_WRITE, frozenset({Role.COUNTY_OFFICER})),
    "confirm_person_merge": Operation(Scope.PERSONS_WRITE, frozenset({Role.COUNTY_OFFICER})),
    "separate_person_duplicate": Operation(Scope.PERSONS_WRITE, frozenset({Role.COUNTY_OFFICER})),
    # consents: who is told of a person, and what for
    "list_sharing_purposes": Operation(Scope.REFERENCE_READ, EVERYONE),
    "give_consent": Operation(Scope.CONSENTS_WRITE, WINDOW | {Role.CITIZEN, Role.COMMISSIONER}),
    "list_consents": Operation(Scope.CONSENTS_READ, STAFF | {Role.CITIZEN, Role.PROVIDER, Role.AUDITOR}),
    "get_consent": Operation(Scope.CONSENTS_READ, STAFF | {Role.CITIZEN, Role.PROVIDER, Role.AUDITOR}),
    "get_consent_receipt": Operation(Scope.CONSENTS_READ, WINDOW | {Role.CITIZEN, Role.COMMISSIONER}),
    "withdraw_consent": Operation(Scope.CONSENTS_WRITE, WINDOW | {Role.CITIZEN, Role.COMMISSIONER}),
    # certificates
    "verify_certificate": Operation(
        Scope.CERTIFICATES_VERIFY,
        VERIFIERS,
        Reach.VERIFICATION,
    ),
    "get_certificate": Operation(Scope.CERTIFICATES_READ, STAFF | {Role.CITIZEN, Role.AUDITOR}),
    "list_certificate_proposals": Operation(Scope.CERTIFICATES_READ, COUNTY | {Role.AUDITOR}),
    "list_certificate_cases": Operation(Scope.CERTIFICATES_READ, WINDOW | COUNTY | {Role.EVALUATOR, Role.AUDITOR}),
    "get_certificate_case": Operation(Scope.CERTIFICATES_READ, FRONT | COUNTY | {Role.EVALUATOR, Role.AUDITOR}),
    "accept_certificate_case": Operation(Scope.CERTIFICATES_WRITE, WINDOW),
    "assign_evaluation": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.COUNTY_OFFICER})),
    "decline_evaluation": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.EVALUATOR})),
    "conclude_evaluation": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.EVALUATOR})),
    "post_notice": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.COUNTY_OFFICER})),
    "get_notice_sheet": Operation(Scope.CERTIFICATES_READ, TOWNSHIP | COUNTY),
    "record_objection": Operation(Scope.CERTIFICATES_WRITE, WINDOW),
    "dismiss_objection": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.COUNTY_OFFICER})),
    "declare_relation": Operation(Scope.CERTIFICATES_WRITE, WINDOW | COUNTY | {Role.EVALUATOR}),
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
    "list_draws": Operation(Scope.DRAWS_READ, FRONT | COUNTY | {Role.EVALUATOR, Role.AUDITOR}),
    "get_draw": Operation(Scope.DRAWS_READ, FRONT | COUNTY | {Role.EVALUATOR, Role.AUDITOR}),
    # alarms of integrity: whoever is named in one is kept out by the walls; an auditor watches how they are answered
    "list_integrity_alarms": Operation(Scope.INTEGRITY_READ, frozenset({Role.COUNTY_REVIEWER, Role.AUDITOR})),
    "get_integrity_alarm": Operation(Scope.INTEGRITY_READ, frozenset({Role.COUNTY_REVIEWER, Role.AUDITOR})),
    "take_up_integrity_alarm": Operation(Scope.INTEGRITY_WRITE, frozenset({Role.COUNTY_REVIEWER})),
    "close_integrity_alarm": Operation(Scope.INTEGRITY_WRITE, frozenset({Role.COUNTY_REVIEWER})),
    # another register of certificates that is taken over
    "import_register": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.COUNTY_OFFICER}), Reach.INTAKE),
    "list_register_imports": Operation(Scope.CERTIFICATES_READ, COUNTY | {Role.AUDITOR}),
    "get_register_import": Operation(Scope.CERTIFICATES_READ, COUNTY | {Role.AUDITOR}),
    "approve_register_import": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.COUNTY_APPROVER})),
    "refuse_register_import": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.COUNTY_APPROVER})),
    "list_register_discrepancies": Operation(Scope.CERTIFICATES_READ, COUNTY | {Role.AUDITOR}),
    "get_register_discrepancy": Operation(Scope.CERTIFICATES_READ, COUNTY | {Role.AUDITOR}),
    "settle_register_discrepancy": Operation(Scope.CERTIFICATES_WRITE, frozenset({Role.COUNTY_OFFICER})),
}
