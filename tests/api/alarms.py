"""Alarms of integrity in tests over HTTP: raised here and now, as the worker does, about somebody else."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from app.adapters.postgres.integrity_keeper import PostgresIntegrityKeeper
from app.domain.integrity import AlarmRaised, Subject, SubjectKind
from tests.acting import World
from tests.api.registers import database_of
from tests.builders.integrity import a_signal, an_alarm

COUNTY = "65/6523/652301"


async def raised(world: World, *, named: tuple[UUID, ...] = (), region: str = COUNTY, **changes: Any) -> str:
    """The id of an alarm about a doctor whom nobody knows, or about those who are named."""
    doctor = uuid4()
    alarm = replace(
        an_alarm(
            a_signal(Subject(SubjectKind.DOCTOR, str(doctor))),
            alarm_id=database_of(world).new_id(),
            region=region,
            named=named or (doctor,),
        ),
        **changes,
    )
    async with PostgresIntegrityKeeper(database_of(world)).open_work(region, what="raise_alarms") as uow:
        uow.integrity_alarms.add(alarm)
        told = AlarmRaised(
            alarm_id=alarm.id,
            kind=alarm.kind,
            period_first=alarm.period.first,
            period_last=alarm.period.last,
            rule_versions=alarm.rule_versions,
        )
        uow.record(told, about=alarm)
        await uow.commit(None)
    return str(alarm.id)
