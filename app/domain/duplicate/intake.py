"""What an office is told, when it takes a case on, of a person who may be registered already."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self
from uuid import UUID

from app.domain.shared.errors import Conflict, Unavailable
from app.domain.shared.region import code_of
from app.domain.shared.transitions import Allowed

ACCEPT = "accept"
TO_BE_LOOKED_AT = "may_be_registered"
_LOOK = "The person may be registered already. Compare the card, and the pair, before you take it on."


class MayBeRegisteredAlready(Conflict):
    """The person is so like somebody on record that an officer looks at the pair before a case is taken on."""

    code = "may_be_registered_already"
    title = "The person may be registered already"


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncompared:
    """Somebody who came or changed and was not compared since: where, and by which clock the person lives."""

    person_id: UUID
    province: str
    clock_id: UUID | None


class NotComparedYet(Unavailable):
    """The person has come or changed this very moment, and is compared with those on record before a case goes on."""

    code = "not_compared_yet"
    title = "The person is being compared"
    who: Uncompared | None = None

    @classmethod
    def of(cls, who: Uncompared) -> Self:
        """That somebody is to be compared first; whoever runs the command does so, and runs it again."""
        waiting = cls("The person is being compared with those on record. Send the request again.")
        waiting.who = who
        return waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """That a person is one of a pair that nobody has decided on. It does not say who the other is."""

    duplicate_id: UUID
    region: str
    """The nearest area that both belong to: its officers decide."""
    is_blocking: bool

    def require_passable(self) -> None:
        """Let a case of the person be taken on.

        Source: 个人信息保护法 (2021), art. 8: personal data are correct and complete. No document says from where on a
        case has to wait; the dated rule `duplicate.block_from` does, as an assumption of the project.

        Raises:
            MayBeRegisteredAlready: the pair is to be looked at first.
        """
        if self.is_blocking:
            raise MayBeRegisteredAlready(
                "The person is very likely on record already under another number. An officer of the area "
                f"{code_of(self.region)} first dismisses the pair {self.duplicate_id}, merges the two, or gives a "
                "reason to go on.",
                duplicate_id=str(self.duplicate_id),
                region_code=code_of(self.region),
            )

    def warned(self, actions: Iterable[Allowed]) -> tuple[Allowed, ...]:
        """What a caller may do, with acceptance held up or told what to look at first; the rest is as it was."""
        return tuple(self._warned(one) if one.action == ACCEPT and one.allowed else one for one in actions)

    def _warned(self, action: Allowed) -> Allowed:
        try:
            self.require_passable()
        except MayBeRegisteredAlready as refusal:
            return replace(
                action, allowed=False, reason_code=refusal.code, reason=refusal.detail, parameters=refusal.facts
            )
        return replace(action, reason_code=TO_BE_LOOKED_AT, reason=_LOOK)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtIntake:
    """What is known of twins of somebody for whom a case is taken on, or something is granted at once."""

    uncompared: Uncompared | None
    """None where the person was compared since the last change."""
    likeness: Likeness | None

    def require_compared(self) -> Likeness | None:
        """The likeness that comparing has found, if any.

        Raises:
            NotComparedYet: the person is compared first.
        """
        if self.uncompared is not None:
            raise NotComparedYet.of(self.uncompared)
        return self.likeness


def may_accept(actions: Iterable[Allowed]) -> bool:
    """Say whether a caller may take the case on: nobody else is told of a likeness."""
    return any(one.action == ACCEPT and one.allowed for one in actions)
