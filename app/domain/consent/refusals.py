"""What is refused where consent is given, missing, or no longer there; each says who may give it, and how."""

from app.domain.shared.errors import AlreadyExists, Conflict, Forbidden, Unprocessable

HOW_TO_CONSENT = "The person or a guardian may agree (POST /v1/persons/{id}/consents), or tell an officer, who does so"


class PurposeUnknown(Unprocessable):
    """The rules in force know no such purpose."""

    code = "purpose_unknown"
    title = "There is no such purpose"


class ConsentNotAsked(Unprocessable):
    """The law suffices for this purpose: a consent would pretend a choice that there is not."""

    code = "consent_not_asked"
    title = "This needs no consent"


class ReceiverNotSuitable(Unprocessable):
    """There is no such organisation, or none of a kind that is told anything for this purpose."""

    code = "receiver_not_suitable"
    title = "This organisation is not told for this purpose"


class FieldsNotShared(Unprocessable):
    """The consent names more than the purpose needs, or nothing."""

    code = "fields_not_shared"
    title = "The purpose does not need this"


class ConsentDaysImpossible(Unprocessable):
    """It would begin in the past, end before it begins, or last longer than the purpose allows."""

    code = "consent_days_impossible"
    title = "A consent cannot last so"


class GuardianConsentNeeded(Forbidden):
    """The person has not reached the age from which their own word suffices."""

    code = "guardian_consent_needed"
    title = "A guardian has to say this"


class ConsentInForce(AlreadyExists):
    """The person has agreed to the same already, for days that meet these."""

    code = "consent_in_force"
    title = "This was agreed to already"


class ConsentMissing(Conflict):
    """Somebody would be told of the person, who has not agreed to that."""

    code = "consent_missing"
    title = "The person has not agreed to this sharing"


class ConsentNotInForce(Forbidden):
    """What was shown by the person's consent is shown no more: it was taken back, or has run out."""

    code = "consent_not_in_force"
    title = "The person's consent is not in force"
