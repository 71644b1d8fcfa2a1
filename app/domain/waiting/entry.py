"""A need that waits for a service, and where it stands on the list."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Self
from uuid import UUID

from app.domain.shared.access import Principal, has_function
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import AlreadyExists, DutiesNotSeparated
from app.domain.shared.transitions import Allowed, Done, NotYourFunction
from app.domain.shared.voice import Voice, Word, word_of
from app.domain.waiting import events
from app.domain.waiting.rules import Urgency, WaitingRules
from app.domain.waiting.stages import LIFECYCLE, WaitingAction, WaitingStage


class WaitingAlready(AlreadyExists):
    """The need waits for this service."""

    code = "waiting_already"
    title = "This waits already"


class RemovalReason(StrEnum):
    """Why a human takes somebody off the list."""

    NOT_ENTITLED = "not_entitled"
    """不再符合条件"""
    MOVED_AWAY = "moved_away"
    """已迁出服务区域"""
    DIED = "died"
    """已去世"""
    SERVICE_CLOSED = "service_closed"
    """服务停办"""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingEntry:
    """One need of one person on the list of one service (轮候).

    `counts_from` orders the list: the day since which the need waits, less the head start that special difficulty and
    urgency give. It does not change as days pass, so nobody's order does. None of the steps touches `version`.
    """

    id: UUID
    person_id: UUID
    region: str
    need_id: UUID
    need: str
    """The need by its code."""
    service_id: UUID
    since: date
    """The day since which the need waits; another service's list begins at the same day."""
    urgency: Urgency
    special: tuple[str, ...] = ()
    """The flags of special difficulty that counted."""
    head_start_days: int = 0
    clock_id: UUID | None = None
    stage: WaitingStage = WaitingStage.WAITING
    done: tuple[Done[WaitingStage, WaitingAction], ...] = ()
    left_on: date | None = None
    removal: RemovalReason | None = None
    words: str = field(default="", repr=False)
    """What was said to the removal."""
    word: Word | None = None
    rule_versions: tuple[str, ...] = ()
    version: int = 1

    @classmethod
    def join(
        cls, asked: Self, *, flags: Collection[str], by: Principal, on: date, rules: WaitingRules
    ) -> tuple[Self, events.WaitingJoined]:
        """Put a need on the list of a service (登记轮候); its place follows from the facts and the rules.

        Raises:
            NotYourFunction: the caller has no appointment for this in the place of the person.
            DutiesNotSeparated: the person is the caller.
        """
        roles = OPERATIONS["join_waiting_list"].roles
        if not has_function(by, roles, region=asked.region):
            raise NotYourFunction(
                "Only commissioners and officers keep waiting lists, each in their own area. Pass it on to them.",
                roles=", ".join(sorted(roles)),
            )
        if by.is_concerned(asked.person_id):
            raise DutiesNotSeparated("Nobody puts themselves on a list. Another officer must.")
        joined = replace(asked._ordered(asked.urgency, flags, rules), since=min(asked.since, on))
        return joined, events.WaitingJoined(
            entry_id=joined.id,
            need_id=joined.need_id,
            service_id=joined.service_id,
            since=joined.since,
            joined_by=by.id,
            rule_versions=joined.rule_versions,
        )

    @property
    def application_id(self) -> None:
        """Waiting belongs to no application."""

    @property
    def counts_from(self) -> date:
        """The day by which the list is ordered, the earliest first."""
        return self.since - timedelta(days=self.head_start_days)

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: LIFECYCLE.step(self, action, by=by, on=on))

    def reassess(
        self, urgency: Urgency, *, flags: Collection[str], by: Principal, on: date, rules: WaitingRules
    ) -> tuple[Self, events.WaitingReassessed]:
        """Find the place on the list anew, from the facts of today and an urgency (重新评定); `since` stays."""
        step = LIFECYCLE.step(self, WaitingAction.REASSESS, by=by, on=on)
        moved = replace(self._ordered(urgency, flags, rules), done=(*self.done, step))
        return moved, events.WaitingReassessed(
            entry_id=self.id, reassessed_by=by.id, reassessed_on=on, rule_versions=moved.rule_versions
        )

    def withdraw(
        self, *, by: Principal, on: date, guardians: Collection[UUID], said_by: Voice | None
    ) -> tuple[Self, events.WaitingWithdrawn]:
        """Leave the list by the word of the person or a guardian; an officer says whose word it was (退出轮候).

        Raises:
            NotThePerson: a citizen speaks for somebody else.
            WordMissing: an officer does not say whose word it was.
        """
        moved = self._moved(WaitingAction.WITHDRAW, by=by, on=on)
        word = word_of(by, person_id=self.person_id, region=self.region, guardians=guardians, said_by=said_by)
        return replace(moved, word=word, left_on=on), events.WaitingWithdrawn(
            entry_id=self.id, withdrawn_by=by.id, withdrawn_on=on
        )

    def remove(
        self, reason: RemovalReason, words: str, *, by: Principal, on: date
    ) -> tuple[Self, events.WaitingRemoved]:
        """Take the person off the list, for a reason that a named human answers for (移出轮候)."""
        moved = self._moved(WaitingAction.REMOVE, by=by, on=on)
        return replace(moved, removal=reason, words=words, left_on=on), events.WaitingRemoved(
            entry_id=self.id, reason=reason.value, removed_by=by.id, removed_on=on
        )

    def _ordered(self, urgency: Urgency, flags: Collection[str], rules: WaitingRules) -> Self:
        return replace(
            self,
            urgency=urgency,
            special=rules.special_of(flags),
            head_start_days=rules.head_start_of(flags, urgency),
            rule_versions=rules.rule_versions,
        )

    def _moved(self, action: WaitingAction, *, by: Principal, on: date) -> Self:
        step = LIFECYCLE.step(self, action, by=by, on=on)
        return replace(self, stage=step.stage, done=(*self.done, step))
