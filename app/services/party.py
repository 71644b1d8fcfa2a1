"""When the part of whoever was let in to a case is over, the access ends with it."""

from uuid import UUID

from app.domain.certificate import CertificateCase
from app.domain.referral import Referral
from app.domain.shared.access import Role
from app.domain.shared.party import UNTIL_FURTHER, Access, AccessRules, ended_at_once
from app.services.ports.work import UnitOfWork


def access_rules(case: CertificateCase | Referral, *, uow: UnitOfWork) -> AccessRules:
    """How long whoever was let in to a case may read on, where the case is."""
    return AccessRules.of(uow.rulebook.at(case.region, uow.today))


def institution_comes_back(case: CertificateCase, institution_id: UUID, *, uow: UnitOfWork) -> None:
    """It is asked again in a case that it was asked in before: its access, which had ended, goes on."""
    if case.was_given_to(institution_id):
        _bound(case, institution_id, to_case=UNTIL_FURTHER, to_application=UNTIL_FURTHER, uow=uow)


def institution_has_concluded(case: CertificateCase, *, uow: UnitOfWork) -> None:
    """Its part is done: case and person are shown for some days more, and the application as long as the person."""
    assert case.institution  # another could not have concluded
    access = access_rules(case, uow=uow).done(uow.today)
    as_long = Access(to_case=access.to_person)
    _bound(case, case.institution.id, to_case=access, to_application=as_long, uow=uow)


def institution_is_not_needed(case: CertificateCase, *, uow: UnitOfWork) -> None:
    """The case has ended before its institution has concluded anything; one that has concluded was let go by that."""
    if case.institution is not None and case.conclusion is None:
        access = access_rules(case, uow=uow).come_to_nothing(uow.today)
        _bound(case, case.institution.id, to_case=access, to_application=ended_at_once(uow.today), uow=uow)


def _bound(
    case: CertificateCase, institution_id: UUID, *, to_case: Access, to_application: Access, uow: UnitOfWork
) -> None:
    uow.bound(institution_id, to=case.id, role=Role.EVALUATOR, access=to_case)
    if case.application_id is not None:
        uow.bound(institution_id, to=case.application_id, role=Role.EVALUATOR, access=to_application)
