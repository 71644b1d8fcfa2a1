"""A register that is to be taken over, as something that a second person lets go in: one asks, another approves."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Self, TypeAlias
from uuid import UUID

from app.domain.register.events import (
    RegisterImportApproved,
    RegisterImportAsked,
    RegisterImportRefused,
    RegisterImportWithdrawn,
)
from app.domain.shared.access import Principal
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import Conflict, DutiesNotSeparated, Forbidden
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.transitions import Allowed, Done, Lifecycle, NotYourFunction, Transition


class DryRunMissing(Conflict):
    """Nobody has compared this very table with the register yet, so that there is nothing to approve."""

    code = "dry_run_missing"
    title = "This table has had no dry run"


class ImportNotApproved(Forbidden):
    """No second person has let this table in."""

    code = "import_not_approved"
    title = "The import is not approved"


class NamedInRegister(DutiesNotSeparated):
    """A row is about somebody who would let the table in or has asked for it, or about one of theirs.

    Which row that is, and whose, is not said.
    """

    code = "named_in_register"
    title = "Another person must act on this table"


OFFERED = 3
"""So many colleagues are named at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Of those who would act on a table, who stands in it, or a ward or somebody of the household does."""

    accounts: frozenset[UUID] = frozenset()
    colleagues: tuple[UUID, ...] = ()
    """Of the caller's organisation and role, those of whom that is not so."""

    def require_none(self, caller: UUID, *, barred: frozenset[UUID] = frozenset()) -> None:
        """Refuse what the caller would do, and name colleagues who may.

        Raises:
            NamedInRegister: a row is about the caller, or one of theirs.
        """
        if caller not in self.accounts:
            return
        others = [str(one) for one in self.colleagues if one not in barred][:OFFERED]
        raise NamedInRegister(
            "A row of this table is about you or one of your household. Another person must act"
            f"{', such as ' + ' or '.join(others) if others else ' here'}.",
            others=others,
        )


NOBODY_NAMED: Final = Named()


class ImportStage(StrEnum):
    """Where it stands."""

    AWAITING_APPROVAL = "awaiting_approval"
    APPROVED = "approved"
    """A second person has let it in; its job goes on."""
    REFUSED = "refused"
    """A second person has refused it, with a reason; its job is given up."""
    WITHDRAWN = "withdrawn"
    """Whoever asked has given its job up before."""


class ImportAction(StrEnum):
    """What may be done to it."""

    APPROVE = "approve"
    """审批"""
    REFUSE = "refuse"
    """不予导入"""
    WITHDRAW = "withdraw"


