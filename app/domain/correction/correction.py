"""A correction: what an office misses in a case, told once and completely, and what the person has answered."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self, TypeAlias
from uuid import UUID

from app.domain.correction import events
from app.domain.correction.stages import LIFECYCLE, CorrectionAction, CorrectionStage
from app.domain.correction.want import Want, WantKind
from app.domain.shared.access import Principal
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.errors import Unprocessable
from app.domain.shared.rulebook import Ruled
from app.domain.shared.transitions import Allowed, Done

CorrectionStep: TypeAlias = Done[CorrectionStage, CorrectionAction]


class CorrectionNotComplete(Unprocessable):
    """Something is missing that the correction does not name: the person would have to come twice."""

    code = "correction_not_complete"
    title = "Name everything that is missing at once"


class NotWantedHere(Unprocessable):
    """The item has no such field that the person answers, or something is named twice."""

    code = "not_wanted_here"
    title = "This cannot be asked for here"


class NothingAnswered(Unprocessable):
    """The answer brings nothing of what is missing."""

    code = "nothing_answered"
    title = "Nothing of what is missing was answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """What may be asked for a case, and what is missing already."""

    case_id: UUID
    application_id: UUID
    item: str
    person_id: UUID
    region: str
    fields: frozenset[str]
    """The fields of the form that the person answers for the item."""
    missing: frozenset[str]
    """Kinds of evidence that the person has not shown yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What is missing in a case, and its answer (一次性告知补正).

    A case has one, as its table of steps says; `unanswered` says what of it is still missing. None of the changes
    touches `version`.

    Source: 行政许可法 art. 32(4): within five working days, once, and everything.
    """

    id: UUID
    person_id: UUID
    region: str
    application_id: UUID
    case_id: UUID
    item: str
    wants: tuple[Want, ...]
    asked_by: UUID
    asked_on: date
    answer_by: date
    """The last day for the answer; afterwards the case rests until there is one."""
    stage: CorrectionStage = CorrectionStage.ASKED
    done: tuple[CorrectionStep, ...] = ()
    settled: frozenset[str] = frozenset()
    """The names of what has been answered or shown."""
    answers: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """By the fields of the form. They count in place of those of the application."""
    rule_versions: tuple[str, ...] = ()
    version: int = 1

    @classmethod
    def ask(
        cls,
        lacking: Lacking,
        wants: tuple[Want, ...],
        *,
        correction_id: UUID,
        by: Principal,
        on: date,
        answer_within: Ruled[int],
        calendar: WorkingCalendar,
    ) -> tuple[Self, events.CorrectionAsked]:
        """Say what is missing; that the caller may, and that it is the first time, is the case's to say.

        Raises:
            NotWantedHere: a field is not the person's to answer for the item, or something is named twice.
            CorrectionNotComplete: evidence is missing that is not named.
        """
        _require_askable(lacking, wants)
        asked = cls(
            id=correction_id,
            person_id=lacking.person_id,
            region=lacking.region,
            application_id=lacking.application_id,
            case_id=lacking.case_id,
            item=lacking.item,
            wants=wants,
            asked_by=by.id,
            asked_on=on,
            answer_by=calendar.last_day_of(answer_within.value, after=on),
            rule_versions=(answer_within.reference,),
        )
        return asked, events.CorrectionAsked(
            correction_id=correction_id,
            case_id=asked.case_id,
            item=asked.item,
            wants=tuple(want.name for want in wants),
            asked_by=by.id,
            asked_on=on,
            answer_by=asked.answer_by,
            rule_versions=asked.rule_versions,
        )

    @property
    def unanswered(self) -> tuple[Want, ...]:
        """What is still missing."""
        return tuple(want for want in self.wants if want.name not in self.settled)

    @property
    def is_open(self) -> bool:
        """Say whether it still may be answered."""
        return not LIFECYCLE.is_final(self.stage)

    @property
    def is_complete(self) -> bool:
        """Say whether all that was missing is there."""
        return not self.unanswered

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: LIFECYCLE.step(self, action, by=by, on=on))

    def answer(
        self, answers: Mapping[str, Any], *, shown: Collection[str], by: Principal, on: date
    ) -> tuple[Self, events.CorrectionAnswered]:
        """Take answers, and see what of the evidence has been shown by now; what is left may follow.

        Raises:
            NotYourFunction, IllegalTransition: as `Lifecycle.step` says.
            NothingAnswered: nothing of what is missing is there.
        """
        step = LIFECYCLE.step(self, CorrectionAction.ANSWER, by=by, on=on)
        brought = {WantKind.ANSWER: answers, WantKind.EVIDENCE: shown}
        settled = frozenset(want.name for want in self.unanswered if want.code in brought[want.kind])
        if not settled:
            raise NothingAnswered("Answer or show what the correction names. What is left may follow later.")
        taken = replace(self, settled=self.settled | settled, answers={**self.answers, **answers})
        if taken.is_complete:
            taken = replace(taken, stage=step.stage, done=(*self.done, step))
        return taken, events.CorrectionAnswered(
            correction_id=self.id,
            case_id=self.case_id,
            item=self.item,
            missing=tuple(want.name for want in taken.unanswered),
            is_complete=taken.is_complete,
            answered_by=by.id,
            answered_on=on,
        )

    def lapse(self, *, on: date) -> tuple[Self, events.CorrectionLapsed]:
        """Note that the last day has passed without the whole answer. The person may still answer."""
        lapsed = self._followed(CorrectionAction.LAPSE, on=on)
        return lapsed, events.CorrectionLapsed(
            correction_id=self.id, case_id=self.case_id, item=self.item, lapsed_on=on
        )

    def close(self, *, on: date) -> tuple[Self, events.CorrectionClosed]:
        """Wait for no answer any more, because the case has ended otherwise."""
        closed = self._followed(CorrectionAction.CLOSE, on=on)
        return closed, events.CorrectionClosed(
            correction_id=self.id, case_id=self.case_id, item=self.item, closed_on=on
        )

    def _followed(self, action: CorrectionAction, *, on: date) -> Self:
        step = LIFECYCLE.step_by_itself(self, action, on=on)
        return replace(self, stage=step.stage, done=(*self.done, step))


def _require_askable(lacking: Lacking, wants: tuple[Want, ...]) -> None:
    if len({want.name for want in wants}) < len(wants):
        raise NotWantedHere("Name each thing once.", pointer="/wants")
    foreign = [want.code for want in wants if want.kind is WantKind.ANSWER and want.code not in lacking.fields]
    if foreign:
        raise NotWantedHere(
            f"The person does not answer {', '.join(foreign)} for this item. Leave it out.", pointer="/wants"
        )
    unnamed = sorted(lacking.missing - {want.code for want in wants if want.kind is WantKind.EVIDENCE})
    if unnamed:
        raise CorrectionNotComplete(
            f"Also missing: {', '.join(unnamed)}. Name everything now; a second time is not possible "
            "(行政许可法 art. 32).",
            pointer="/wants",
            missing=unnamed,
        )
