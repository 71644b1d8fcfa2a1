"""The seven businesses as the rulebooks have them, and certificates on which they are done."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.certificate import (
    BarRules,
    Business,
    BusinessRules,
    Certificate,
    CertificateCase,
    CertificateStatus,
    EvaluationConclusion,
    FreezeReason,
    Stage,
    Way,
)
from app.domain.shared.rulebook import Rule, RulesInForce
from tests.builders.certificate import CERTIFICATE_RULES, a_certificate_case, a_refusal
from tests.builders.people import (
    AFTER_NOTICE,
    COUNTY,
    HOLDER,
    MONDAY,
    TOWNSHIP_OFFICER,
    a_rule,
)
from tests.builders.rules import BOOK


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


def a_certificate_at(stage: CertificateStatus) -> Certificate:
    """A certificate that stands so after the notice of the usual case."""
    if stage is CertificateStatus.EXPIRED:
        return a_certificate(valid_until=MONDAY)
    return a_certificate(status=stage)


def a_certificate_case_at(stage: Stage, way: Way) -> CertificateCase:
    """A case of any way at any stage, also at one that the way does not have."""
    return replace(_whole_case_at(stage), way=way)


def _whole_case_at(stage: Stage) -> CertificateCase:
    if stage is Stage.REFUSED:
        return replace(a_certificate_case(Stage.EVALUATED), stage=stage, refusal=a_refusal())
    if stage is Stage.UNDER_INVESTIGATION:
        on_notice = a_certificate_case(Stage.ON_NOTICE)
        return on_notice.record_objection(by=TOWNSHIP_OFFICER, on=MONDAY, text="invented words")[0]
    if stage in {
        Stage.AWAITING_CONFIRMATION,
        Stage.AWAITING_CORRECTION,
        Stage.INACTIVE,
        Stage.WITHDRAWN,
        Stage.CANCELLED,
    }:
        return replace(a_certificate_case(), stage=stage)
    return a_certificate_case(stage)
