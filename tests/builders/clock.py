"""Clocks for tests: a limit of ten working days that an expert's time does not use up, and a clock on it."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from app.domain.clock import Clock, ClockKind, Limit, Pause, StandStill, Subject
from app.domain.shared.access import Role
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.term import Term
from app.domain.shared.wording import Wording

TOWNSHIP = "65/6523/652301/652301104"
CASE, PERSON, APPLICATION = UUID(int=0xCA), UUID(int=0xBE), UUID(int=0xA9)
EXPERT = StandStill(why="expert_assessment", since="assign_evaluation", until="evaluate", source="art. 45")
CORRECTION = StandStill(why="correction", since="ask_correction", until="complete_correction", source="art. 32(5)")
SUBJECT = Subject(
    case_id=CASE, person_id=PERSON, region=TOWNSHIP, application_id=APPLICATION, item="certificate", test_clock_id=None
)


def a_limit(**changes: Any) -> Limit:
    limit = Limit(
        code="decision",
        wording=Wording(zh="作出决定", en="To decide"),
        kind=ClockKind.STATUTORY,
        term=Term(10),
        rule="procedure.decision@CN#1",
        source="行政许可法 art. 42",
        starts_with=frozenset({"accept"}),
        ends_with=frozenset({"approve"}),
        still=(EXPERT, CORRECTION),
        extension=Term(5),
        extension_rule="procedure.decision_extension@CN#1",
        extended_by=frozenset({Role.COUNTY_APPROVER}),
    )
    return replace(limit, **changes)


def a_clock(
    calendar: WorkingCalendar, *, on: date, limit: Limit | None = None, pauses: tuple[Pause, ...] = (), **changes: Any
) -> Clock:
    clock = Clock.start(limit or a_limit(**changes), clock_id=UUID(int=0xC1), subject=SUBJECT, on=on, calendar=calendar)
    return replace(clock, pauses=pauses).reckoned(calendar)
