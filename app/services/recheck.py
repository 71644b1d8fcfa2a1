"""Use cases of looking again at running grants: somebody reports a change, a human decides what becomes of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.domain.benefit import BenefitCase, Grant, Proposal, ceased_on, month_of
from app.domain.job import Job, JobKind
from app.domain.recheck import (
    CHECK_TRIGGERS,
    RECHECK_WITHIN,
    CeasedImpossible,
    GrantNotRunning,
    Recheck,
    RecheckStage,
    RunningGrant,
    Trigger,
    has_ended,
    require_trigger,
)
from app.domain.shared.access import BY_PARTY, has_function
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.events import Event
from app.domain.shared.transitions import NotYourFunction
from app.services.benefit_rules import rules_of
from app.services.deciding import decide_on_recheck
from app.services.grant_facts import facts_on, proposal_on
from app.services.job.orders import JobView, owner_of
from app.services.ports.grant import GrantedCase
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of
from app.services.yielding import yielding

REGION = "region"
"""The parameter of a job that goes through all grants of a place: its path."""
SHOWN = ("recheck",)


class Verdict(StrEnum):
    """What becomes of the grant."""

    CONFIRMED = "confirmed"
    """It goes on as it was."""
    STOPPED = "stopped"
    """It ends with the month in which a condition ceased."""
    CORRECTED = "corrected"
    """It is due for other months."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a human has decided, with the words for the person."""

    verdict: Verdict
    text: str = ""
    ceased_on: date | None = None
    first_month: date | None = None
    last_month: date | None = None
    recovers_overpaid: bool = False


@dataclass(frozen=True, slots=True)
class RecheckView(View[Recheck]):
    """A recheck with the grant that it is about and, for staff while it is open, what the rules say now."""

    grant: Grant | None = None
    proposal: Proposal | None = None
    ceased_on: date | None = None
    """The first day of the spell in which a condition is not met, as far as the records tell."""


async def open_recheck(case_id: UUID, *, trigger: Trigger, told: str, uow: UnitOfWork) -> RecheckView:
    """Report that something has changed; the grant goes on until somebody has looked.

    Raises:
        GrantNotRunning: nothing is granted, or it has ended.
        NoTriggerHere: this does not make anybody look again here.
        RecheckOpen: the same is being looked at already.
    """
    async with uow:
        case = await uow.benefit_cases.get(case_id)
        if case.granted is None or has_ended(case.granted.last_month, uow.today):
            raise GrantNotRunning("No grant is running in this case. There is nothing to look at.")
        require_trigger(trigger, known=uow.rulebook.at(case.region, uow.today).texts(CHECK_TRIGGERS).value)
        opened, event = opened_now(running_grant(case, case.id), trigger, by=uow.actor.id, told=told, uow=uow)
        uow.rechecks.add(opened)
        uow.record(event, about=opened)
        uow.accessed(case.person_id, disclosed=SHOWN)
        return await uow.commit(RecheckView(opened, opened.allowed_actions(uow.actor, on=uow.today), case.granted))


def opened_now(
    grant: RunningGrant, trigger: Trigger, *, by: UUID | None = None, told: str = "", uow: UnitOfWork
) -> tuple[Recheck, Event]:
    """A recheck that is opened today, due by the promise of the place."""
    days = uow.rulebook.at(grant.region, uow.today).working_days(RECHECK_WITHIN).value
    due_on = uow.calendar(grant.region).last_day_of(days, after=uow.today)
    return Recheck.open(
        grant, trigger, recheck_id=uow.new_id(), at=uow.now, on=uow.today, due_on=due_on, by=by, told=told
    )


def running_grant(case: BenefitCase | GrantedCase, case_id: UUID) -> RunningGrant:
    """The grant of a case, as a recheck names it."""
    return RunningGrant(
        case_id=case_id,
        person_id=case.person_id,
        region=case.region,
        application_id=case.application_id,
        item=case.item,
    )


async def get_recheck(recheck_id: UUID, *, uow: UnitOfWork) -> RecheckView:
    """A recheck; staff are also told what the rules say now, and since when a condition is not met."""
    async with uow:
        recheck = await uow.rechecks.get(recheck_id)
        uow.accessed(recheck.person_id, disclosed=SHOWN)
        return await uow.commit(await _view(recheck, uow=uow))


