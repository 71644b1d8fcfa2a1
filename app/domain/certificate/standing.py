"""How a certificate stands on a day, and for how long it is valid."""

from datetime import date
from enum import StrEnum

from app.domain.shared.span import years_after


class CertificateStatus(StrEnum):
    """How a certificate stands. `expired` is never stored: it follows from the day."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    FROZEN = "frozen"
    CANCELLED = "cancelled"
    REPLACED = "replaced"


def standing_on(stored: CertificateStatus, valid_until: date, on: date) -> CertificateStatus:
    """The status on a day, from the stored one and the last day of validity.

    A day before the issue is not told apart: a certificate that is in the register has been issued.

    >>> standing_on(CertificateStatus.IN_FORCE, date(2036, 11, 24), date(2036, 11, 25)).value
    'expired'
    """
    if stored is CertificateStatus.IN_FORCE and on > valid_until:
        return CertificateStatus.EXPIRED
    return stored


def valid_until(issued_on: date, *, years: int) -> date:
    """The last day of a validity counted in years.

    Source: 民法典 arts. 201, 202: counting starts the day after and ends on the corresponding day; where that month
    has no such day, on the last day of the month.

    >>> valid_until(date(2028, 2, 29), years=10)
    datetime.date(2038, 2, 28)
    """
    return years_after(issued_on, years)
