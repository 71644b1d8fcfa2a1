"""A confirmation: whose second word an item waits for, and what that person has said."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.confirmation import events
from app.domain.confirmation.stages import LIFECYCLE, ConfirmationAction, ConfirmationStage
from app.domain.confirmation.word import (
    NotTheSecondParty,
    ProofNotSeen,
    SecondParty,
    SecondPartyUnknown,
    SecondWord,
    TakenDown,
)
from app.domain.shared.access import Principal, Role
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.channel import Channel
from app.domain.shared.rulebook import Ruled
from app.domain.shared.transitions import Allowed, Done, OwnCase
from app.domain.shared.voice import WordMissing

ConfirmationStep: TypeAlias = Done[ConfirmationStage, ConfirmationAction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What somebody's word is asked for, and whose."""

    case_id: UUID
    application_id: UUID
    item: str
    person_id: UUID
    person_name: str = field(repr=False)
    region: str
    whom: SecondParty
    seconds: tuple[UUID, ...] = ()
    """The household members any one of whom may say it; for a guardian, whoever is one on the day."""
    rule: str
    """The rule that asks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """The word of a second person (第二方确认) without which an item does not go on.

    It tells whoever is asked what it is about: the item, and the name of the person who applies. None of the changes
    touches `version`.

    Source: 残疾人证管理办法 (2017) art. 9(1); 民法典 arts. 19-23; 个人信息保护法 arts. 29, 31.
    """

    id: UUID
    person_id: UUID
    person_name: str = field(repr=False)
    region: str
    application_id: UUID
    case_id: UUID
    item: str
    whom: SecondParty
    seconds: tuple[UUID, ...] = ()
    asked_on: date
    answer_by: date
    """The last day for the word; afterwards the case rests until there is one."""
    stage: ConfirmationStage = ConfirmationStage.ASKED
    done: tuple[ConfirmationStep, ...] = ()
    word: SecondWord | None = None
    rule_versions: tuple[str, ...] = ()
    version: int = 1

    @classmethod
    def ask(
        cls,
        subject: Subject,
        *,
        confirmation_id: UUID,
        on: date,
        answer_within: Ruled[int],
        calendar: WorkingCalendar,
    ) -> tuple[Self, events.ConfirmationAsked]:
        """Ask for the word. Nobody does this; it follows from the rules when somebody applies."""
        asked = cls(
            id=confirmation_id,
            person_id=subject.person_id,
            person_name=subject.person_name,
            region=subject.region,
            application_id=subject.application_id,
            case_id=subject.case_id,
            item=subject.item,
            whom=subject.whom,
            seconds=subject.seconds,
            asked_on=on,
            answer_by=calendar.last_day_of(answer_within.value, after=on),
            rule_versions=(subject.rule, answer_within.reference),
        )
        return asked, events.ConfirmationAsked(
            confirmation_id=confirmation_id,
            case_id=asked.case_id,
            item=asked.item,
            whom=asked.whom,
            asked_on=on,
            answer_by=asked.answer_by,
            rule_versions=asked.rule_versions,
        )

    @property
    def is_open(self) -> bool:
        """Say whether the word still may be given."""
        return not LIFECYCLE.is_final(self.stage)

    def is_confirmed_by(self, whom: SecondParty) -> bool:
        """Say whether it has the yes of such a second person."""
        return self.stage is ConfirmationStage.CONFIRMED and self.whom is whom

    def is_asked_of(self, by: Principal) -> bool:
        """Say whether a citizen is the one whose word is needed: a guardian of today, or of the household."""
        if self.whom is SecondParty.GUARDIAN:
            return self.person_id in by.acts_for
        return by.person_id is not None and by.person_id in self.seconds

    def still_asked(self, household: Collection[UUID]) -> tuple[UUID, ...]:
        """Those of whom it was asked and who still live with the person."""
        return tuple(second for second in self.seconds if second in household)

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: self._step(action, by=by, on=on))

    def confirm(
        self, *, by: Principal, on: date, known: Collection[UUID] = (), taken_down: TakenDown | None = None
    ) -> tuple[Self, events.ConfirmationGiven]:
        """Say yes, or take it down from the second person; `known` are the guardians, or the household, of the day.

        Raises:
            NotYourFunction, IllegalTransition: as `Lifecycle.step` says.
            NotTheSecondParty: a citizen says so whose word is not needed.
            OwnCase: an officer is the second person, or concerned.
            WordMissing, SecondPartyUnknown, ProofNotSeen: an officer does not say whose word it was.
        """
        confirmed, word = self._said(ConfirmationAction.CONFIRM, by=by, on=on, known=known, taken_down=taken_down)
        return confirmed, events.ConfirmationGiven(
            confirmation_id=self.id,
            case_id=self.case_id,
            item=self.item,
            whom=self.whom,
            channel=word.channel,
            noted_by=by.id,
            given_on=on,
        )

    def decline(
        self, *, by: Principal, on: date, known: Collection[UUID] = (), taken_down: TakenDown | None = None
    ) -> tuple[Self, events.ConfirmationDeclined]:
        """Say no; the item is taken back by that. Raises what `confirm` raises."""
        declined, word = self._said(ConfirmationAction.DECLINE, by=by, on=on, known=known, taken_down=taken_down)
        return declined, events.ConfirmationDeclined(
            confirmation_id=self.id,
            case_id=self.case_id,
            item=self.item,
            whom=self.whom,
            channel=word.channel,
            noted_by=by.id,
            declined_on=on,
        )

    def lapse(self, *, on: date) -> tuple[Self, events.ConfirmationLapsed]:
        """Note that the last day has passed without a word. It may still be given."""
        lapsed = self._followed(ConfirmationAction.LAPSE, on=on)
        return lapsed, events.ConfirmationLapsed(
            confirmation_id=self.id, case_id=self.case_id, item=self.item, lapsed_on=on
        )

    def close(self, *, on: date) -> tuple[Self, events.ConfirmationClosed]:
        """Wait for no word any more, because the case has ended otherwise."""
        closed = self._followed(ConfirmationAction.CLOSE, on=on)
        return closed, events.ConfirmationClosed(
            confirmation_id=self.id, case_id=self.case_id, item=self.item, closed_on=on
        )

    def _said(
        self,
        action: ConfirmationAction,
        *,
        by: Principal,
        on: date,
        known: Collection[UUID],
        taken_down: TakenDown | None,
    ) -> tuple[Self, SecondWord]:
        step = self._step(action, by=by, on=on)
        may = frozenset(known if self.whom is SecondParty.GUARDIAN else self.still_asked(known))
        if not by.has(Role.CITIZEN):
            word = self._taken_down(taken_down, by=by, known=may)
        elif self.whom is SecondParty.GUARDIAN or by.person_id in may:
            word = SecondWord(channel=Channel.PORTAL, noted_by=by.id, second_id=by.person_id)
        else:
            raise NotTheSecondParty("Who has moved out is not asked any more. Another of the household may say it.")
        return replace(self, stage=step.stage, done=(*self.done, step), word=word), word

    def _step(self, action: ConfirmationAction, *, by: Principal, on: date) -> ConfirmationStep:
        step = LIFECYCLE.step(self, action, by=by, on=on)
        if by.has(Role.CITIZEN) and not self.is_asked_of(by):
            raise NotTheSecondParty("Have the guardian or the household member say so, or go to a counter together.")
        return step

    def _taken_down(self, noted: TakenDown | None, *, by: Principal, known: frozenset[UUID]) -> SecondWord:
        if by.is_concerned(self.person_id) or by.person_id in known:
            raise OwnCase("Nobody takes down their own word, or one in their own matter. Another officer must.")
        if noted is None:
            raise WordMissing("Say by which way the word came, and whose it was.", pointer="/channel")
        if noted.channel is Channel.PORTAL:
            raise WordMissing("What comes through a portal is said with one's own token.", pointer="/channel")
        if noted.second_id is not None and noted.second_id not in known:
            raise SecondPartyUnknown(
                "Name one of those on record, or put the guardian on record first.", pointer="/second_id"
            )
        if noted.second_id is None and (self.whom is not SecondParty.GUARDIAN or noted.channel is Channel.PHONE):
            raise ProofNotSeen(
                "Name who gave the word. Only a guardian's proof, seen by you, stands in for that.",
                pointer="/second_id",
            )
        return SecondWord(channel=noted.channel, noted_by=by.id, second_id=noted.second_id)

    def _followed(self, action: ConfirmationAction, *, on: date) -> Self:
        step = LIFECYCLE.step_by_itself(self, action, on=on)
        return replace(self, stage=step.stage, done=(*self.done, step))
