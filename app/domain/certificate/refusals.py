"""What certificate business refuses to do, and why a certificate may be refused to a person."""

from enum import StrEnum

from app.domain.shared.errors import AlreadyExists, Conflict, DutiesNotSeparated


class NoticeStillRunning(Conflict):
    """The public may still object: the last day of the notice has not passed."""

    code = "notice_still_running"
    title = "The public notice is still running"


class NoticeNotUp(Conflict):
    """The notice is not up: it was not put up yet, or its last day has passed and it was taken down."""

    code = "notice_not_up"
    title = "The notice is not up"


class RelationDeclared(DutiesNotSeparated):
    """Somebody who is related to the person, by their own word, would take part in the case."""

    code = "relation_declared"
    title = "Another person must act here"


class CertificateHeld(Conflict):
    """The person holds a certificate already; one person has one. Source: 残疾人证管理办法 (2017), arts. 2, 5."""

    code = "certificate_held"
    title = "The person holds a certificate already"


class IssuedSince(Conflict):
    """A review would lift the cancellation of a certificate in whose place the person holds another one by now."""

    code = "certificate_issued_since"
    title = "Another certificate was issued since"


class CertificateNotHeld(Conflict):
    """The business is done on a certificate, and the person holds none."""

    code = "certificate_not_held"
    title = "The person holds no certificate"


class CertificateStandsOtherwise(Conflict):
    """The certificate does not stand so that the business can be done on it, such as a frozen one."""

    code = "certificate_stands_otherwise"
    title = "The certificate does not stand so"


class CertificateElsewhere(Conflict):
    """Another county manages the certificate. It is migrated before anything else is done on it.

    Source: 残疾人证管理办法 (2017), art. 3: the place of household registration manages it.
    """

    code = "certificate_elsewhere"
    title = "Another county manages the certificate"


class ResidencePermitMissing(Conflict):
    """The business is accepted where the person lives, and no valid residence permit of the place was shown."""

    code = "residence_permit_missing"
    title = "The residence permit is missing"


class RenewalNotOpen(Conflict):
    """The certificate is valid for longer than the time before its end in which it can be renewed."""

    code = "renewal_not_open"
    title = "It is too early to renew"


class BarredAfterCancellation(Conflict):
    """A certificate of the person was cancelled not long ago. Source: 残疾人证管理办法 (2017), art. 24."""

    code = "barred_after_cancellation"
    title = "A certificate was cancelled not long ago"


class ReissuedBefore(Conflict):
    """A lost card was replaced before, as often as the place does within a year."""

    code = "reissued_before"
    title = "A lost card was replaced not long ago"


class GroundNotInForce(Conflict):
    """The place cancels no certificate on this ground."""

    code = "ground_not_in_force"
    title = "Nothing is cancelled on this ground here"


class CancellationUnderWay(AlreadyExists):
    """It is being looked into already whether the person's certificate is to be cancelled."""

    code = "cancellation_under_way"
    title = "A cancellation is under way"


class NotConcludedUnmet(Conflict):
    """That the standard is no longer met is concluded by doctors alone, and none has.

    Source: 残疾人证管理办法 (2017), arts. 7, 22.
    """

    code = "not_concluded_unmet"
    title = "No doctor has concluded that the standard is not met"


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
    BUSINESS_NOT_OPEN = "business_not_open"
    """The business cannot be done now: nothing is held to do it on, it is too early, or it is barred for a time."""


class Relation(StrEnum):
    """How somebody at work on a case is related to the person, which keeps them out of it (回避)."""

    KIN = "kin"
    HOUSEHOLD = "household"
    """They live together."""
    OTHER = "other"
    """Anything else that might make others doubt."""


class CancellationGround(StrEnum):
    """Why a certificate is cancelled (注销); which of them hold is said by a rule of the place."""

    DEATH = "death"
    NO_LONGER_MEETS_STANDARD = "no_longer_meets_standard"
    """A designated institution has concluded it."""
    VOLUNTARY = "voluntary"
    """The holder or the guardian asks for it in writing."""
    FALSE_MATERIAL = "false_material"
    """It was obtained by deceit."""
    NOT_MIGRATED = "not_migrated"
    """The household register has moved away, and the certificate was not migrated."""
    NOT_RENEWED = "not_renewed"
    """It has expired, and was not renewed."""