async def list_rechecks(
    *, stages: tuple[RecheckStage, ...], due_by: date | None, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[Recheck]:
    """What is to be looked at in the caller's areas."""
    async with uow:
        found = await uow.rechecks.page(stages, due_by=due_by, whose=uow.actor, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        uow.accessed(*(recheck.person_id for recheck in page.items), disclosed=SHOWN)
        return await uow.commit(page)


async def decide_recheck(recheck_id: UUID, *, version: int, ruling: Ruling, uow: UnitOfWork) -> RecheckView:
    """Confirm the grant, stop it, or put its months right; what is against the person is a decision with an appeal.

    Raises:
        ReasonMissing: the grant is stopped or corrected, and nothing is said to the person.
        CeasedImpossible: the day or the months cannot be, or another grant of the same is due for one of them.
    """
    async with uow:
        recheck = await uow.rechecks.get(recheck_id, version=version)
        case = await uow.benefit_cases.get(recheck.case_id)
        assert case.granted  # a recheck is of a grant
        decided, event, grant = _decided(recheck, case.granted, ruling, applied_on=case.applied_on, uow=uow)
        if grant is not None:
            others = await uow.grants.others(case.person_id, case.item, than=case.id)
            _require_paid_once(grant, ruling, others=others)
            case = case.with_grant(grant)
            await _write_down(decided, case, ruling, uow=uow)
            with yielding():
                await uow.benefit_cases.save(case)
        saved = await uow.rechecks.save(decided)
        uow.record(event, about=saved)
        uow.accessed(saved.person_id, disclosed=SHOWN)
        return await uow.commit(RecheckView(saved, saved.allowed_actions(uow.actor, on=uow.today), case.granted))


async def scan_rechecks(*, region_code: str, uow: UnitOfWork) -> JobView:
    """Have all running grants of a place gone through: what has changed, and what nobody has looked at for long.

    Raises:
        NotYourFunction: the place is not the caller's.
    """
    async with uow:
        region = uow.regions.by_code(region_code)
        if not has_function(uow.actor, OPERATIONS["scan_rechecks"].roles, region=region.path):
            raise NotYourFunction("Civil affairs of the place look again at its grants. Name a place of your own.")
        owner = owner_of(uow.caller, JobKind.RECHECK_SCAN)
        ordered = Job.order(JobKind.RECHECK_SCAN, job_id=uow.new_id(), owner=owner, at=uow.real_now)
        job = replace(ordered, parameters={REGION: region.path})
        await uow.jobs.add(job, content=b"")
        return await uow.commit(JobView(job, job.allowed_actions()))


def _require_paid_once(grant: Grant, ruling: Ruling, *, others: Collection[Grant]) -> None:
    if ruling.verdict is Verdict.CORRECTED and any(map(grant.shares_a_month, others)):
        raise CeasedImpossible(
            "Another grant of the same benefit is due for one of these months. Nothing is paid twice.",
            pointer="/first_month",
        )


def _decided(
    recheck: Recheck, grant: Grant, ruling: Ruling, *, applied_on: date, uow: UnitOfWork
) -> tuple[Recheck, Event, Grant | None]:
    by, on = uow.actor, uow.today
    match ruling:
        case Ruling(verdict=Verdict.CONFIRMED):
            return (*recheck.confirm(by=by, on=on, words=ruling.text), None)
        case Ruling(verdict=Verdict.STOPPED, ceased_on=date() as ceased):
            ended = grant.stopped(ceased, because=recheck.trigger, recover=ruling.recovers_overpaid)
            last_month = ended.last_month or month_of(ceased)
            stopped = recheck.stop(by=by, on=on, ceased_on=ceased, last_month=last_month, words=ruling.text)
            return (*stopped, ended)
        case Ruling(verdict=Verdict.CORRECTED, first_month=date() as first):
            right = grant.corrected(
                first_month=first,
                last_month=ruling.last_month,
                because=recheck.trigger,
                recover=ruling.recovers_overpaid,
            )
            corrected = recheck.correct(
                by=by,
                on=on,
                applied_on=applied_on,
                first_month=right.first_month,
                last_month=right.last_month,
                words=ruling.text,
            )
            return (*corrected, right)
    raise CeasedImpossible("Say on which day the condition ceased, or which months are right.", pointer="/ceased_on")


async def _write_down(recheck: Recheck, case: BenefitCase, ruling: Ruling, *, uow: UnitOfWork) -> None:
    held = await uow.grants.of(case.id)
    facts: Mapping[str, Any] = facts_on(held, uow.today, rulebook=uow.rulebook).stated if held else {}
    rules = rules_of(case.item, uow.rulebook.at(case.region, uow.today))
    overtaken = await uow.decisions.latest_of(case.id)
    decide_on_recheck(recheck, case, facts=facts, rules=rules, text=ruling.text, uow=uow)
    if overtaken:
        uow.receipts.withdraw(overtaken.id, at=uow.real_now)


async def _view(recheck: Recheck, *, uow: UnitOfWork) -> RecheckView:
    actions, held = recheck.allowed_actions(uow.actor, on=uow.today), await uow.grants.of(recheck.case_id)
    if held is None:
        return RecheckView(recheck, actions)
    if recheck.stage is not RecheckStage.OPEN or uow.actor.roles <= BY_PARTY:
        return RecheckView(recheck, actions, held.grant)
    proposal = proposal_on(held, uow.today, rulebook=uow.rulebook)
    since = ceased_on(
        lambda day: proposal_on(held, day, rulebook=uow.rulebook).finding, since=held.granted_on, until=uow.today
    )
    return RecheckView(recheck, actions, held.grant, proposal, since)
