"""Use cases of payment rolls: order one, look at it, check it, approve it as another, or send it back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias
from uuid import UUID

from app.domain.job import Job, JobKind
from app.domain.payment import Change, NotPaidMonthly, PaymentRoll, RollOpen, RollStage
from app.domain.shared.access import has_function
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.entry import MalformedRule
from app.domain.shared.errors import Conflict, Unprocessable
from app.domain.shared.events import Event
from app.domain.shared.region import Level, Region
from app.domain.shared.span import month_of
from app.domain.shared.transitions import NotYourFunction
from app.services.benefit_rules import rules_of
from app.services.job.orders import JobView, owner_of
from app.services.ports.payment import PaymentLine
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of

ROLL_LEVEL = "subsidy.roll_level"
ROLL_ID, IDENTIFIERS = "roll_id", "identifiers"
"""The parameters of the jobs that draw a roll up and write one out."""
RollView: TypeAlias = View[PaymentRoll]


class NoRollHere(Unprocessable):
    """Rolls are drawn up for places of another level."""

    code = "no_roll_here"
    title = "Rolls are not drawn up for this place"


class RollNotApproved(Conflict):
    """A roll that nobody has approved does not go out."""

    code = "roll_not_approved"
    title = "The roll is not approved"


async def draft_payment_roll(*, benefit: str, region_code: str, month: date, uow: UnitOfWork) -> RollView:
    """Order the roll of a month; a job draws it up.

    Raises:
        NotYourFunction: the place is not the caller's.
        NoRollHere: rolls are drawn up for places of another level.
        NotPaidMonthly: the benefit promises no money by the month there.
        RollOpen, MonthRolled, MonthNotBegun: it is not the turn of this month.
    """
    async with uow:
        region = uow.regions.by_code(region_code)
        _require_place(region, month=month, uow=uow)
        _require_monthly(benefit, region, month=month, uow=uow)
        if await uow.payment_rolls.is_open(benefit, region.path):
            raise RollOpen("Approve or send back the roll that is on its way; what is due next depends on it.")
        roll_id, job_id = uow.new_id(), uow.new_id()
        roll, event = PaymentRoll.order(
            roll_id=roll_id,
            region=region.path,
            benefit=benefit,
            month=month,
            job_id=job_id,
            by=uow.actor,
            today=uow.today,
        )
        roll = roll.following(await uow.payment_rolls.latest(benefit, region.path))
        uow.payment_rolls.add(roll)
        await uow.jobs.add(_job(JobKind.PAYMENT_ROLL, job_id, roll_id, uow=uow), content=b"")
        uow.record(event, about=roll)
        return await uow.commit(_view(roll, uow))


async def get_payment_roll(roll_id: UUID, *, uow: UnitOfWork) -> RollView:
    """A roll with its sums, and what the caller may do to it. It names nobody."""
    async with uow:
        return await uow.commit(_view(await uow.payment_rolls.get(roll_id), uow))


async def list_payment_rolls(
    *, stages: tuple[RollStage, ...], after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[PaymentRoll]:
    """The rolls of the caller's areas."""
    async with uow:
        found = await uow.payment_rolls.page(stages, whose=uow.actor, after=after, limit=limit + 1)
        return await uow.commit(slice_of(found, limit=limit))


async def list_payment_lines(
    roll_id: UUID,
    *,
    changes: Sequence[Change],
    only_doubtful: bool,
    after: UUID | None,
    limit: int,
    uow: UnitOfWork,
) -> Slice[PaymentLine]:
    """Lines of a roll: all, those that differ in a way, or those of which the rules say that a condition is not met."""
    async with uow:
        await uow.payment_rolls.get(roll_id)
        found = await uow.payment_rolls.lines(
            roll_id, changes=changes, only_doubtful=only_doubtful, after=after, limit=limit + 1
        )
        page = slice_of(found, limit=limit)
        uow.accessed(*(line.person_id for line in page.items), disclosed=("payment",))
        return await uow.commit(page)


async def check_payment_roll(roll_id: UUID, *, version: int, uow: UnitOfWork) -> RollView:
    """Find a roll in order."""
    async with uow:
        roll = await uow.payment_rolls.get(roll_id, version=version)
        return await _done(*roll.check(by=uow.actor, on=uow.today), uow=uow)


async def approve_payment_roll(roll_id: UUID, *, version: int, uow: UnitOfWork) -> RollView:
    """Approve a roll, as another than who has checked it; it is never changed again."""
    async with uow:
        roll = await uow.payment_rolls.get(roll_id, version=version)
        return await _done(*roll.approve(by=uow.actor, on=uow.today), uow=uow)


async def reject_payment_roll(roll_id: UUID, *, version: int, text: str, uow: UnitOfWork) -> RollView:
    """Send a roll back; another may be ordered in its place."""
    async with uow:
        roll = await uow.payment_rolls.get(roll_id, version=version)
        return await _done(*roll.reject(by=uow.actor, on=uow.today, objection=text), uow=uow)


async def export_payment_roll(roll_id: UUID, *, identifiers: str, uow: UnitOfWork) -> JobView:
    """Have an approved roll written out with names, for whoever pays; the job's results are the list.

    Raises:
        RollNotApproved: nobody has approved it.
    """
    async with uow:
        roll = await uow.payment_rolls.get(roll_id)
        if roll.stage is not RollStage.APPROVED:
            raise RollNotApproved("Have the roll checked and approved first.")
        job = _job(JobKind.PAYMENT_EXPORT, uow.new_id(), roll_id, uow=uow)
        job = replace(job, parameters={**job.parameters, IDENTIFIERS: identifiers})
        await uow.jobs.add(job, content=b"")
        return await uow.commit(JobView(job, job.allowed_actions()))


def _require_place(region: Region, *, month: date, uow: UnitOfWork) -> None:
    if not has_function(uow.actor, OPERATIONS["draft_payment_roll"].roles, region=region.path):
        raise NotYourFunction("Civil affairs of the place draw its roll up. Name a place of your own.")
    level = uow.rulebook.at(region.path, month).choice(ROLL_LEVEL, Level).value
    if region.level is not level:
        raise NoRollHere(f"Here rolls are drawn up for each {level}. Name one.", pointer="/region_code")


def _require_monthly(benefit: str, region: Region, *, month: date, uow: UnitOfWork) -> None:
    refusal = NotPaidMonthly("Name a benefit that is paid by the month, such as living_subsidy.", pointer="/benefit")
    try:
        amount = rules_of(benefit, uow.rulebook.at(region.path, month_of(month))).amount
    except MalformedRule:
        raise refusal from None
    if amount is None or amount.rule.unit != "fen_per_month":
        raise refusal


def _job(kind: JobKind, job_id: UUID, roll_id: UUID, *, uow: UnitOfWork) -> Job:
    ordered = Job.order(kind, job_id=job_id, owner=owner_of(uow.caller, kind), at=uow.real_now)
    return replace(ordered, parameters={ROLL_ID: str(roll_id)})


async def _done(roll: PaymentRoll, event: Event, *, uow: UnitOfWork) -> RollView:
    saved = await uow.payment_rolls.save(roll)
    uow.record(event, about=saved)
    return await uow.commit(_view(saved, uow))


def _view(roll: PaymentRoll, uow: UnitOfWork) -> RollView:
    return View(roll, roll.allowed_actions(uow.actor, on=uow.today))
