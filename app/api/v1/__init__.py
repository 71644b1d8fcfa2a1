"""The first version of the API: a router a noun."""

from fastapi import APIRouter

from app.api.v1 import (
    access_record,
    application,
    assessment,
    benefit_case,
    catalogue,
    certificate,
    certificate_case,
    certificate_verification,
    clock,
    decision,
    event,
    evidence,
    job,
    match,
    need,
    organisation,
    package,
    person,
    plan,
    receipt,
    reconciliation,
    referral,
    region,
    report,
    review,
    sandbox,
    visit,
    working_calendar,
)


def routers(*, is_sandbox: bool) -> tuple[APIRouter, ...]:
    """All routers, the busiest first, for they are tried in order; those of a sandbox only where there is one."""
    always = (
        certificate_verification.router,
        application.router,
        reconciliation.router,
        receipt.router,
        visit.router,
        clock.router,
        benefit_case.router,
        certificate.router,
        certificate_case.router,
        decision.router,
        evidence.router,
        review.router,
        assessment.router,
        need.router,
        plan.router,
        match.router,
        referral.router,
        event.router,
        job.router,
        access_record.router,
        person.router,
        assessment.instruments_router,
        catalogue.router,
        region.router,
        package.router,
        report.router,
        organisation.router,
        working_calendar.router,
    )
    return (*always, sandbox.router) if is_sandbox else always
