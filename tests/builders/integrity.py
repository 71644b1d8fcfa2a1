"""Alarms of integrity: about a doctor who concludes far more severe grades than the others do."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from app.api.v1.schemas.integrity import SampleRead
from app.domain.draw import Draw
from app.domain.integrity import (
    Alarm,
    AlarmKind,
    AlarmOutcome,
    AlarmStage,
    Compared,
    Files,
    Finding,
    Look,
    Method,
    Period,
    Sample,
    Sampling,
    Signal,
    Subject,
    SubjectKind,
)
from tests.builders.people import COUNTY, MONDAY, NOW

QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
NAMED_DOCTOR = UUID(int=0x901)
SEED = bytes(range(32))
LISTED = [UUID(int=number) for number in range(1, 201)]
FINDING = Finding(
    outcome=AlarmOutcome.EXPLAINED, looked_into=frozenset({Look.PAPERS}), words="该院专收重症，案卷无异常。"
)


def a_signal(subject: Subject | None = None, **changes: Any) -> Signal:
    """45 severe grades of 60, where 18 were to be expected."""
    settings: dict[str, Any] = {
        "kind": AlarmKind.SEVERE_SHARE,
        "subject": subject or Subject(SubjectKind.DOCTOR, str(NAMED_DOCTOR)),
        "of": "hearing",
        "observed": 45,
        "expected": 18.0,
        "cases": 60,
        "method": Method.FISHER_HOLM_1,
        "p_value": 0.000_2,
        "beside": Compared(marked_elsewhere=180, cases_elsewhere=600, p_value=0.000_01, among=20),
    }
    return Signal(**(settings | changes))


def an_alarm(signal: Signal | None = None, **changes: Any) -> Alarm:
    """One of a quarter in the county."""
    settings: dict[str, Any] = {
        "alarm_id": UUID(int=0x77),
        "region": COUNTY,
        "period": QUARTER,
        "at": NOW,
        "on": MONDAY,
        "rule_versions": ("integrity.severe_share@2020-01-01",),
        "named": (NAMED_DOCTOR,),
        "cases": (UUID(int=0x78),),
    }
    return Alarm.raise_for(signal or a_signal(), **(settings | changes))[0]


def an_alarm_at(stage: AlarmStage) -> Alarm:
    """One that stands at a stage."""
    return replace(an_alarm(), stage=stage)


def an_alarm_as_told() -> dict[str, Any]:
    """What the service answers of the lot of a month that fell on deliveries, as far as it can be checked."""
    sealed, _ = Draw.publish(
        SEED,
        draw_id=UUID(int=5),
        organisation_id=UUID(int=6),
        region=COUNTY,
        number=3,
        at=datetime(2026, 6, 30, tzinfo=UTC),
    )
    sample = Sample.draw(
        sealed,
        SEED,
        region=COUNTY,
        month=QUARTER,
        lists={Files.DELIVERIES: LISTED},
        shares={Files.DELIVERIES: Sampling(per_mille=20, at_least=1)},
        at=datetime(2026, 8, 1, tzinfo=UTC),
    )
    told: dict[str, Any] = json.loads(SampleRead.of(sample).model_dump_json())
    return {"sample": told, "subject": {"kind": "place", "key": COUNTY}, "period_first": str(QUARTER.first)}
