"""Whether a business is open for somebody: how the certificate must stand, and what bars it for a time."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from app.domain.certificate.business import BusinessRules
from app.domain.certificate.certificate import Certificate
from app.domain.certificate.refusals import (
    BarredAfterCancellation,
    CertificateElsewhere,
    CertificateHeld,
    CertificateNotHeld,
    CertificateStandsOtherwise,
    ReissuedBefore,
    RenewalNotOpen,
)
from app.domain.certificate.rules import VALIDITY
from app.domain.certificate.stages import Business
from app.domain.certificate.standing import CertificateStatus
from app.domain.shared.errors import DomainError
from app.domain.shared.region import Level, area_at
from app.domain.shared.rulebook import Ruled, RulesInForce
from app.domain.shared.span import years_after

ENDED = frozenset({CertificateStatus.CANCELLED, CertificateStatus.REPLACED})


@dataclass(frozen=True, slots=True, kw_only=True)
class BarRules:
    """When business opens, and what bars it for a time.

    Source: 残疾人证管理办法 (2017), arts. 19, 24, and local guides.
    """

    validity_years: Ruled[int]
    renewal_opens_after_years: Ruled[int]
    reapplication_bar_years: Ruled[int]
    reapplication_bar_may_be_lifted: Ruled[bool]
    reissues_a_year: Ruled[int] | None
    """None where the place sets no bound."""

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: one that holds everywhere is missing.
        """
        bounded = rules.has("certificate.reissues_a_year")
        return cls(
            validity_years=rules.years(VALIDITY),
            renewal_opens_after_years=rules.years("certificate.renewal_opens_after"),
            reapplication_bar_years=rules.years("certificate.reapplication_bar"),
            reapplication_bar_may_be_lifted=rules.flag("certificate.reapplication_bar_may_be_lifted"),
            reissues_a_year=rules.count("certificate.reissues_a_year") if bounded else None,
        )


def require_open(
    business: BusinessRules,
    certificate: Certificate | None,
    *,
    place: str,
    on: date,
    rules: BarRules,
    lifted_because: str = "",
) -> str | None:
    """Hold a business to how the person's certificate stands on a day; the code of the bar that a reason has lifted.

    `place` is the path of where the business is done.

    Nothing is refused to the person by this: whoever is at work on the case refuses it, with the reason.

    Raises:
        CertificateHeld, CertificateNotHeld, CertificateStandsOtherwise, RenewalNotOpen: it cannot be done.
        CertificateElsewhere: another county manages the certificate.
        BarredAfterCancellation, ReissuedBefore: it is barred for a time, and no reason lifts the bar.
    """
    if certificate is not None and business.business not in {Business.NEW, Business.MIGRATION}:
        _require_here(certificate, place)
    bar, may_be_lifted = _bar(business, certificate, on=on, rules=rules)
    if bar is None:
        return None
    if not may_be_lifted or not lifted_because.strip():
        raise bar
    return bar.code


def _require_here(certificate: Certificate, place: str) -> None:
    if area_at(certificate.region, Level.COUNTY) != area_at(place, Level.COUNTY):
        raise CertificateElsewhere("Another county manages the certificate. Have it migrated first.")


def _bar(
    business: BusinessRules, certificate: Certificate | None, *, on: date, rules: BarRules
) -> tuple[DomainError | None, bool]:
    """What stands against it, and whether a reason lifts that."""
    if business.business is Business.NEW:
        if certificate is not None and certificate.status_on(on) not in ENDED:
            return CertificateHeld("The person has a certificate already. Renew it, or refuse the case."), False
        return _cancelled_of_late(certificate, on=on, rules=rules), rules.reapplication_bar_may_be_lifted.value
    if certificate is None or certificate.status_on(on) in ENDED:
        return CertificateNotHeld("There is no certificate to do this on. A first issue is open instead."), False
    if (otherwise := _stands_otherwise(business, certificate, on=on)) is not None:
        return otherwise, False
    if business.business is Business.RENEWAL:
        return _too_early(certificate, on=on, rules=rules), False
    return (_reissued(certificate, on=on, rules=rules), True) if business.business is Business.LOSS else (None, False)


def _stands_otherwise(business: BusinessRules, certificate: Certificate, *, on: date) -> DomainError | None:
    status, reason = certificate.status_on(on), certificate.current.status_reason
    is_cured = status is not CertificateStatus.FROZEN or reason in business.cures
    if status in business.needs and is_cured:
        return None
    return CertificateStandsOtherwise(
        f"The certificate is {status.value.replace('_', ' ')}. Settle that first, then do this.", status=status.value
    )


def _cancelled_of_late(certificate: Certificate | None, *, on: date, rules: BarRules) -> DomainError | None:
    if certificate is None or certificate.current.status_since is None:
        return None
    open_after = years_after(certificate.current.status_since, rules.reapplication_bar_years.value)
    if on > open_after:
        return None
    return BarredAfterCancellation(
        f"A certificate was cancelled, and another is applied for after {open_after}. Give the reason where it is "
        "accepted all the same.",
        pointer="/exemption",
        open_after=str(open_after),
    )


def _too_early(certificate: Certificate, *, on: date, rules: BarRules) -> DomainError | None:
    ahead = rules.validity_years.value - rules.renewal_opens_after_years.value
    opens_on = years_after(certificate.current.valid_until, -ahead)
    if on >= opens_on:
        return None
    return RenewalNotOpen(f"It can be renewed from {opens_on} on. Apply then.", opens_on=str(opens_on))


def _reissued(certificate: Certificate, *, on: date, rules: BarRules) -> DomainError | None:
    if rules.reissues_a_year is None:
        return None
    of_late = [day for day in certificate.lost_on if on <= years_after(day, 1)]
    if len(of_late) < rules.reissues_a_year.value:
        return None
    open_after = years_after(of_late[-rules.reissues_a_year.value], 1)
    return ReissuedBefore(
        f"A lost card was replaced on {of_late[-1]}; the next one is due after {open_after}. Give the reason where it "
        "is replaced all the same.",
        pointer="/exemption",
        open_after=str(open_after),
    )
