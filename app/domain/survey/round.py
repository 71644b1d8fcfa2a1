"""A round of the survey: whom it is about, where, when, and with which questions."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from uuid import UUID

from app.domain.shared.access import Principal, has_function
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import Conflict, Unprocessable
from app.domain.shared.rulebook import RulesInForce
from app.domain.shared.transitions import Allowed, Done, NotYourFunction
from app.domain.survey.events import SurveyAssigned, SurveyRoundClosed, SurveyRoundOpened
from app.domain.survey.stages import ROUND_LIFECYCLE, Population, RoundAction, RoundStage

INSTRUMENT = "survey.instrument"
"""By its code: whose questions a round asks unless another instrument is named."""


class RoundDatesImpossible(Unprocessable):
    """A round ends before it begins, or has ended already."""

    code = "round_dates_impossible"
    title = "The days of the round cannot be right"


class RoundUnderWay(Conflict):
    """A round of the same place and population is open."""

    code = "round_under_way"
    title = "A round is under way"


class RoundNotRunning(Conflict):
    """The round has not begun, or was closed."""

    code = "round_not_running"
    title = "The round is not running"


def instrument_of(rules: RulesInForce) -> str:
    """The instrument that a place surveys with."""
    return str(rules.value(INSTRUMENT).value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """What a round is to be."""

    region: str
    population: Population
    opens_on: date
    closes_on: date
    """The last day that is meant for it; a round ends when it is closed."""
    instrument: str
    instrument_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRound:
    """A round of the survey of an area (动态更新), for one population.

    Source: 全国残疾人基本服务状况和需求信息数据动态更新; 昌市政办发〔2020〕53号 for the order of the populations.
    """

    id: UUID
    region: str
    population: Population
    opens_on: date
    closes_on: date
    instrument: str
    instrument_version: str
    opened_by: UUID
    opened_on: date
    previous_id: UUID | None
    """The last round of the place and population, with which answers are compared."""
    stage: RoundStage = RoundStage.OPEN
    done: tuple[Done[RoundStage, RoundAction], ...] = ()
    version: int = 1

    @classmethod
    def open(cls, design: Design, *, round_id: UUID, previous_id: UUID | None, by: Principal, on: date) -> Self:
        """Begin a round.

        Raises:
            NotYourFunction: the caller has no appointment for this in the place.
            RoundDatesImpossible: it ends before it begins or before today.
        """
        if not has_function(by, OPERATIONS["open_survey_round"].roles, region=design.region):
            raise NotYourFunction("Only the federation of the place opens a round there. Choose a place of yours.")
        if design.closes_on < max(design.opens_on, on):
            raise RoundDatesImpossible(
                "The last day comes after the first, and not before today.", pointer="/closes_on"
            )
        return cls(
            id=round_id,
            region=design.region,
            population=design.population,
            opens_on=design.opens_on,
            closes_on=design.closes_on,
            instrument=design.instrument,
            instrument_version=design.instrument_version,
            opened_by=by.id,
            opened_on=on,
            previous_id=previous_id,
        )

    @property
    def person_id(self) -> None:
        """A round is about nobody alone."""

    @property
    def application_id(self) -> None:
        """It belongs to no application."""

    def opened(self, *, listed: int) -> SurveyRoundOpened:
        """That it began, with so many people."""
        return SurveyRoundOpened(
            round_id=self.id,
            population=self.population,
            instrument=self.instrument,
            instrument_version=self.instrument_version,
            opens_on=self.opens_on,
            closes_on=self.closes_on,
            listed=listed,
            opened_by=self.opened_by,
        )

    def assigned(self, owner_id: UUID, *, count: int, by: Principal, on: date) -> SurveyAssigned:
        """That an organisation answers for so many of its people.

        Raises:
            NotYourFunction: the caller has no appointment for this in the place of the round.
            RoundNotRunning: it was closed.
        """
        if not has_function(by, OPERATIONS["assign_survey"].roles, region=self.region):
            raise NotYourFunction("Only the federation of the round's place assigns in it. Ask there.")
        if self.stage is not RoundStage.OPEN:
            raise RoundNotRunning("The round was closed. Look for the one that is open.")
        return SurveyAssigned(round_id=self.id, owner_id=owner_id, assigned=count, assigned_by=by.id, assigned_on=on)

    def close(self, *, by: Principal, on: date) -> tuple[Self, SurveyRoundClosed]:
        """End it; whoever was not surveyed stays listed as that."""
        step = ROUND_LIFECYCLE.step(self, RoundAction.CLOSE, by=by, on=on)
        closed = replace(self, stage=step.stage, done=(*self.done, step))
        return closed, SurveyRoundClosed(round_id=self.id, closed_by=by.id, closed_on=on)

    def require_running(self, on: date) -> None:
        """Refuse what is recorded outside of the round.

        Raises:
            RoundNotRunning: it has not begun, or was closed.
        """
        if self.stage is not RoundStage.OPEN or on < self.opens_on:
            raise RoundNotRunning(f"Record from {self.opens_on} on, until the round is closed.")

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do to it and, for the rest, why not."""
        return ROUND_LIFECYCLE.answers(lambda action: ROUND_LIFECYCLE.step(self, action, by=by, on=on))
