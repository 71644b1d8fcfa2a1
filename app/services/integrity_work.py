"""What the worker does for integrity: figures of a quarter that is over, and the lot of a month that is over.

An area with a quarter, or a county with a month, is one transaction in which nobody acts. Killed at any moment, it has
raised its alarms whole or not at all; done again, it finds that it was done. Nothing here touches a case.
"""

from collections.abc import Iterator
from uuid import UUID

from app.domain.certificate import thresholds
from app.domain.integrity import (
    COMPARED,
    COUNTED,
    Alarm,
    Files,
    IntegrityRules,
    Period,
    Sample,
    Signal,
    SubjectKind,
    compared,
    counted,
    sampled,
)
from app.domain.recheck import Trigger
from app.domain.shared.region import Level, area_at
from app.services.inspection import open_inspection
from app.services.ports.integrity import Extent, IntegrityKeeper, Office
from app.services.ports.work import UnitOfWork
from app.services.recheck import opened_now

MONTH = 1


async def raise_alarms(keeper: IntegrityKeeper) -> int:
    """Look at the last period of all areas, where nobody has; how many alarms were raised."""
    return sum([await look_at(area, uow=keeper.open_work(area, what="raise_alarms")) for area in await keeper.areas()])


async def look_at(area: str, *, uow: UnitOfWork) -> int:
    """Look at the period that was over last; none is raised where it was looked at before, or is being now."""
    async with uow:
        in_force = uow.rulebook.at(area, uow.today)
        rules = IntegrityRules.of(in_force)
        period = Period.over_by(uow.today, months=rules.months)
        if not await uow.integrity_alarms.take_turn(area) or await uow.integrity_alarms.was_looked_at(area, period):
            return 0
        extent = Extent(area=area, period=period, rules=rules, thresholds=thresholds(in_force))
        signals = await _signals(extent, uow=uow)
        for signal in signals:
            await _raise(signal, extent, uow=uow)
        uow.integrity_alarms.looked_at(area, period, at=uow.real_now, alarms=len(signals))
        return await uow.commit(len(signals))


async def draw_samples(keeper: IntegrityKeeper) -> int:
    """Draw the lot of the last month for all counties, where nobody has; how many files are read again."""
    offices = await keeper.offices()
    return sum([await draw_sample(one, uow=keeper.open_work(one.county, what="draw_sample")) for one in offices])


async def draw_sample(office: Office, *, uow: UnitOfWork) -> int:
    """Draw for one county, with the next seed of its office: an alarm that holds the lot, rechecks and inspections.

    Where there is no file there is no lot; where no commitment is left, a later night draws.
    """
    async with uow:
        county, alarms = office.county, uow.integrity_alarms
        month = Period.over_by(uow.today, months=MONTH)
        if not await alarms.take_turn(county) or await alarms.was_sampled(county, month):
            return 0
        rules = IntegrityRules.of(uow.rulebook.at(county, uow.today))
        grants = {grant.case_id: grant for grant in await alarms.running_grants(county, month)}
        delivered = await uow.inspections.delivered_in(county, month.first, month.last)
        lists = {
            Files.CONCLUSIONS: await alarms.concluded_in(county, month),
            Files.GRANTS: list(grants),
            Files.DELIVERIES: list(delivered),
        }
        taken = await uow.draws.take(office.organisation_id, at=uow.real_now) if any(lists.values()) else None
        if taken is None:
            return 0
        published, seed = taken
        shares = {
            Files.CONCLUSIONS: rules.sampling,
            Files.GRANTS: rules.grant_sampling,
            Files.DELIVERIES: rules.delivery_sampling,
        }
        sample = Sample.draw(published, seed, region=county, month=month, lists=lists, shares=shares, at=uow.real_now)
        _put_down(sample, county, month=month, rules=rules, uow=uow)
        for case_id in sample.of(Files.GRANTS):
            recheck, event = opened_now(grants[case_id], Trigger.RANDOM_SAMPLE, uow=uow)
            uow.rechecks.add(recheck)
            uow.record(event, about=recheck)
        for delivery_id in sample.of(Files.DELIVERIES):
            open_inspection(delivered[delivery_id], draw_id=sample.draw_id, uow=uow)
        return await uow.commit(len(sample.drawn))


async def _signals(extent: Extent, *, uow: UnitOfWork) -> tuple[Signal, ...]:
    """The database counts, and the rules of the domain judge."""
    found: list[Signal] = []
    for kind in COMPARED:
        found += compared(kind, await uow.integrity_alarms.shares(kind, extent), rules=extent.rules)
    for kind in COUNTED:
        found += counted(kind, await uow.integrity_alarms.counts(kind, extent), rules=extent.rules)
    return tuple(found)


async def _raise(signal: Signal, extent: Extent, *, uow: UnitOfWork) -> None:
    behind = await uow.integrity_alarms.behind(signal, extent)
    alarm, event = Alarm.raise_for(
        signal,
        alarm_id=uow.new_id(),
        region=_common(behind.first_region, behind.last_region),
        period=extent.period,
        at=uow.real_now,
        on=uow.today,
        rule_versions=extent.rules.versions,
        named=await uow.integrity_alarms.named_with([*_named(signal), *behind.people]),
        cases=behind.cases,
    )
    uow.integrity_alarms.add(alarm)
    uow.record(event, about=alarm)


def _put_down(sample: Sample, county: str, *, month: Period, rules: IntegrityRules, uow: UnitOfWork) -> None:
    alarm, event = Alarm.raise_for(
        sampled(county, sample),
        alarm_id=uow.new_id(),
        region=county,
        period=month,
        at=uow.real_now,
        on=uow.today,
        rule_versions=rules.versions,
        cases=sample.of(Files.CONCLUSIONS),
        sample=sample,
    )
    uow.integrity_alarms.add(alarm)
    uow.record(event, about=alarm)


def _named(signal: Signal) -> Iterator[UUID]:
    """Whom a signal names: a doctor by the account, an institution by its id, and otherwise nobody."""
    if signal.subject.kind in {SubjectKind.DOCTOR, SubjectKind.INSTITUTION}:
        yield UUID(signal.subject.key)


def _common(first: str, last: str) -> str:
    """The narrowest place in which all paths between two lie, no narrower than a county."""
    shared = []
    for here, there in zip(first.split("/"), last.split("/"), strict=False):
        if here != there:
            break
        shared.append(here)
    return area_at("/".join(shared), Level.COUNTY)
