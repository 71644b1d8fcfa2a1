"""Somebody's place in a project: proposed by a named officer, enrolled where nothing stands against it, and ended."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.project import events
from app.domain.project.admission import named, post_for, require_exception, require_fitting
from app.domain.project.asked import Asked, Ending, Spending
from app.domain.project.overlap import Overlap
from app.domain.project.project import Account, Project
from app.domain.project.refusals import AmountImpossible, DoubleBenefit
from app.domain.project.stages import BENEFICIARY_LIFECYCLE, BeneficiaryAction, BeneficiaryStage
from app.domain.shared.access import Principal
from app.domain.shared.errors import DutiesNotSeparated
from app.domain.shared.finding import Finding
from app.domain.shared.refusal import require_words
from app.domain.shared.relations import NO_RELATIONS, Relations
from app.domain.shared.transitions import Allowed, Done, OwnCase

BeneficiaryStep: TypeAlias = Done[BeneficiaryStage, BeneficiaryAction]
LETTING_IN = frozenset({BeneficiaryAction.PROPOSE, BeneficiaryAction.ENROL, BeneficiaryAction.ALLOW_EXCEPTION})
STATING = frozenset({BeneficiaryAction.END, BeneficiaryAction.RESTATE_SPENDING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Beneficiary:
    """A person on the dated list of a project (受益人). None of the steps touches `version`."""

    id: UUID
    person_id: UUID
    region: str
    project_id: UUID
    valid_from: date
    valid_to: date | None
    amount_fen: int
    target: Finding | None
    """What the rule says to whom the project is for; None where it names none."""
    overlaps: tuple[Overlap, ...] = ()
    """What stood against it when it was proposed."""
    exception: str = field(default="", repr=False)
    """Why it may be all the same, as whoever proposed it says."""
    allowed_because: str = field(default="", repr=False)
    """Why another officer has allowed it."""
    stage: BeneficiaryStage = BeneficiaryStage.PROPOSED
    done: tuple[BeneficiaryStep, ...] = ()
    ending: Ending | None = None
    ended_on: date | None = None
    known: Relations = field(default=NO_RELATIONS, repr=False)
    """Whether the caller is related to the person by what is on record, as looked up just now; it is not kept."""
    version: int = 1

    @property
    def application_id(self) -> None:
        """It belongs to no application."""

    @property
    def spent_fen(self) -> int | None:
        """What was spent on somebody who has left; None before."""
        return self.ending.spent_fen if self.ending else None

    @property
    def stated_by(self) -> UUID | None:
        """Who said last what was spent on somebody who has left; None before."""
        return next((step.by for step in reversed(self.done) if step.action in STATING), None)

    @property
    def has_benefited(self) -> bool:
        """Say whether it counts as a benefit elsewhere: whoever is in it, and whoever has had anything of it."""
        if self.ending is not None:
            return self.ending.has_benefited
        return self.stage is BeneficiaryStage.ENROLLED

    @classmethod
    def enrol(
        cls,
        asked: Asked,
        project: Project,
        *,
        account: Account,
        found: Sequence[Overlap],
        target: Finding | None,
        known: Relations = NO_RELATIONS,
        beneficiary_id: UUID,
        by: Principal,
        on: date,
    ) -> tuple[Self, events.BeneficiaryEnrolled | events.BeneficiaryProposed]:
        """Put somebody on the list (列入受益人), or ask another officer for an exception.

        Raises:
            NotYourFunction: the caller has no appointment for this where the person lives.
            DutiesNotSeparated: the person is the caller, or somebody whom the caller answers for.
            RelationOnRecord: the person shares a home, a telephone or an address with the caller.
            OutsideProjectArea: the project is for another place.
            ProjectNotOpen, ProjectDaysImpossible, AmountImpossible: the project does not take this in.
            NotTargeted: the project is for others; what is not known stands against nobody.
            DoubleBenefit: another benefit stands against it, and no exception is asked for, or none is allowed.
            QuotaUsedUp, BudgetUsedUp: nothing is left for it.
        """
        post = post_for(asked, by=by)
        known.require_none({by.id}, by=by.id, barred=frozenset())
        require_fitting(asked, project, target=target)
        proposed = cls(
            id=beneficiary_id,
            person_id=asked.person_id,
            region=asked.region,
            project_id=project.id,
            valid_from=asked.valid_from,
            valid_to=asked.valid_to,
            amount_fen=asked.amount_fen,
            target=target,
            overlaps=tuple(found),
            exception=asked.exception if found else "",
            done=(
                Done(
                    action=BeneficiaryAction.PROPOSE,
                    stage=BeneficiaryStage.PROPOSED,
                    on=on,
                    by=by.id,
                    organisation_id=post,
                ),
            ),
        )
        if found:
            require_exception(asked, project, found)
            return proposed, events.BeneficiaryProposed(
                beneficiary_id=beneficiary_id, project_id=project.id, proposed_by=by.id, proposed_on=on
            )
        project.require_room(asked.amount_fen, account=account)
        step = BENEFICIARY_LIFECYCLE.step_by_itself(proposed, BeneficiaryAction.ENROL, on=on, organisation_id=post)
        enrolled = replace(proposed, stage=step.stage, done=(*proposed.done, step))
        return enrolled, events.BeneficiaryEnrolled(
            beneficiary_id=beneficiary_id,
            project_id=project.id,
            amount_fen=asked.amount_fen,
            valid_from=asked.valid_from,
            valid_to=asked.valid_to,
            enrolled_by=by.id,
            enrolled_on=on,
        )

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return BENEFICIARY_LIFECYCLE.answers(lambda action: self._step(action, by=by, on=on))

    def allow_exception(
        self,
        words: str,
        project: Project,
        *,
        account: Account,
        found: Sequence[Overlap],
        by: Principal,
        on: date,
    ) -> tuple[Self, events.ExceptionAllowed]:
        """Let somebody in although another benefit stands against it (同意例外).

        Raises:
            DutiesNotSeparated: the caller has proposed it.
            RelationOnRecord: the caller is related to the person.
            DoubleBenefit: something stands against it now that did not when it was proposed.
            ProjectNotOpen, QuotaUsedUp, BudgetUsedUp: the project does not take it in any more.
        """
        step = self._step(BeneficiaryAction.ALLOW_EXCEPTION, by=by, on=on)
        require_words(words, "Say why the exception is right.")
        known = {one.received.id for one in self.overlaps}
        if newly := [one for one in found if one.received.id not in known]:
            raise DoubleBenefit(
                f"{named(newly)} has come since it was proposed. End this proposal and propose it anew."
            )
        project.require_taking(valid_from=self.valid_from, valid_to=self.valid_to)
        project.require_room(self.amount_fen, account=account)
        allowed = replace(self, stage=step.stage, done=(*self.done, step), allowed_because=words)
        return allowed, events.ExceptionAllowed(
            beneficiary_id=self.id,
            project_id=self.project_id,
            amount_fen=self.amount_fen,
            allowed_by=by.id,
            allowed_on=on,
        )

    def end(self, ending: Ending, *, by: Principal, on: date) -> tuple[Self, events.BeneficiaryEnded]:
        """Let somebody leave (退出项目); the place is free at once, and the rest of the money once that is confirmed.

        Where no money was promised, or nobody was let in, there is nothing to confirm.

        Raises:
            OwnCase, RelationOnRecord: the person is the caller, or somebody whom the caller answers for or is close to.
            DutiesNotSeparated: the caller has put them on the list and says that they had nothing of it, by which it
                would count as a benefit nowhere.
            AmountImpossible: more was spent than was promised, or anything on somebody who was never enrolled.
        """
        step = self._step(BeneficiaryAction.END, by=by, on=on)
        was_in = self.stage is BeneficiaryStage.ENROLLED
        if ending.has_benefited and not was_in:
            raise AmountImpossible("Nobody benefits before being enrolled.", pointer="/has_benefited")
        self._require_possible(ending, by=by)
        left = replace(self, stage=step.stage, done=(*self.done, step), ending=ending, ended_on=on)
        event = events.BeneficiaryEnded(
            beneficiary_id=self.id,
            project_id=self.project_id,
            reason=ending.reason.value,
            spent_fen=ending.spent_fen,
            ended_by=by.id,
            ended_on=on,
        )
        if was_in and self.amount_fen:
            return left, event
        settled = BENEFICIARY_LIFECYCLE.step_by_itself(
            left, BeneficiaryAction.CONFIRM_SPENDING, on=on, organisation_id=step.organisation_id
        )
        return replace(left, stage=settled.stage, done=(*left.done, settled)), event

    def restate_spending(self, spending: Spending, *, by: Principal, on: date) -> tuple[Self, events.SpendingRestated]:
        """Say otherwise what was spent on somebody who has left (更正支出); yet another officer confirms it.

        Raises:
            AmountImpossible: more was spent than was promised.
            DutiesNotSeparated: as when somebody leaves.
        """
        step = self._step(BeneficiaryAction.RESTATE_SPENDING, by=by, on=on)
        assert self.ending is not None  # whoever is settled for has left
        ending = replace(
            self.ending,
            words=spending.words,
            spent_fen=spending.spent_fen,
            has_benefited=spending.has_benefited,
        )
        self._require_possible(ending, by=by)
        restated = replace(self, stage=step.stage, done=(*self.done, step), ending=ending)
        return restated, events.SpendingRestated(
            beneficiary_id=self.id,
            project_id=self.project_id,
            spent_fen=ending.spent_fen,
            restated_by=by.id,
            restated_on=on,
        )

    def confirm_spending(self, *, by: Principal, on: date) -> tuple[Self, events.SpendingConfirmed]:
        """Confirm what was spent on somebody who has left; the rest of the money is free (核定支出).

        Raises:
            DutiesNotSeparated: the caller has said last what was spent.
        """
        step = self._step(BeneficiaryAction.CONFIRM_SPENDING, by=by, on=on)
        settled = replace(self, stage=step.stage, done=(*self.done, step))
        return settled, events.SpendingConfirmed(
            beneficiary_id=self.id,
            project_id=self.project_id,
            spent_fen=self.spent_fen or 0,
            confirmed_by=by.id,
            confirmed_on=on,
        )

    def _require_possible(self, ending: Ending, *, by: Principal) -> None:
        has_let_in = any(by.id in earlier.doers for earlier in self.done if earlier.action in LETTING_IN)
        if self.stage is not BeneficiaryStage.PROPOSED and has_let_in and not ending.has_benefited:
            raise DutiesNotSeparated(
                "Whoever has put somebody on the list does not say that they had nothing of it. Another officer must."
            )
        most = 0 if self.stage is BeneficiaryStage.PROPOSED else self.amount_fen
        if ending.spent_fen > most:
            raise AmountImpossible(f"{most} fen were promised. No more can have been spent.", pointer="/spent_fen")

    def _step(self, action: BeneficiaryAction, *, by: Principal, on: date) -> BeneficiaryStep:
        step = BENEFICIARY_LIFECYCLE.step(self, action, by=by, on=on)
        if by.is_concerned(self.person_id):
            raise OwnCase("Nobody takes themselves off the list of a project. Another officer must.", action=action)
        self.known.require_none({by.id}, by=by.id, barred=frozenset())
        if action is BeneficiaryAction.CONFIRM_SPENDING and self.stated_by == by.id:
            raise DutiesNotSeparated("Whoever said last what was spent does not confirm it. Another officer must.")
        return step
