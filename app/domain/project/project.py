"""A project: announced by a federation, opened by a second person, and taking people in while it is open."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.project import events
from app.domain.project.change import Resources, TermsChange
from app.domain.project.refusals import ResourcesCommitted
from app.domain.project.stages import CHANGE_LIFECYCLE, LIFECYCLE, ChangeAction, ProjectAction, ProjectStage
from app.domain.project.terms import ProjectTerms, TermsImpossible
from app.domain.shared.access import Principal, has_function, organisation_of
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import Conflict, IllegalTransition, Unprocessable
from app.domain.shared.reason import Reason
from app.domain.shared.refusal import require_words
from app.domain.shared.transitions import Allowed, Done, NotYourFunction

ENDING, MINIMUM_CELL = "project.ending", "project.minimum_cell"
"""By their codes: how many days before its end a project is said to end soon, and the smallest figure that is shown."""
RUNNING = frozenset({ProjectStage.OPEN, ProjectStage.SUSPENDED})
ProjectStep: TypeAlias = Done[ProjectStage, ProjectAction]


class ProjectNotOpen(Conflict):
    """It is a draft, rests, or was closed."""

    code = "project_not_open"
    title = "The project takes nobody in now"


class ProjectDaysImpossible(Unprocessable):
    """A benefit lies outside of the days of its project, or ends before it begins."""

    code = "project_days_impossible"
    title = "The days are not those of the project"


class QuotaUsedUp(Conflict):
    """As many people are in the project as it is for."""

    code = "project_quota_used_up"
    title = "No place is left in the project"


class BudgetUsedUp(Conflict):
    """The money that is left is not enough."""

    code = "project_budget_used_up"
    title = "The project's money is not enough"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What of a project is taken: counted by the database, over everybody in it."""

    places_held: int = 0
    held_fen: int = 0
    """What was promised to those who are in it, and what was spent on those who have left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project for disabled people (惠残助残项目): money or a service for so many people, out of one budget.

    None of the steps touches `version`.

    Source: 昌市政办发〔2020〕53号 四(三)2 for bringing projects to the people whom they are for.
    """

    id: UUID
    region: str
    terms: ProjectTerms
    announced_at: datetime
    stage: ProjectStage = ProjectStage.DRAFT
    done: tuple[ProjectStep, ...] = ()
    words: str = field(default="", repr=False)
    """Why it rests, or was closed."""
    change: TermsChange | None = None
    """The last change of its money or places that was asked for, however that ended."""
    version: int = 1

    @property
    def person_id(self) -> None:
        """A project is about nobody alone."""

    @property
    def application_id(self) -> None:
        """It belongs to no application."""

    @classmethod
    def announce(
        cls, terms: ProjectTerms, *, project_id: UUID, by: Principal, at: datetime, on: date
    ) -> tuple[Self, events.ProjectAnnounced]:
        """Draw a project up (拟定项目).

        Raises:
            NotYourFunction: the caller has no appointment for this in the place.
            ProjectDaysImpossible: its days are over.
        """
        roles = OPERATIONS["announce_project"].roles
        if not has_function(by, roles, region=terms.region):
            raise NotYourFunction("Only the federation of the place announces projects there. Choose a place of yours.")
        if terms.runs_to < on:
            raise ProjectDaysImpossible("The last day of the project has passed.", pointer="/runs_to")
        drawn_up = Done(
            action=ProjectAction.ANNOUNCE,
            stage=ProjectStage.DRAFT,
            on=on,
            by=by.id,
            organisation_id=organisation_of(by, roles, region=terms.region),
        )
        project = cls(id=project_id, region=terms.region, terms=terms, announced_at=at, done=(drawn_up,))
        return project, events.ProjectAnnounced(
            project_id=project_id,
            budget_fen=terms.budget_fen,
            quota=terms.quota,
            runs_from=terms.runs_from,
            runs_to=terms.runs_to,
            announced_by=by.id,
            announced_on=on,
        )

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return (
            *LIFECYCLE.answers(lambda action: LIFECYCLE.step(self, action, by=by, on=on)),
            *CHANGE_LIFECYCLE.answers(lambda action: self._running_change().step(action, by=by, on=on)),
        )

    def open(self, *, by: Principal, on: date) -> tuple[Self, events.ProjectOpened]:
        """Let it take people in (批准开放).

        Raises:
            DutiesNotSeparated: the caller has drawn it up.
        """
        opened = self._moved(ProjectAction.OPEN, by=by, on=on)
        return opened, events.ProjectOpened(project_id=self.id, opened_by=by.id, opened_on=on)

    def suspend(self, words: str, *, by: Principal, on: date) -> tuple[Self, events.ProjectSuspended]:
        """Take nobody in for the time being; whoever is in it stays (暂停受理)."""
        suspended = replace(self._moved(ProjectAction.SUSPEND, by=by, on=on), words=_said(words))
        return suspended, events.ProjectSuspended(project_id=self.id, suspended_by=by.id, suspended_on=on)

    def resume(self, *, by: Principal, on: date) -> tuple[Self, events.ProjectResumed]:
        """Take people in again (恢复受理)."""
        resumed = replace(self._moved(ProjectAction.RESUME, by=by, on=on), words="")
        return resumed, events.ProjectResumed(project_id=self.id, resumed_by=by.id, resumed_on=on)

    def close(self, words: str, *, by: Principal, on: date) -> tuple[Self, events.ProjectClosed]:
        """Take nobody in any more; whoever is in it stays (结束项目)."""
        closed = replace(self._moved(ProjectAction.CLOSE, by=by, on=on), words=_said(words))
        return closed, events.ProjectClosed(project_id=self.id, closed_by=by.id, closed_on=on)

    def ask_change(
        self, to: Resources, words: str, *, account: Account, by: Principal, on: date
    ) -> tuple[Self, events.ProjectChangeAsked]:
        """Ask for more or less money or places while it runs (申请调整); another person allows it.

        Raises:
            IllegalTransition: it does not run.
            TermsImpossible: nothing would change, or the money would not be enough for one.
            ResourcesCommitted: less than is taken already.
        """
        change = self._running_change().asked(to, _said(words), by=by, on=on)
        if to == Resources(budget_fen=self.terms.budget_fen, quota=self.terms.quota):
            raise TermsImpossible("The project has just that. Say what is to change.", pointer="/budget_fen")
        self._changed_terms(to, account=account)
        return replace(self, change=change), events.ProjectChangeAsked(
            project_id=self.id, budget_fen=to.budget_fen, quota=to.quota, asked_by=by.id, asked_on=on
        )

    def allow_change(self, *, account: Account, by: Principal, on: date) -> tuple[Self, events.ProjectChangeAllowed]:
        """Let the project have what was asked for (同意调整).

        Raises:
            IllegalTransition: it does not run, or nothing is asked for.
            DutiesNotSeparated: the caller has asked for it.
            ResourcesCommitted: more has been taken meanwhile.
        """
        change = self._running_change().moved(ChangeAction.ALLOW_CHANGE, by=by, on=on)
        terms = self._changed_terms(change.to, account=account)
        return replace(self, terms=terms, change=change), events.ProjectChangeAllowed(
            project_id=self.id, budget_fen=terms.budget_fen, quota=terms.quota, allowed_by=by.id, allowed_on=on
        )

    def decline_change(self, words: str, *, by: Principal, on: date) -> tuple[Self, events.ProjectChangeDeclined]:
        """Leave it as it is: another person does not allow it, or the asker takes it back (不同意调整)."""
        change = self._running_change().moved(ChangeAction.DECLINE_CHANGE, by=by, on=on)
        declined = replace(self, change=replace(change, words=_said(words)))
        return declined, events.ProjectChangeDeclined(project_id=self.id, declined_by=by.id, declined_on=on)

    def quota_left(self, account: Account) -> int:
        """How many places are left."""
        return max(0, self.terms.quota - account.places_held)

    def budget_left_fen(self, account: Account) -> int:
        """How much money is left."""
        return max(0, self.terms.budget_fen - account.held_fen)

    def require_taking(self, *, valid_from: date, valid_to: date | None) -> None:
        """Hold a benefit to a project that is open, and to its days.

        Raises:
            ProjectNotOpen: it takes nobody in.
            ProjectDaysImpossible: the days are not the project's.
        """
        if self.stage is not ProjectStage.OPEN:
            raise ProjectNotOpen("The project is not open. Look for one that is: GET /v1/projects?stage=open.")
        terms = self.terms
        if not terms.runs_from <= valid_from <= terms.runs_to:
            raise ProjectDaysImpossible(
                f"The project runs from {terms.runs_from} to {terms.runs_to}. Choose a first day of these.",
                pointer="/valid_from",
            )
        if valid_to is not None and not valid_from <= valid_to <= terms.runs_to:
            raise ProjectDaysImpossible(
                f"The last day comes after the first, and not after {terms.runs_to}.", pointer="/valid_to"
            )

    def require_room(self, amount_fen: int, *, account: Account) -> None:
        """Hold somebody more to the places and the money that are left; the database holds it to them once more.

        Raises:
            QuotaUsedUp: no place is left.
            BudgetUsedUp: the money is not enough.
        """
        if not self.quota_left(account):
            raise QuotaUsedUp(f"All {self.terms.quota} places are taken. One is free when somebody leaves.")
        if amount_fen > (left := self.budget_left_fen(account)):
            raise BudgetUsedUp(f"{left} fen are left. Enter no more than that.", pointer="/amount_fen", left_fen=left)

    def signals(self, account: Account, *, on: date, ending_days: int) -> Iterator[Reason]:
        """What its office should see to: that nothing is left, that it ends soon, or that its days are over."""
        if self.stage not in RUNNING:
            return
        if not self.quota_left(account):
            yield Reason(code="project.signal.full", parameters={})
        if self.budget_left_fen(account) < self.terms.amount_fen:
            yield Reason(code="project.signal.spent", parameters={})
        if self.terms.runs_to < on:
            yield Reason(code="project.signal.over", parameters={"on": self.terms.runs_to.isoformat()})
        elif self.terms.runs_to <= on + timedelta(days=ending_days):
            yield Reason(code="project.signal.ending", parameters={"on": self.terms.runs_to.isoformat()})

    def _running_change(self) -> TermsChange:
        """The change that is asked for; where there was none, what the project has stands for one that was allowed."""
        if self.stage not in RUNNING:
            raise IllegalTransition(
                f"This project stands at '{self.stage}', where its money and places are not changed.",
                stage=self.stage.value,
                open=[action.value for action in LIFECYCLE.open_from(self.stage)],
            )
        present = Resources(budget_fen=self.terms.budget_fen, quota=self.terms.quota)
        return self.change or TermsChange(region=self.region, to=present)

    def _changed_terms(self, to: Resources, *, account: Account) -> ProjectTerms:
        if to.quota < account.places_held:
            raise ResourcesCommitted(f"{account.places_held} places are taken. Enter no fewer.", pointer="/quota")
        if to.budget_fen < account.held_fen:
            raise ResourcesCommitted(
                f"{account.held_fen} fen are promised or spent. Enter no less.", pointer="/budget_fen"
            )
        return replace(self.terms, budget_fen=to.budget_fen, quota=to.quota)

    def _moved(self, action: ProjectAction, *, by: Principal, on: date) -> Self:
        step = LIFECYCLE.step(self, action, by=by, on=on)
        return replace(self, stage=step.stage, done=(*self.done, step))


def _said(words: str) -> str:
    require_words(words, "Say in a sentence why.")
    return words
