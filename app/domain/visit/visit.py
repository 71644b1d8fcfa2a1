"""One appearance of a person for an application: what for, where, on which day, and who saw it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, Self
from uuid import UUID

from app.domain.shared.access import Principal, Role, has_function, organisation_of
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import Unprocessable
from app.domain.shared.events import Event
from app.domain.shared.transitions import NotYourFunction

RECORDERS = OPERATIONS["record_visit"].roles | {Role.EVALUATOR}
"""Who sees people: only they can say that somebody was there. An institution says so with its conclusion."""
VISITS_AT_MOST = "procedure.visits_at_most"
"""The rule that says how many ways there should be (最多跑一次)."""


class VisitDayImpossible(Unprocessable):
    """The person is said to have been there before the application, or in the future."""

    code = "visit_day_impossible"
    title = "The person cannot have been there on this day"


class Purpose(StrEnum):
    """What the person was there for."""

    APPLICATION = "application"
    """提交申请, at a counter"""
    ORIGINALS = "originals"
    """核验原件"""
    EVALUATION = "evaluation"
    """残疾评定"""
    CONFIRMATION = "confirmation"
    """当面确认"""
    COLLECTION = "collection"
    """领取证件"""
    OTHER = "other"


class Place(StrEnum):
    """Where the two met."""

    COUNTER = "counter"
    INSTITUTION = "institution"
    """The institution that evaluates."""
    HOME = "home"
    """Where the person lives: whoever came is not the person, and nothing is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRecorded(Event):
    """Somebody who saw the person wrote it down."""

    name: ClassVar[str] = "visit.recorded"

    visit_id: UUID
    application_id: UUID
    item: str | None
    purpose: Purpose
    place: Place
    visited_on: date
    organisation_id: UUID | None
    recorded_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """That a person was there for an application, or was visited at home. A fact: it is never changed.

    Source: 昌市政办发〔2020〕53号 五(五)3: at most one way for the person (最多跑一次).
    """

    id: UUID
    application_id: UUID
    person_id: UUID
    region: str
    item: str | None
    """The item it was for; None where it was for the application as a whole."""
    purpose: Purpose
    place: Place
    visited_on: date
    organisation_id: UUID | None
    """For whom the recorder acted, and so where the person was."""
    recorded_by: UUID
    version: int = 1

    @property
    def is_counted(self) -> bool:
        """Say whether the person had to come; a visit at home is the offices' way, not the person's."""
        return self.place is not Place.HOME

    @classmethod
    def record(
        cls, visit: Self, *, by: Principal, applied_on: date, on: date, seen_in: str | None = None
    ) -> tuple[Self, VisitRecorded]:
        """Hold what is to be recorded to who records it and to the days on which it can have been.

        `seen_in` is the path of the place where the person was, if that is not the one of the application.

        Raises:
            NotYourFunction: the caller sees nobody here.
            VisitDayImpossible: it would have been before the application, or is yet to come.
        """
        if not has_function(by, RECORDERS, region=seen_in or visit.region):
            raise NotYourFunction(
                "Only those who see people say that somebody was there, each in their own area.",
                roles=sorted(role.value for role in RECORDERS),
            )
        if not applied_on <= visit.visited_on <= on:
            raise VisitDayImpossible(
                f"Give a day from the application on, {applied_on} to {on}.", pointer="/visited_on"
            )
        return visit, VisitRecorded(
            visit_id=visit.id,
            application_id=visit.application_id,
            item=visit.item,
            purpose=visit.purpose,
            place=visit.place,
            visited_on=visit.visited_on,
            organisation_id=visit.organisation_id,
            recorded_by=visit.recorded_by,
        )


def place_of_recorder(by: Principal, *, region: str) -> UUID | None:
    """The organisation at which the recorder saw the person."""
    return organisation_of(by, RECORDERS, region=region)


def ways_of(visits: Iterable[Visit]) -> int:
    """How many ways the person had: what was done on one day at one organisation was one way, and home is none."""
    return len({(visit.visited_on, visit.organisation_id) for visit in visits if visit.is_counted})
