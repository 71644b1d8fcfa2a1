"""When the part of whoever was let in to a case is over, the access ends with it."""

from uuid import UUID

from app.domain.certificate import CertificateCase
from app.domain.referral import Referral
from app.domain.shared.access import Role
from app.domain.shared.party import UNTIL_FURTHER, AccessRules, ended_at_once
from app.services.ports.work import UnitOfWork


def access_rules(case: CertificateCase | Referral, *, uow: UnitOfWork) -> AccessRules:
    """How long whoever was let in to a case may read on, where the case is."""
    return AccessRules.of(uow.rulebook.at(case.region, uow.today))


def institution_comes_back(case: CertificateCase, institution_id: UUID, *, uow: UnitOfWork) -> None:
    """It evaluates anew what it has evaluated before: its access, which had ended, goes on."""
    if case.was_evaluated_by(institution_id):
        uow.bound(Role.EVALUATOR, to=case.id, access=UNTIL_FURTHER)
        if case.application_id is not None:
            uow.bound(Role.EVALUATOR, to=case.application_id, access=UNTIL_FURTHER)


def institution_has_concluded(case: CertificateCase, *, uow: UnitOfWork) -> None:
    """Its part is done: what was evaluated is shown for some days more, the application not at all."""
    uow.bound(Role.EVALUATOR, to=case.id, access=access_rules(case, uow=uow).done(uow.today))
    _leave_application(case, uow=uow)


def institution_is_not_needed(case: CertificateCase, *, uow: UnitOfWork) -> None:
    """The case has ended before its institution has concluded anything; one that has concluded was let go by that."""
    if case.institution is not None and case.conclusion is None:
        uow.bound(Role.EVALUATOR, to=case.id, access=access_rules(case, uow=uow).come_to_nothing(uow.today))
        _leave_application(case, uow=uow)


def _leave_application(case: CertificateCase, *, uow: UnitOfWork) -> None:
    if case.application_id is not None:
        uow.bound(Role.EVALUATOR, to=case.application_id, access=ended_at_once(uow.today))
