"""One finding about the data of a survey: who is to look, until when, and what a named human has found."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar, Self, TypeAlias
from uuid import UUID

from app.domain.shared.access import Principal
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.errors import Conflict, Unprocessable
from app.domain.shared.events import Event
from app.domain.shared.refusal import require_words
from app.domain.shared.transitions import Allowed, Done, Lifecycle, OwnCase, Transition
from app.domain.survey_finding.checks import Check, FindingKind, QualityRules


class StillSo(Conflict):
    """It is said that the data were put right, and the check finds the same."""

    code = "still_so"
    title = "The data still say so"


class AssigneeNotSuitable(Unprocessable):
    """Nobody of this id serves the organisation for the person's place and stands apart from the person."""

    code = "assignee_not_suitable"
    title = "This one cannot look at the finding"


class AlreadyTheirs(Conflict):
    """The finding lies with them already."""

    code = "already_theirs"
    title = "It lies with them already"


class FindingStage(StrEnum):
    """Where a finding stands."""

    OPEN = "open"
    MENDED = "mended"
    """已更正: answers or register were put right, by their own operations."""
    CONFIRMED = "confirmed"
    """核实无误: it is so, unlikely as it looks."""


class FindingAction(StrEnum):
    """What may be done to a finding."""

    MEND = "mend"
    """已更正"""
    CONFIRM = "confirm"
    """核实无误"""
    REASSIGN = "reassign"
    """转办"""


