"""How clocks follow what happens to cases: the one place where the two meet. Which step does what is data."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from app.domain import certificate
from app.domain.application import Application, CaseKind
from app.domain.benefit import BenefitCase, Route, Stage
from app.domain.certificate import LIFECYCLE, CertificateCase
from app.domain.clock import ASK_CONFIRMATION, SUBMIT, Clock, Limit, Subject, handling_of, limits_of_law, promises_of
from app.services.ports.work import UnitOfWork
from app.services.yielding import yielding

Case = CertificateCase | BenefitCase
_UNCONFIRMED = frozenset({Stage.AWAITING_CONFIRMATION, certificate.Stage.AWAITING_CONFIRMATION})


async def keep_time(case: Case, application: Application, *, uow: UnitOfWork) -> None:
    """Let the clocks of a case follow the step that it has just taken: some stop, pause or go on, others begin."""
    step, on = case.done[-1].action.value, case.done[-1].on
    calendar = uow.calendar(case.region)
    for clock in await uow.case_clocks.unstopped_of(case.id):
        taken = clock.taken(step, on=on, is_finished=case.is_finished, calendar=calendar)
        if taken != clock:
            with yielding():
                await uow.case_clocks.save(taken)
    if not case.is_finished and case.stage is not Stage.WAITING:
        _start(case, application, step=step, on=on, uow=uow)


def begin_time(case: Case, application: Application, *, uow: UnitOfWork) -> None:
    """Set off what the submission of a case sets off; a case that waits for another has no clock yet.

    One that waits for a second person's word has the clock of that word alone: no office's time runs before it.
    """
    if case.stage is not Stage.WAITING:
        step = ASK_CONFIRMATION if case.stage in _UNCONFIRMED else SUBMIT
        _start(case, application, step=step, on=uow.today, uow=uow)


def _start(case: Case, application: Application, *, step: str, on: date, uow: UnitOfWork) -> None:
    calendar = uow.calendar(case.region)
    item = application.item_of(case.id)
    subject = Subject(
        case_id=case.id,
        person_id=case.person_id,
        region=case.region,
        application_id=application.id,
        item=item.code,
        test_clock_id=application.clock_id,
    )
    for limit in _limits(case, application, item.code, uow=uow):
        if step in limit.starts_with:
            since = _notice_ends(case) or on if limit.is_after_notice else on
            uow.case_clocks.add(Clock.start(limit, clock_id=uow.new_id(), subject=subject, on=since, calendar=calendar))


def _limits(case: Case, application: Application, item: str, *, uow: UnitOfWork) -> tuple[Limit, ...]:
    """The law as it stands today, and what was promised on the day of the application."""
    law = uow.rulebook.at(case.region, uow.today)
    promised = uow.rulebook.at(case.region, uow.calendar(case.region).date_of(application.submitted_at))
    package = application.package_code
    return (
        *limits_of_law(_kind(case), handling_of(package, item, promised), law),
        *promises_of(package, item, promised, actions=_actions(case)),
    )


def _kind(case: Case) -> CaseKind:
    return CaseKind.CERTIFICATE if isinstance(case, CertificateCase) else CaseKind.BENEFIT


def _actions(case: Case) -> Mapping[str, frozenset[str]]:
    return CERTIFICATE_ACTIONS if isinstance(case, CertificateCase) else _benefit_actions(case.route)


CERTIFICATE_ACTIONS = LIFECYCLE.actions_by_operation()
"""Which actions each operation of the API does to a certificate case."""


@lru_cache(maxsize=256)
def _benefit_actions(route: Route) -> Mapping[str, frozenset[str]]:
    return route.lifecycle.actions_by_operation()


def _notice_ends(case: Case) -> date | None:
    if isinstance(case, BenefitCase):
        return case.notice_last_day
    return case.notice.last_day if case.notice else None
