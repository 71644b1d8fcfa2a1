"""What the case of a benefit refuses to do, and why a benefit may be refused to a person."""

from enum import StrEnum

from app.domain.shared.errors import Conflict


class BenefitNoticeStillRunning(Conflict):
    """The public may still object: the last day of the notice has not passed."""

    code = "benefit_notice_still_running"
    title = "The public notice is still running"


class StoppedAlready(Conflict):
    """There is nothing to give up: what was granted has stopped."""

    code = "stopped_already"
    title = "This has stopped already"


class BoundByReview(Conflict):
    """A review has changed the refusal, and what is left is to grant."""

    code = "bound_by_review"
    title = "A review has decided this"


class RefusalReason(StrEnum):
    """Why a benefit is refused."""

    CONDITIONS_NOT_MET = "conditions_not_met"
    EXCLUDED = "excluded"
    """A circumstance rules it out, such as another allowance that covers the same."""
    NO_CERTIFICATE = "no_certificate"
    NOT_REGISTERED_HERE = "not_registered_here"
    NOT_PROVED = "not_proved"
    """Facts that are needed could not be proved after they were asked for."""
    OBJECTION_UPHELD = "objection_upheld"