FindingStep: TypeAlias = Done[FindingStage, FindingAction]
_OPEN = [FindingStage.OPEN]
MOST_REASSIGNMENTS = 50
LIFECYCLE: Lifecycle[FindingStage, FindingAction] = Lifecycle(
    noun="survey finding",
    start=FindingStage.OPEN,
    steps={
        FindingAction.MEND: Transition.through("settle_survey_finding", sources=_OPEN, target=FindingStage.MENDED),
        FindingAction.CONFIRM: Transition.through(
            "settle_survey_finding", sources=_OPEN, target=FindingStage.CONFIRMED
        ),
        FindingAction.REASSIGN: Transition.through("reassign_survey_finding", sources=_OPEN, target=FindingStage.OPEN),
    },
)
"""The table of findings. Source: 个人信息保护法 (2021) art. 46: whoever keeps data has them checked and put right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFindingOpened(Event):
    """A rule has found something about the data of a survey; nothing has changed."""

    name: ClassVar[str] = "survey_finding.opened"

    finding_id: UUID
    entry_id: UUID
    kind: FindingKind
    check: str
    due_on: date
    rule_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFindingSettled(Event):
    """A human has said what is the matter with the data."""

    name: ClassVar[str] = "survey_finding.settled"

    finding_id: UUID
    entry_id: UUID
    stage: FindingStage
    settled_by: UUID
    settled_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFindingReassigned(Event):
    """Another organisation, or somebody there by name, is to look at the data; until the same day as before."""

    name: ClassVar[str] = "survey_finding.reassigned"

    finding_id: UUID
    entry_id: UUID
    owner_id: UUID
    assignee_id: UUID | None
    reassigned_by: UUID
    reassigned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassignment:
    """One time that a finding was passed on: from whom, to whom, by whom and why."""

    from_owner_id: UUID | None
    from_assignee_id: UUID | None
    owner_id: UUID
    assignee_id: UUID | None
    by: UUID
    on: date
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Of whom and in which answers something was found."""

    person_id: UUID
    region: str
    round_id: UUID
    entry_id: UUID
    assessment_id: UUID
    owner_id: UUID | None
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFinding:
    """Something about the data of one person in one round that a human is to look at (数据质量问题).

    It names items and no answers. It changes nothing by itself: answers are corrected, and registers changed, by their
    own operations. None of the steps touches `version`.
    """

    id: UUID
    person_id: UUID
    region: str
    round_id: UUID
    entry_id: UUID
    assessment_id: UUID
    check: str
    """The check that has found it, by its code in the rules."""
    kind: FindingKind
    items: tuple[str, ...]
    owner_id: UUID | None
    """The organisation that surveys the person; None where it is the federation of the round's place."""
    found_on: date
    due_on: date
    rule_version: str
    assignee_id: UUID | None = None
    """Who was asked there by name; None where it is anybody of the organisation."""
    reassignments: tuple[Reassignment, ...] = field(default=(), repr=False)
    """From the first to the latest, of which so many are kept."""
    stage: FindingStage = FindingStage.OPEN
    done: tuple[FindingStep, ...] = ()
    words: str = field(default="", repr=False)
    """What whoever settled it has found."""
    version: int = 1

    @classmethod
    def open(
        cls, check: Check, found: Found, *, finding_id: UUID, rules: QualityRules, calendar: WorkingCalendar
    ) -> tuple[Self, SurveyFindingOpened]:
        """Put it down for whoever surveys the person."""
        opened = cls(
            id=finding_id,
            person_id=found.person_id,
            region=found.region,
            round_id=found.round_id,
            entry_id=found.entry_id,
            assessment_id=found.assessment_id,
            check=check.code,
            kind=check.kind,
            items=check.items,
            owner_id=found.owner_id,
            found_on=found.on,
            due_on=calendar.last_day_of(rules.settle_within.value, after=found.on),
            rule_version=rules.reference,
        )
        event = SurveyFindingOpened(
            finding_id=finding_id,
            entry_id=found.entry_id,
            kind=check.kind,
            check=check.code,
            due_on=opened.due_on,
            rule_version=rules.reference,
        )
        return opened, event

    @property
    def application_id(self) -> None:
        """It belongs to no application."""

    def is_overdue(self, on: date) -> bool:
        """Say whether somebody should have looked by now."""
        return self.stage is FindingStage.OPEN and self.due_on < on

    def mend(self, words: str, *, is_still_so: bool, by: Principal, on: date) -> tuple[Self, SurveyFindingSettled]:
        """Say that the data were put right, which the check then no longer finds.

        Raises:
            ReasonMissing: nothing is said of what was done.
            StillSo: the check finds the same in what is held now.
        """
        mended = self._settled(FindingAction.MEND, words, by=by, on=on)
        if is_still_so:
            raise StillSo("Correct the answers or the register first, or say that it is right as it stands.")
        return mended, _told(mended, by=by, on=on)

    def confirm(self, words: str, *, by: Principal, on: date) -> tuple[Self, SurveyFindingSettled]:
        """Say that it is right as it stands, and why.

        Raises:
            ReasonMissing: no reason is given.
        """
        confirmed = self._settled(FindingAction.CONFIRM, words, by=by, on=on)
        return confirmed, _told(confirmed, by=by, on=on)

    def reassign(
        self, owner_id: UUID, assignee_id: UUID | None, words: str, *, by: Principal, on: date
    ) -> tuple[Self, SurveyFindingReassigned]:
        """Let another organisation look, or somebody there by name. The last day stays: passing on buys no time.

        Raises:
            AlreadyTheirs: it lies with just these.
            ReasonMissing: no reason is given.
        """
        passed_on = self._settled(FindingAction.REASSIGN, words, by=by, on=on)
        if (owner_id, assignee_id) == (self.owner_id, self.assignee_id):
            raise AlreadyTheirs("It lies with them already. Name another organisation, or somebody else there.")
        step = Reassignment(
            from_owner_id=self.owner_id,
            from_assignee_id=self.assignee_id,
            owner_id=owner_id,
            assignee_id=assignee_id,
            by=by.id,
            on=on,
            words=words,
        )
        moved = replace(
            passed_on,
            words=self.words,
            owner_id=owner_id,
            assignee_id=assignee_id,
            reassignments=(*self.reassignments, step)[-MOST_REASSIGNMENTS:],
        )
        event = SurveyFindingReassigned(
            finding_id=self.id,
            entry_id=self.entry_id,
            owner_id=owner_id,
            assignee_id=assignee_id,
            reassigned_by=by.id,
            reassigned_on=on,
        )
        return moved, event

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: self._step(action, by=by, on=on))

    def _step(self, action: FindingAction, *, by: Principal, on: date) -> FindingStep:
        """The step, which nobody takes about themselves or their own ward.

        Raises:
            OwnCase: the caller is concerned, or guardian of the person.
        """
        step = LIFECYCLE.step(self, action, by=by, on=on)
        if by.is_concerned(self.person_id):
            raise OwnCase("Nobody settles what was found about themselves or their own ward. Another person must.")
        return step

    def _settled(self, action: FindingAction, words: str, *, by: Principal, on: date) -> Self:
        step = self._step(action, by=by, on=on)
        require_words(words, "Say in plain words what was found, so that it can be looked up later.")
        return replace(self, stage=step.stage, done=(*self.done, step), words=words)


def _told(settled: SurveyFinding, *, by: Principal, on: date) -> SurveyFindingSettled:
    return SurveyFindingSettled(
        finding_id=settled.id, entry_id=settled.entry_id, stage=settled.stage, settled_by=by.id, settled_on=on
    )
