"""The seven businesses as the rulebooks have them, and certificates on which they are done."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.adapters.rulebooks import load_rulebooks
from app.domain.certificate import (
    BarRules,
    Business,
    BusinessRules,
    Certificate,
    CertificateStatus,
    EvaluationConclusion,
    FreezeReason,
    Stage,
)
from app.domain.shared.rulebook import Rule, Rulebook, RulesInForce
from tests.builders.certificate import CERTIFICATE_RULES, a_certificate_case
from tests.builders.people import AFTER_NOTICE, COUNTY, HOLDER, a_rule

BOOK = Rulebook(load_rulebooks())


def rules_here(on: date = AFTER_NOTICE) -> RulesInForce:
    """What holds in the example county."""
    return BOOK.at(COUNTY, on)


def row_of(business: Business) -> BusinessRules:
    """The row of a business, as the rulebooks have it for the example county."""
    return BusinessRules.of(rules_here(), business)


def a_row(business: Business, **changes: Any) -> Rule:
    """The same as a rule of a test's own, with some of it changed."""
    subject = f"certificate.business.{business}"
    value: Any = rules_here().value(subject).value
    return a_rule(subject, {**value, **changes}, unit="certificate_business")


def bars_here() -> BarRules:
    return BarRules.of(rules_here())


def a_certificate(**changes: Any) -> Certificate:
    """A certificate that has just been issued for the first time; `changes` are to its current card."""
    case = a_certificate_case(Stage.ISSUED)
    certificate, _ = Certificate.first_issue(case, citizen_number=HOLDER, on=AFTER_NOTICE, rules=CERTIFICATE_RULES)
    return replace(certificate, versions=(replace(certificate.current, **changes),))


def frozen_because(reason: FreezeReason, **changes: Any) -> Certificate:
    return a_certificate(
        status=CertificateStatus.FROZEN, status_since=AFTER_NOTICE, status_reason=reason.value, **changes
    )


def cancelled_since(on: date) -> Certificate:
    return a_certificate(status=CertificateStatus.CANCELLED, status_since=on, status_reason="voluntary")


def issued_for(
    business: Business, certificate: Certificate, *, on: date, conclusion: EvaluationConclusion | None = None
) -> Certificate:
    """The certificate after a case of the business was issued."""
    row = row_of(business)
    case = replace(a_certificate_case(Stage.ISSUED), business=business, way=row.way, conclusion=conclusion)
    return certificate.reissue(case, citizen_number=HOLDER, on=on, rules=CERTIFICATE_RULES, business=row)[0]
