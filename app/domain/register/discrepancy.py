"""What another register says otherwise, as something that a named officer settles: take it, or keep what is held."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.register.comparing import Differing, HeldPerson, Part
from app.domain.register.entry import RegisterEntry
from app.domain.register.events import (
    RegisterDiscrepancyKept,
    RegisterDiscrepancyOpened,
    RegisterDiscrepancyTaken,
)
from app.domain.shared.access import Principal
from app.domain.shared.errors import Conflict, DutiesNotSeparated
from app.domain.shared.refusal import require_words
from app.domain.shared.transitions import Allowed, Done, Lifecycle, Transition


class HeldSince(Conflict):
    """What is held has changed since the two were compared."""

    code = "held_since"
    title = "What is held has changed since"


class TakenElsewhere(Conflict):
    """The certificate is frozen or cancelled here; only the business that did it undoes it."""

    code = "taken_elsewhere"
    title = "Another business decides this"


class DiscrepancyStage(StrEnum):
    """Where it stands."""

    OPEN = "open"
    TAKEN = "taken"
    """Our register says now what the other one said."""
    KEPT = "kept"
    """Our register stays as it was."""


class DiscrepancyAction(StrEnum):
    """What may be done to it."""

    TAKE = "take"
    """采用导入信息"""
    KEEP = "keep"
    """保留现有信息"""


DiscrepancyStep: TypeAlias = Done[DiscrepancyStage, DiscrepancyAction]
_OPEN = [DiscrepancyStage.OPEN]
DISCREPANCY_LIFECYCLE: Lifecycle[DiscrepancyStage, DiscrepancyAction] = Lifecycle(
    noun="register discrepancy",
    start=DiscrepancyStage.OPEN,
    steps={
        DiscrepancyAction.TAKE: Transition.through(
            "settle_register_discrepancy", sources=_OPEN, target=DiscrepancyStage.TAKEN
        ),
        DiscrepancyAction.KEEP: Transition.through(
            "settle_register_discrepancy", sources=_OPEN, target=DiscrepancyStage.KEPT
        ),
    },
    apart=frozenset(DiscrepancyAction),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDiscrepancy:
    """That a row of another register says otherwise than ours about one person (登记信息不一致).

    No register overwrites another by itself: 个人信息保护法 (2021), art. 46 asks for correct data and for checking.
    """

    id: UUID
    person_id: UUID
    region: str
    job_id: UUID
    entry: RegisterEntry = field(repr=False)
    differing: tuple[Differing, ...] = field(repr=False)
    certificate_id: UUID | None
    certificate_version: int | None
    """The version of the certificate with which the row was compared."""
    opened_on: date
    opened_at: datetime
    opened_by: UUID
    stage: DiscrepancyStage = DiscrepancyStage.OPEN
    done: tuple[DiscrepancyStep, ...] = ()
    words: str = field(default="", repr=False)
    """Why it was settled so."""
    version: int = 1

    @classmethod
    def open(
        cls,
        entry: RegisterEntry,
        held: HeldPerson,
        differing: tuple[Differing, ...],
        *,
        discrepancy_id: UUID,
        job_id: UUID,
        region: str,
        at: datetime,
        on: date,
        by: UUID,
    ) -> tuple[Self, RegisterDiscrepancyOpened]:
        """Put down that the two say otherwise; an officer settles it."""
        opened = cls(
            id=discrepancy_id,
            person_id=held.person_id,
            region=region,
            job_id=job_id,
            entry=entry,
            differing=differing,
            certificate_id=held.card.certificate_id if held.card else None,
            certificate_version=held.card.version if held.card else None,
            opened_on=on,
            opened_at=at,
            opened_by=by,
        )
        event = RegisterDiscrepancyOpened(discrepancy_id=discrepancy_id, job_id=job_id, parts=opened.parts)
        return opened, event

    @property
    def application_id(self) -> None:
        """It belongs to no application."""
        return

    @property
    def parts(self) -> tuple[str, ...]:
        """What differs, by name."""
        return tuple(one.part.value for one in self.differing)

    def take(self, *, by: Principal, on: date, words: str) -> tuple[Self, RegisterDiscrepancyTaken]:
        """Find that the other register is right.

        Raises:
            ReasonMissing: no reason is given.
            TakenElsewhere: here it is frozen or cancelled, which only its own business undoes.
            DutiesNotSeparated: the caller has handed in the table that says so.
            NotYourFunction, IllegalTransition, OwnCase: see `Lifecycle.step`.
        """
        taken = self._settled(DiscrepancyAction.TAKE, by=by, on=on, words=words)
        if Part.STANDING in {one.part for one in self.differing}:
            raise TakenElsewhere(
                "Here the certificate is frozen or cancelled. Keep that, and use the business that undoes it."
            )
        return taken, RegisterDiscrepancyTaken(
            discrepancy_id=self.id, parts=self.parts, settled_by=by.id, settled_on=on
        )

    def keep(self, *, by: Principal, on: date, words: str) -> tuple[Self, RegisterDiscrepancyKept]:
        """Find that our register is right.

        Raises:
            ReasonMissing: no reason is given.
            NotYourFunction, IllegalTransition, OwnCase: see `Lifecycle.step`.
        """
        kept = self._settled(DiscrepancyAction.KEEP, by=by, on=on, words=words)
        return kept, RegisterDiscrepancyKept(discrepancy_id=self.id, parts=self.parts, settled_by=by.id, settled_on=on)

    def require_held(self, version: int | None) -> None:
        """Hold the certificate to the version that the row was compared with.

        Raises:
            HeldSince: it has changed since.
        """
        if version != self.certificate_version:
            raise HeldSince("What is held has changed since the two were compared. Keep it, or import the row again.")

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return DISCREPANCY_LIFECYCLE.answers(lambda action: self._step(action, by=by, on=on))

    def _step(self, action: DiscrepancyAction, *, by: Principal, on: date) -> DiscrepancyStep:
        """The step: who says what another register holds does not also find that this one is wrong."""
        step = DISCREPANCY_LIFECYCLE.step(self, action, by=by, on=on)
        if action is DiscrepancyAction.TAKE and by.id == self.opened_by:
            raise DutiesNotSeparated(
                "Whoever has handed in the table does not take what it says. Another officer of the county must.",
                action=action.value,
            )
        return step

    def _settled(self, action: DiscrepancyAction, *, by: Principal, on: date, words: str) -> Self:
        step = self._step(action, by=by, on=on)
        require_words(words, "Say in plain words why, so that it can be looked up later.")
        return replace(self, stage=step.stage, done=(*self.done, step), words=words)
