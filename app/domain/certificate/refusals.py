"""What certificate business refuses to do, and why a certificate may be refused to a person."""

from enum import StrEnum

from app.domain.shared.errors import Conflict


class NoticeStillRunning(Conflict):
    """The public may still object: the last day of the notice has not passed."""

    code = "notice_still_running"
    title = "The public notice is still running"


class CertificateHeld(Conflict):
    """The person holds a certificate already; one person has one. Source: 残疾人证管理办法 (2017), arts. 2, 5."""

    code = "certificate_held"
    title = "The person holds a certificate already"


class StandardNotMet(Conflict):
    """The doctors concluded that the standard is not met, so the case can only be refused."""

    code = "standard_not_met"
    title = "The standard is not met"


class ReasonContradictsConclusion(Conflict):
    """The reason says that the standard is not met, and no doctor has concluded that."""

    code = "reason_contradicts_conclusion"
    title = "The reason contradicts the conclusion"


class RefusalReason(StrEnum):
    """Why a certificate is not issued (不予办理). Source: 残疾人证管理办法 (2017), arts. 3, 9."""

    STANDARD_NOT_MET = "standard_not_met"
    """The doctors concluded that the standard is not met."""
    NOT_REGISTERED_HERE = "not_registered_here"
    """The household register is elsewhere, and no rule lets this place handle the case."""
    MATERIALS_NOT_GENUINE = "materials_not_genuine"
    """Materials turned out to be false."""
    OBJECTION_UPHELD = "objection_upheld"
    """An objection during the public notice was investigated and found right."""
