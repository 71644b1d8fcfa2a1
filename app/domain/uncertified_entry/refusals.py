"""What is refused where people are put on the ledger, contacted or taken on to an application."""

from app.domain.shared.errors import AlreadyExists, Conflict, Unprocessable


class EntryOpen(AlreadyExists):
    """The person is on the ledger already."""

    code = "entry_open"
    title = "The person is on the ledger already"


class HoldsCertificate(Conflict):
    """The person holds a certificate that is in force, and the ledger is of those who hold none."""

    code = "holds_certificate"
    title = "The person holds a certificate"


class UncertifiedReasonUnknown(Unprocessable):
    """The rules in force know no such reason for having no certificate."""

    code = "uncertified_reason_unknown"
    title = "There is no such reason"


class ContactDayImpossible(Unprocessable):
    """A contact lies in the future or before the entry, or the next one is to come too late."""

    code = "contact_day_impossible"
    title = "The day of the contact cannot be right"


class IdentityNumberNeeded(Unprocessable):
    """An application names the identity number, and the person's is not on record."""

    code = "identity_number_needed"
    title = "Give the identity number"
