"""What may be done to a certificate itself: the table of how it may stand, beside the business that is done on it."""

from enum import StrEnum

from app.domain.certificate.standing import CertificateStatus
from app.domain.shared.transitions import Lifecycle, Transition


class CertificateAction(StrEnum):
    """What may be done to a certificate."""

    FREEZE = "freeze"
    """冻结"""
    UNFREEZE = "unfreeze"
    """解除冻结"""
    REPLACE = "replace"
    """换发: business of its own has put another card in the place of this one."""
    CANCEL = "cancel"
    """注销: business of its own has ended it."""
    RESTORE = "restore"
    """恢复: a review has lifted the decision that froze or cancelled it."""


_LIVING = frozenset({CertificateStatus.IN_FORCE, CertificateStatus.EXPIRED, CertificateStatus.FROZEN})
CERTIFICATE_LIFECYCLE = Lifecycle(
    noun="certificate",
    start=CertificateStatus.IN_FORCE,
    steps={
        CertificateAction.FREEZE: Transition.through(
            "freeze_certificate",
            sources=[CertificateStatus.IN_FORCE, CertificateStatus.EXPIRED],
            target=CertificateStatus.FROZEN,
        ),
        CertificateAction.UNFREEZE: Transition.through(
            "unfreeze_certificate", sources=[CertificateStatus.FROZEN], target=CertificateStatus.IN_FORCE
        ),
        CertificateAction.REPLACE: Transition(sources=_LIVING, target=CertificateStatus.IN_FORCE),
        CertificateAction.CANCEL: Transition(sources=_LIVING, target=CertificateStatus.CANCELLED),
        CertificateAction.RESTORE: Transition(
            sources=frozenset({CertificateStatus.FROZEN, CertificateStatus.CANCELLED}),
            target=CertificateStatus.IN_FORCE,
            reopens=True,
        ),
    },
    apart=frozenset({CertificateAction.FREEZE, CertificateAction.UNFREEZE}),
)
"""Source: 残疾人证管理办法 (2017), arts. 7, 19-24: the county federation manages it. Freezing is a rule of places.

Whoever froze it may let it go on. Both stand in `apart` so that nobody does either to their own certificate.
"""
