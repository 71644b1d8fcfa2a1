"""One place where the database's errors become ours: the caller learns what to do, and never a table's name."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

import asyncpg
import structlog

from app.domain.archive import DocumentReplaced
from app.domain.assessment import CorrectedBefore
from app.domain.capacity import NoPlaceFree
from app.domain.certificate import CancellationUnderWay, CertificateHeld
from app.domain.consent import ConsentInForce
from app.domain.need_report import NeedReportOpen
from app.domain.payment import MonthRolled, RollOpen
from app.domain.project import BeneficiaryAlready, BudgetUsedUp, ProjectNotOpen, QuotaUsedUp, ResourcesCommitted
from app.domain.recheck import RecheckOpen
from app.domain.review import ReviewUnderWay
from app.domain.shared.errors import AlreadyExists, DomainError, Forbidden, Unavailable, Unprocessable
from app.domain.survey import RoundUnderWay
from app.domain.uncertified_entry import EntryOpen
from app.domain.waiting import WaitingAlready
from app.services.ports.application import NUMBER_TAKEN, AlreadySubmitted, OpenApplicationExists
from app.services.ports.caller import TryAgain
from app.services.ports.rating import AlreadyRated

CONSTRAINTS: dict[str, DomainError] = {
    "uq_assessment_corrects": CorrectedBefore("Another took its place at this very moment. Correct that one."),
    "uq_archive_document_replaces": DocumentReplaced(
        "Read the archive again, and name the document that stands there now."
    ),
    "uq_application_source": AlreadySubmitted(NUMBER_TAKEN),
    "uq_application_item_source": AlreadySubmitted(
        "Your system has sent an item under this number before. Look it up by that number instead."
    ),
    "uq_application_item_open": OpenApplicationExists(
        "The person has an open application for one of these items. Wait for its decision, or withdraw it."
    ),
    "ex_consent_validity": ConsentInForce("There is a consent to this for one of these days. Take it back first."),
    "uq_certificate_version_held": CertificateHeld(
        "The person holds a certificate already. Refuse the case, or have the other certificate cancelled first."
    ),
    "uq_certificate_case_cancellation": CancellationUnderWay(
        "A cancellation of the person's certificate is under way. Go on with that one."
    ),
    "uq_draw_commitment_number": TryAgain("The series went on at this very moment. Send the request again."),
    "uq_integrity_alarm_finding": TryAgain("The same was found at this very moment. It will be looked at again."),
    "uq_draw_case_round": TryAgain("The case was drawn for at this very moment. Read it again."),
    "uq_rating_item": AlreadyRated("This item was rated before. Correct that rating while there is time."),
    "uq_need_open": TryAgain("Somebody found the same need at this very moment. Send the request again."),
    "uq_recheck_open": RecheckOpen("The same is being looked at already. Wait for what comes of it."),
    "uq_payment_roll_month": MonthRolled("The month has its roll already. What was missing comes with the next month."),
    "uq_payment_roll_open": RollOpen(
        "Another roll of the same benefit and place is on its way. Finish that one first."
    ),
    "uq_offer_open": TryAgain("The same was offered at this very moment. Send the request again."),
    "uq_survey_round_open": RoundUnderWay("A round of this place and population is open. Close that one first."),
    "uq_uncertified_entry_open": EntryOpen("The person is on the ledger already. Go on with that entry."),
    "uq_register_discrepancy_entry": TryAgain("The same row was read at this very moment. Send the request again."),
    "uq_plan_active": TryAgain("Another plan was approved at this very moment. Send the request again."),
    "uq_plan_revision": TryAgain("Another plan was drafted at this very moment. Send the request again."),
    "uq_review_decision": ReviewUnderWay("This decision is under review, or was reviewed before. Look at /v1/reviews."),
    "uq_referral_open": TryAgain("The same offer was made at this very moment. Send the request again."),
    "service_place_free": NoPlaceFree(
        "The last place was taken at this very moment. Ask POST /v1/matches for another."
    ),
    "ex_beneficiary_once": BeneficiaryAlready(
        "The person is on the list of this project in these days. Look at /v1/beneficiaries."
    ),
    "project_open": ProjectNotOpen("The project was closed or suspended at this very moment. Look for another."),
    "project_quota_left": QuotaUsedUp("The last place was taken at this very moment. Ask again when somebody leaves."),
    "project_budget_left": BudgetUsedUp("The money was promised to others at this very moment. Read what is left."),
    "project_committed": ResourcesCommitted("More was taken at this very moment. Read what is left, and ask anew."),
    "uq_waiting_entry_open": WaitingAlready("The need waits for this service already. Look at /v1/waiting-entries."),
    "uq_need_report_open": NeedReportOpen("This need of the person is on its way already. Look at /v1/need-reports."),
    "pk_home_visit": TryAgain("The same visit was written at this very moment. Send the request again."),
    "uq_household_member_current": TryAgain("The household was changed at this very moment. Send the request again."),
    "uq_person_identifier_current": TryAgain("The person was registered at this very moment. Send the request again."),
}
"""Constraints that hold one of a kind, which a caller may meet, and what is said to the caller.

A copy is raised: an exception keeps the frames that it has passed, with all that stands in them.
"""

WALL = "row-level security policy"
"""What the database says of a row that is not the caller's to write: one knows of people who live elsewhere, being
registered here, and not all that concerns them is done here."""

_TRANSIENT = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,  # class 08
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.InvalidAuthorizationSpecificationError,  # class 28: our own role is not let in
    asyncpg.InvalidCatalogNameError,
    asyncpg.InsufficientResourcesError,  # class 53
    asyncpg.ObjectNotInPrerequisiteStateError,  # class 55: a lock is held, or the database takes no connections
    asyncpg.OperatorInterventionError,  # class 57: cancelled, shutting down, starting up
    asyncpg.PostgresSystemError,  # class 58: what the disk says
)


@contextmanager
def translated() -> Iterator[None]:
    """Let our own errors pass; turn the driver's into one that says what the caller can do."""
    try:
        yield
    except (asyncpg.SerializationError, asyncpg.DeadlockDetectedError):
        raise TryAgain("Two requests met over the same record. Send yours again.") from None
    except (asyncpg.UniqueViolationError, asyncpg.ExclusionViolationError) as error:
        raise _of_constraint(error) from None
    except asyncpg.CheckViolationError as error:
        if error.constraint_name not in CONSTRAINTS:
            raise
        raise copy(CONSTRAINTS[error.constraint_name]) from None
    except asyncpg.InsufficientPrivilegeError as error:
        raise _of_privilege(error) from None
    except (
        asyncpg.CharacterNotInRepertoireError,
        asyncpg.UntranslatableCharacterError,
        asyncpg.NumericValueOutOfRangeError,
    ):
        raise Unprocessable("A value cannot be stored. Remove unusual characters and very large numbers.") from None
    except _TRANSIENT:
        raise Unavailable(
            "The database does not answer at the moment. Send the request again in a few seconds."
        ) from None


def _of_privilege(error: asyncpg.InsufficientPrivilegeError) -> Exception:
    as_it_is: Exception = error
    if WALL not in str(error):
        return as_it_is
    structlog.get_logger().warning("a wall stood in the way", said=str(error))  # it names the table, and no value
    return Forbidden("This belongs to another place than yours. The office there does it.")


def _of_constraint(error: asyncpg.IntegrityConstraintViolationError) -> DomainError:
    known = CONSTRAINTS.get(error.constraint_name or "")
    return copy(known) if known else AlreadyExists("This exists already. Read it instead of making it again.")
