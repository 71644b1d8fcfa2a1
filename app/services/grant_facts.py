"""What rules say to the facts of somebody's running grant, as they were on a day."""

from datetime import date, timedelta

from app.domain.application import declared_by
from app.domain.benefit import Proposal
from app.domain.entitlement import Facts
from app.domain.shared.rulebook import Rulebook
from app.domain.shared.span import month_of
from app.services.benefit_rules import offer_of, rules_of
from app.services.ports.grant import GrantedCase

DAY_BEFORE = timedelta(days=1)


def facts_on(case: GrantedCase, on: date, *, rulebook: Rulebook) -> Facts:
    """What is held of the person of a grant, as it was on a day."""
    certificate, (package, item) = case.certificate, offer_of(case.item, rulebook.at(case.region, on))
    declared = declared_by(package.form, case.form.answers)
    is_in_force = (
        certificate is not None and certificate.is_valid and certificate.issued_on <= on <= certificate.valid_until
    )
    return Facts(
        has_certificate=is_in_force if case.is_known_here else None,
        components=certificate.components if certificate else {},
        grade=certificate.grade if certificate else None,
        birth_date=case.person.birth_date,
        on=on,
        economic_status=case.person.economic_status_on(on),
        registration_region=case.person.registration_region if case.is_known_here else None,
        needs={**declared.needs, **dict.fromkeys(item.declares, True)},
        receiving=declared.receiving,
        flags=declared.flags,
    )


def proposal_on(case: GrantedCase, on: date, *, rulebook: Rulebook) -> Proposal:
    """What the rules of a day say to the facts of that day. They decide nothing."""
    return rules_of(case.item, rulebook.at(case.region, on)).proposal(facts_on(case, on, rulebook=rulebook))


def reference_day(month: date, *, granted_on: date) -> date | None:
    """The day whose facts say whether conditions were met for a month: the last one before it.

    A condition that ceases within a month leaves that month due. For the month of the decision and those before it, the
    decision itself has said so.

    >>> str(reference_day(date(2027, 3, 1), granted_on=date(2026, 11, 24)))
    '2027-02-28'
    """
    return None if month <= month_of(granted_on) else month - DAY_BEFORE