ImportStep: TypeAlias = Done[ImportStage, ImportAction]
_WAITING = [ImportStage.AWAITING_APPROVAL]
IMPORT_LIFECYCLE: Lifecycle[ImportStage, ImportAction] = Lifecycle(
    noun="register import",
    start=ImportStage.AWAITING_APPROVAL,
    steps={
        ImportAction.APPROVE: Transition.through(
            "approve_register_import", sources=_WAITING, target=ImportStage.APPROVED
        ),
        ImportAction.REFUSE: Transition.through("refuse_register_import", sources=_WAITING, target=ImportStage.REFUSED),
        ImportAction.WITHDRAW: Transition(sources=frozenset(_WAITING), target=ImportStage.WITHDRAWN),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCounts:
    """What the dry run of the same table has come to, in rows."""

    new: int = 0
    same: int = 0
    differs: int = 0
    problems: int = 0

    @classmethod
    def of(cls, outcomes: Iterable[str | None]) -> Self:
        """The sums of what came of each row; None where it has a problem."""
        sums = dict.fromkeys(("new", "same", "differs", "problems"), 0)
        for outcome in outcomes:
            sums[outcome or "problems"] += 1
        return cls(**sums)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterImport:
    """A table of another register that puts certificates in force, once a second person has approved it.

    No rule of the state speaks of it: it was approved elsewhere. That it was, two persons answer for here,
    as for a certificate that is issued here. See decision 64.
    """

    id: UUID
    """That of its job."""
    region: str
    organisation_id: UUID
    """The federation of the county for which it is asked."""
    dry_run_id: UUID
    """The job that has compared the same table before."""
    counts: ImportCounts
    asked_by: UUID
    asked_at: datetime
    stage: ImportStage = ImportStage.AWAITING_APPROVAL
    done: tuple[ImportStep, ...] = ()
    refused_because: str = field(default="", repr=False)
    known: Named = NOBODY_NAMED
    """Of the caller, the colleagues and whoever asked, who stands in the table, as looked up now; it is not kept."""
    version: int = 1

    @property
    def person_id(self) -> None:
        """It is about nobody alone."""

    @property
    def application_id(self) -> None:
        """It belongs to no application."""

    @property
    def approved_by(self) -> UUID | None:
        """The second person; None before."""
        return self._done_by(ImportAction.APPROVE)

    @property
    def refused_by(self) -> UUID | None:
        """Who has refused it; None where nobody has."""
        return self._done_by(ImportAction.REFUSE)

    def _done_by(self, action: ImportAction) -> UUID | None:
        return next((step.by for step in self.done if step.action is action), None)

    @classmethod
    def ask(
        cls,
        *,
        job_id: UUID,
        dry_run_id: UUID,
        counts: ImportCounts,
        by: Principal,
        at: datetime,
        on: date,
        known: Named = NOBODY_NAMED,
    ) -> tuple[Self, RegisterImportAsked]:
        """Ask a second person of the caller's own county federation to let a table in.

        Raises:
            NotYourFunction: the caller is not appointed for this to one federation alone.
            NamedInRegister: a row is about the caller, or one of theirs.
        """
        known.require_none(by.id)
        region, organisation = federation_of(by)
        asked = cls(
            id=job_id,
            region=region,
            organisation_id=organisation,
            dry_run_id=dry_run_id,
            counts=counts,
            asked_by=by.id,
            asked_at=at,
        )
        return asked, RegisterImportAsked(import_id=job_id, new=counts.new, asked_by=by.id, asked_on=on)

    def approve(self, *, by: Principal, on: date) -> tuple[Self, RegisterImportApproved]:
        """Let it in, as another than who has asked (审批).

        Raises:
            DutiesNotSeparated: the caller has asked for it, and handed its table in.
            NamedInRegister: a row is about the caller or whoever has asked, or one of theirs.
            NotYourFunction, IllegalTransition: see `Lifecycle.step`; an approver of another federation has no say.
        """
        step = self._step(ImportAction.APPROVE, by=by, on=on)
        approved = replace(self, stage=step.stage, done=(*self.done, step))
        return approved, RegisterImportApproved(
            import_id=self.id, new=self.counts.new, asked_by=self.asked_by, approved_by=by.id, approved_on=on
        )

    def refuse(self, *, by: Principal, on: date, words: str) -> tuple[Self, RegisterImportRefused]:
        """Not let it in, as another than who has asked; whoever asked reads why (不予导入).

        Raises:
            ReasonMissing: there are no words.
            DutiesNotSeparated: the caller has asked for it; that one gives its job up.
            NamedInRegister: a row is about the caller, or one of theirs.
            NotYourFunction, IllegalTransition: see `Lifecycle.step`; an approver of another federation has no say.
        """
        step = self._step(ImportAction.REFUSE, by=by, on=on)
        if not words.strip():
            raise ReasonMissing("Say why, so that whoever asked can put it right. Name nobody.", pointer="/text")
        refused = replace(self, stage=step.stage, done=(*self.done, step), refused_because=words)
        return refused, RegisterImportRefused(
            import_id=self.id, asked_by=self.asked_by, refused_by=by.id, refused_on=on
        )

    def withdraw(self, *, on: date) -> tuple[Self, RegisterImportWithdrawn]:
        """Let it be: its job was given up by whoever had asked."""
        step = IMPORT_LIFECYCLE.step_by_itself(self, ImportAction.WITHDRAW, on=on)
        withdrawn = replace(self, stage=step.stage, done=(*self.done, step))
        return withdrawn, RegisterImportWithdrawn(import_id=self.id, asked_by=self.asked_by, withdrawn_on=on)

    def require_approved(self) -> None:
        """Hold the worker to the second word.

        Raises:
            ImportNotApproved: nobody else has given it.
        """
        if self.stage is not ImportStage.APPROVED or self.approved_by in {None, self.asked_by}:
            raise ImportNotApproved("Another person of the federation must approve the import first.")

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return IMPORT_LIFECYCLE.answers(lambda action: self._step(action, by=by, on=on))

    def _step(self, action: ImportAction, *, by: Principal, on: date) -> ImportStep:
        """The step: nobody approves what they have asked for, and no other federation's approver does."""
        step = IMPORT_LIFECYCLE.step(self, action, by=by, on=on)
        if by.id == self.asked_by:
            raise DutiesNotSeparated(
                "Whoever has asked for the import and handed its table in has no say in it. Another person must.",
                duty="ask_import",
                action=action.value,
            )
        if step.organisation_id != self.organisation_id:
            raise NotYourFunction("Only an approver of the same county federation may approve or refuse this import.")
        self.known.require_none(by.id, barred=frozenset({self.asked_by}))
        if action is ImportAction.APPROVE and self.asked_by in self.known.accounts:
            raise NamedInRegister(
                "A row of this table is about whoever has asked, or one of their household. Refuse it; another officer "
                "asks for it then."
            )
        return step


def federation_of(by: Principal) -> tuple[str, UUID]:
    """The place and the id of the one federation for which somebody takes registers over.

    Raises:
        NotYourFunction: there is none, or more than one.
    """
    roles = OPERATIONS["import_register"].roles & by.roles
    held = {(own.region, own.organisation_id) for own in by.memberships if own.role in roles}
    if len(held) != 1:
        raise NotYourFunction("A register is taken over by an officer of one county federation alone.")
    return held.pop()
