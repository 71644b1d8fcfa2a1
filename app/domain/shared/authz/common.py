"""What is about nobody: reference data, work over many rows, and the sandbox."""

from app.domain.shared.access import Role
from app.domain.shared.authz.operation import Operation
from app.domain.shared.authz.roles import EVERYONE, VERIFIERS
from app.domain.shared.authz.scope import Scope

COMMON: dict[str, Operation] = {
    # reference data, no person in it
    "list_regions": Operation(Scope.REFERENCE_READ, EVERYONE),
    "list_packages": Operation(Scope.REFERENCE_READ, EVERYONE),
    "get_package": Operation(Scope.REFERENCE_READ, EVERYONE),
    "get_package_form": Operation(Scope.REFERENCE_READ, EVERYONE),
    "list_instruments": Operation(Scope.REFERENCE_READ, EVERYONE),
    "get_instrument": Operation(Scope.REFERENCE_READ, EVERYONE),
    "list_services": Operation(Scope.REFERENCE_READ, EVERYONE),
    "get_service": Operation(Scope.REFERENCE_READ, EVERYONE),
    "list_organisations": Operation(Scope.REFERENCE_READ, EVERYONE),
    "get_working_calendar": Operation(Scope.REFERENCE_READ, EVERYONE),
    "print_receipt": Operation(Scope.REFERENCE_READ, EVERYONE),
    # work over many rows; each kind takes the right of its single operation besides
    "create_job": Operation(Scope.JOBS_WRITE, VERIFIERS),
    "supply_job_input": Operation(Scope.JOBS_WRITE, VERIFIERS),
    "list_jobs": Operation(Scope.JOBS_READ, VERIFIERS),
    "get_job": Operation(Scope.JOBS_READ, VERIFIERS),
    "get_job_results": Operation(Scope.JOBS_READ, VERIFIERS),
    "get_job_errors": Operation(Scope.JOBS_READ, VERIFIERS),
    "pause_job": Operation(Scope.JOBS_WRITE, VERIFIERS),
    "resume_job": Operation(Scope.JOBS_WRITE, VERIFIERS),
    "cancel_job": Operation(Scope.JOBS_WRITE, VERIFIERS),
    # the sandbox
    "get_clock": Operation(Scope.SANDBOX, EVERYONE),
    "advance_clock": Operation(Scope.SANDBOX, EVERYONE),
    "fire_event": Operation(Scope.SANDBOX, frozenset({Role.PORTAL})),
}
