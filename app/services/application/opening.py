"""How the cases of an application are opened: each with its clocks, or with what it has come to at once."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from app.domain.application import Application, Case
from app.domain.certificate import CertificateCase
from app.services.clock import begin_time
from app.services.instant import AtOnce, write_down
from app.services.ports.work import UnitOfWork


async def open_cases(
    cases: Iterable[Case], application: Application, *, at_once: Mapping[UUID, AtOnce], uow: UnitOfWork
) -> None:
    """Put the cases on record; those that the registers have decided as they have decided them."""
    for case in cases:
        if one := at_once.get(case.id):
            _open(one.case, uow=uow)
            await write_down(one, uow=uow)
        else:
            _open(case, uow=uow)
            begin_time(case, application, uow=uow)


def _open(case: Case, *, uow: UnitOfWork) -> None:
    if isinstance(case, CertificateCase):
        uow.certificate_cases.add(case)
        uow.record(case.submitted(), about=case)
    else:
        uow.benefit_cases.add(case)
        uow.record(case.submitted(), about=case)
