"""Somebody in a round: who answers for it, what came of it, and what is otherwise than in the round before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.shared.access import Principal
from app.domain.shared.errors import Unprocessable
from app.domain.shared.transitions import Allowed, Done
from app.domain.survey.events import SurveyEntryRecorded
from app.domain.survey.round import SurveyRound
from app.domain.survey.stages import LIFECYCLE, Difference, Population, SurveyAction, SurveyStage

Given: TypeAlias = Mapping[str, str | tuple[str, ...]]
_DIFFERENCES: Mapping[SurveyAction, Difference] = MappingProxyType(
    {
        SurveyAction.NOT_REACH: Difference.UNREACHABLE,
        SurveyAction.FIND_MOVED: Difference.MOVED,
        SurveyAction.FIND_DEAD: Difference.DEAD,
        SurveyAction.ACCEPT_REFUSAL: Difference.REFUSED,
    }
)


class NotOfThisSurvey(Unprocessable):
    """The assessment is of somebody else, was made with other questions, or counts no more."""

    code = "not_of_this_survey"
    title = "The answers do not belong to this survey"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The answers that somebody gave: in an assessment, which stays where it is."""

    assessment_id: UUID
    person_id: UUID
    instrument: str
    instrument_version: str
    is_valid: bool
    given: Given


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyEntry:
    """One person of a round (调查对象). Every step may raise what `Lifecycle.step` says."""

    id: UUID
    round_id: UUID
    person_id: UUID
    region: str
    population: Population
    owner_id: UUID | None = None
    """The association or federation that surveys the person."""
    stage: SurveyStage = SurveyStage.LISTED
    done: tuple[Done[SurveyStage, SurveyAction], ...] = ()
    assessment_id: UUID | None = None
    difference: Difference | None = None
    changed: tuple[str, ...] = ()
    """Items whose answers are others than in the round before."""
    recorded_on: date | None = None
    version: int = 1

    @property
    def application_id(self) -> None:
        """It belongs to no application."""

    def survey(
        self, answered: Answered, *, before: Given | None, of: SurveyRound, by: Principal, on: date
    ) -> tuple[Self, SurveyEntryRecorded]:
        """The person has answered; what still counts from an earlier occasion need not be asked again.

        Raises:
            RoundNotRunning: the round has not begun, or was closed.
            NotOfThisSurvey: the answers are somebody else's, to other questions, or count no more.
        """
        of.require_running(on)
        step = LIFECYCLE.step(self, SurveyAction.SURVEY, by=by, on=on)
        asked = (of.instrument, of.instrument_version)
        is_theirs = answered.person_id == self.person_id and answered.is_valid
        if not is_theirs or (answered.instrument, answered.instrument_version) != asked:
            raise NotOfThisSurvey(
                f"Name an assessment of this person with {of.instrument} {of.instrument_version} that still counts.",
                pointer="/assessment_id",
            )
        changed = changed_items(before, answered.given) if before is not None else ()
        unchanged = Difference.SAME if not changed else Difference.CHANGED
        surveyed = replace(
            self,
            stage=step.stage,
            done=(*self.done, step),
            assessment_id=answered.assessment_id,
            difference=Difference.NEW if before is None else unchanged,
            changed=changed,
            recorded_on=on,
        )
        return surveyed, self._recorded(by=by, on=on)

    def report(
        self, action: SurveyAction, *, of: SurveyRound, by: Principal, on: date
    ) -> tuple[Self, SurveyEntryRecorded]:
        """The person has not answered, and why.

        Raises:
            RoundNotRunning: the round has not begun, or was closed.
        """
        of.require_running(on)
        step = LIFECYCLE.step(self, action, by=by, on=on)
        reported = replace(
            self, stage=step.stage, done=(*self.done, step), difference=_DIFFERENCES[action], recorded_on=on
        )
        return reported, self._recorded(by=by, on=on)

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may report and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: LIFECYCLE.step(self, action, by=by, on=on))

    def _recorded(self, *, by: Principal, on: date) -> SurveyEntryRecorded:
        return SurveyEntryRecorded(entry_id=self.id, round_id=self.round_id, recorded_by=by.id, recorded_on=on)


def changed_items(before: Given, now: Given) -> tuple[str, ...]:
    """Items whose answers are others now, in the order of the questions; several answers have no order.

    >>> changed_items({"a": "yes", "b": ("x", "y")}, {"a": "no", "b": ("y", "x"), "c": "yes"})
    ('a', 'c')
    """
    return tuple(item for item, answer in now.items() if _unordered(before.get(item)) != _unordered(answer))


def _unordered(answer: str | tuple[str, ...] | None) -> object:
    return frozenset(answer) if isinstance(answer, tuple | list) else answer
