"""The worker's part in looking again: going through all running grants, and asking humans to look where it is due."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from app.domain.benefit import month_of
from app.domain.job import Job
from app.domain.recheck import RecheckStage, Subject, Trigger, triggers_of
from app.domain.shared.region import Level, ancestors_of, code_of, contains, level_of
from app.domain.shared.span import months_after
from app.services.grant_facts import proposal_on
from app.services.job.work import Chunk
from app.services.payment_work import START
from app.services.ports.grant import GrantedCase
from app.services.ports.recheck import Looked
from app.services.ports.work import UnitOfWork
from app.services.recheck import REGION, opened_now

CASES_AT_ONCE = 250
"""Each may open several looks, and each of those is an event with its leaf: more would not fit into one statement."""
PERIODIC = "subsidy.periodic_check"


class RecheckScanWork:
    """Compares each running grant with what is on record, and with the calendar. It changes no grant."""

    async def chunk(self, job: Job, *, uow: UnitOfWork) -> Chunk:
        """Open what is due for so many grants."""
        region, position = str(job.parameters[REGION]), job.progress.position
        after = None if position == START else UUID(position)
        cases = await uow.grants.page(None, region, after=after, limit=CASES_AT_ONCE)
        looked: dict[UUID, list[Looked]] = defaultdict(list)
        for look in await uow.rechecks.of_cases([case.case_id for case in cases]):
            looked[look.case_id].append(look)
        opened = sum(_open(case, looked[case.case_id], uow=uow) for case in cases)
        before = job.progress
        progress = replace(
            before,
            chunks=before.chunks + 1,
            position=str(cases[-1].case_id) if cases else position,
            rows=before.rows + opened,
            done=before.done + len(cases),
            total=before.total or await uow.grants.count(None, region),
        )
        return Chunk(progress, is_last=len(cases) < CASES_AT_ONCE)


def _open(case: GrantedCase, looked: Iterable[Looked], *, uow: UnitOfWork) -> int:
    triggers = triggers_for(case, looked, uow=uow)
    for trigger in triggers:
        recheck, event = opened_now(_subject(case), trigger, uow=uow)
        uow.rechecks.add(recheck)
        uow.record(event, about=recheck)
    return len(triggers)


def triggers_for(case: GrantedCase, looked: Iterable[Looked], *, uow: UnitOfWork) -> tuple[Trigger, ...]:
    """Why somebody is to look at a grant today, but for what is being looked at, or was not long ago."""
    today, looks = uow.today, tuple(looked)
    if case.grant.last_month is not None and case.grant.last_month < month_of(today):
        return ()
    months = uow.rulebook.at(case.region, today).months(PERIODIC).value
    settled = {look.trigger for look in looks if _is_settled(look, months=months, today=today)}
    found = tuple(trigger for trigger in _found(case, today, uow=uow) if trigger not in settled)
    last = max([case.granted_on, *(look.on for look in looks if look.stage is not RecheckStage.OPEN)])
    is_due = months_after(last, months) <= today and Trigger.PERIODIC not in settled
    return (*found, Trigger.PERIODIC) if is_due and not found else found


def _is_settled(look: Looked, *, months: int, today: date) -> bool:
    """Say whether a look is open, or was decided so lately that the same finding is no news."""
    return look.stage is RecheckStage.OPEN or today < months_after(look.on, months)


def _found(case: GrantedCase, today: date, *, uow: UnitOfWork) -> Iterator[Trigger]:
    unmet = proposal_on(case, today, rulebook=uow.rulebook).unmet
    triggers = dict.fromkeys(triggers_of(tuple(reason.code for reason in unmet)))
    certificate = case.certificate
    if certificate and certificate.has_changed and Trigger.CERTIFICATE_NOT_IN_FORCE not in triggers:
        triggers[Trigger.GRADE_CHANGED] = None
    if not case.is_known_here or not contains(_county_of(case.region), case.person.registration_region):
        triggers[Trigger.REGISTRATION_MOVED] = None
    if case.has_twin:
        triggers[Trigger.DUPLICATE] = None
    return iter(triggers)


def _county_of(region: str) -> str:
    """The county that a place lies in: moving within it changes nothing."""
    return next((area for area in ancestors_of(region) if area and level_of(code_of(area)) is Level.COUNTY), region)


def _subject(case: GrantedCase) -> Subject:
    return Subject(
        case_id=case.case_id,
        person_id=case.person_id,
        region=case.region,
        application_id=case.application_id,
        item=case.item,
    )
