"""The worker's part in looking again: going through all running grants, and asking humans to look where it is due."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from app.domain.job import Job
from app.domain.recheck import PERIODIC_CHECK, Looked, OnRecord, due_triggers, has_ended
from app.services.grant_facts import proposal_on
from app.services.job.work import Chunk
from app.services.payment_work import START
from app.services.ports.grant import GrantedCase
from app.services.ports.work import UnitOfWork
from app.services.recheck import REGION, opened_now, running_grant

CASES_AT_ONCE = 250
"""Each may open several looks, and each of those is an event with its leaf: more would not fit into one statement."""


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
    if has_ended(case.grant.last_month, uow.today):
        return 0
    months = uow.rulebook.at(case.region, uow.today).months(PERIODIC_CHECK).value
    triggers = due_triggers(_on_record(case, uow=uow), looked, on=uow.today, months=months)
    for trigger in triggers:
        recheck, event = opened_now(running_grant(case, case.case_id), trigger, uow=uow)
        uow.rechecks.add(recheck)
        uow.record(event, about=recheck)
    return len(triggers)


def _on_record(case: GrantedCase, *, uow: UnitOfWork) -> OnRecord:
    """What may make somebody look, as it is today."""
    certificate, unmet = case.certificate, proposal_on(case, uow.today, rulebook=uow.rulebook).unmet
    return OnRecord(
        region=case.region,
        granted_on=case.granted_on,
        unmet=tuple(reason.code for reason in unmet),
        has_changed_certificate=certificate is not None and certificate.has_changed,
        registered_in=case.person.registration_region if case.is_known_here else None,
        has_twin=case.has_twin,
    )
