"""An alarm: a question that figures ask, taken up and answered by a human who is not in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.integrity import events
from app.domain.integrity.kind import AlarmKind, Look
from app.domain.integrity.period import Period
from app.domain.integrity.sample import Sample
from app.domain.integrity.signal import Signal
from app.domain.integrity.stages import LIFECYCLE, AlarmAction, AlarmOutcome, AlarmStage
from app.domain.shared.access import Principal
from app.domain.shared.errors import DutiesNotSeparated, Unprocessable
from app.domain.shared.refusal import require_words
from app.domain.shared.transitions import Allowed, Done

AlarmStep: TypeAlias = Done[AlarmStage, AlarmAction]


class NamedInAlarm(DutiesNotSeparated):
    """Somebody would look into an alarm that is about them, or about the institution that they serve."""

    code = "named_in_alarm"
    title = "Nobody looks into an alarm about themselves"


class NothingLookedInto(Unprocessable):
    """An alarm would be closed without anybody having looked."""

    code = "nothing_looked_into"
    title = "Say what was looked into"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was looked into, and what came of it."""

    outcome: AlarmOutcome
    looked_into: frozenset[Look]
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A question to papers and doctors (廉洁预警), with the figures that ask it. None of the changes touches `version`.

    It is about a doctor, an institution, a village, a place or a digest, and never about an applicant. Nothing in any
    case knows of it.
    """

    id: UUID
    region: str
    """The path of the narrowest place, no narrower than a county, in which all cases lie that it rests on."""
    period: Period
    signal: Signal
    raised_on: date
    raised_at: datetime
    rule_versions: tuple[str, ...]
    named: frozenset[UUID] = frozenset()
    """Whom it is about: accounts, the people whose accounts they are, institutions. Not one of them sees it."""
    cases: tuple[UUID, ...] = ()
    """Files to begin with, oldest first; the figures tell how many there are."""
    sample: Sample | None = None
    """How the lot was drawn, where one was."""
    stage: AlarmStage = AlarmStage.RAISED
    done: tuple[AlarmStep, ...] = ()
    finding: Finding | None = None
    version: int = 1

    @property
    def person_id(self) -> UUID | None:
        """It is about nobody alone: a doctor is named by the account, and an applicant by nothing."""
        return None

    @property
    def application_id(self) -> UUID | None:
        """It belongs to none."""
        return None

    @property
    def kind(self) -> AlarmKind:
        """What was noticed."""
        return self.signal.kind

    @classmethod
    def raise_for(
        cls,
        signal: Signal,
        *,
        alarm_id: UUID,
        region: str,
        period: Period,
        at: datetime,
        on: date,
        rule_versions: tuple[str, ...],
        named: Iterable[UUID] = (),
        cases: Iterable[UUID] = (),
        sample: Sample | None = None,
    ) -> tuple[Self, events.AlarmRaised]:
        """Ask humans of a place to look. Nobody raises one: it follows from figures and dated rules alone."""
        alarm = cls(
            id=alarm_id,
            region=region,
            period=period,
            signal=signal,
            raised_on=on,
            raised_at=at,
            rule_versions=rule_versions,
            named=frozenset(named),
            cases=tuple(cases),
            sample=sample,
        )
        return alarm, events.AlarmRaised(
            alarm_id=alarm_id,
            kind=signal.kind,
            period_first=period.first,
            period_last=period.last,
            rule_versions=rule_versions,
        )

    def take_up(self, *, by: Principal, on: date) -> tuple[Self, events.AlarmTakenUp]:
        """Begin to look into it.

        Raises:
            NotYourFunction, IllegalTransition: as `Lifecycle.step` says.
            NamedInAlarm: it is about the caller, or where the caller serves.
        """
        taken = self._moved(AlarmAction.TAKE_UP, by=by, on=on)
        return taken, events.AlarmTakenUp(alarm_id=self.id, kind=self.kind, taken_up_by=by.id, taken_up_on=on)

    def close(self, finding: Finding, *, by: Principal, on: date) -> tuple[Self, events.AlarmClosed]:
        """Say what was found, and why. Whatever it is, nothing follows from it by itself.

        Raises:
            NotYourFunction, IllegalTransition: as `Lifecycle.step` says.
            NamedInAlarm: it is about the caller, or where the caller serves.
            NothingLookedInto: neither papers nor doctors were.
            ReasonMissing: there are no words.
        """
        closed = replace(self._moved(AlarmAction.CLOSE, by=by, on=on), finding=finding)
        if not finding.looked_into:
            raise NothingLookedInto("Look into the papers, or hear the doctors, first.", pointer="/looked_into")
        require_words(finding.words, "Say what was found and why, so that others can follow it.")
        return closed, events.AlarmClosed(
            alarm_id=self.id,
            kind=self.kind,
            outcome=finding.outcome,
            looked_into=tuple(sorted(finding.looked_into)),
            closed_by=by.id,
            closed_on=on,
        )

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: self._moved(action, by=by, on=on))

    def _moved(self, action: AlarmAction, *, by: Principal, on: date) -> Self:
        step = LIFECYCLE.step(self, action, by=by, on=on)
        if not self.named.isdisjoint({by.id, by.person_id, *by.organisation_ids}):
            raise NamedInAlarm("The alarm is about you, or about where you serve. Another person must look into it.")
        return replace(self, stage=step.stage, done=(*self.done, step))
