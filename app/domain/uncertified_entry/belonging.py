"""Who belongs on the ledger: whoever holds no certificate that is in force, and is not on it already."""

from uuid import UUID

from app.domain.certificate import CertificateStatus
from app.domain.uncertified_entry.refusals import EntryOpen, HoldsCertificate


def require_uncertified(*, certificate: CertificateStatus | None, open_entry_id: UUID | None) -> None:
    """Hold a person to belong on the ledger, by how a certificate stands today and by an entry that is open.

    Raises:
        EntryOpen: the person is on it.
        HoldsCertificate: the person holds a certificate that is in force.
    """
    if open_entry_id is not None:
        raise EntryOpen("The person is on the ledger already. Go on with that entry.", entry_id=str(open_entry_id))
    if certificate is CertificateStatus.IN_FORCE:
        raise HoldsCertificate("The person holds a certificate that is in force. What is needed goes into a plan.")
