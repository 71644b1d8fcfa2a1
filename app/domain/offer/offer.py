"""An offer to a person: made by the rules, sent by a named human, accepted or declined by the person, or run out."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.application import Channel
from app.domain.benefit import Reason
from app.domain.offer import events
from app.domain.offer.due import Due
from app.domain.shared.access import Principal, Role
from app.domain.shared.errors import Conflict
from app.domain.shared.rulebook import RulesInForce
from app.domain.shared.span import months_after
from app.domain.shared.transitions import Allowed, Done, Lifecycle, OwnCase, Transition
from app.domain.shared.voice import Word


class OfferOutdated(Conflict):
    """The rules do not find it due any more, or it has been asked for since."""

    code = "offer_outdated"
    title = "This is not due any more"


class OfferRunOut(Conflict):
    """The last day of the offer has passed."""

    code = "offer_run_out"
    title = "The offer has run out"


class OfferStage(StrEnum):
    """Where an offer stands."""

    MADE = "made"
    """待推送: the rules have made it, and nobody has told the person."""
    SENT = "sent"
    """已推送"""
    ACCEPTED = "accepted"
    """同意申请"""
    DECLINED = "declined"
    """不需要"""
    WITHDRAWN = "withdrawn"
    """已撤销"""
    EXPIRED = "expired"
    """已过期"""


class OfferAction(StrEnum):
    """What may happen to an offer."""

    SEND = "send"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


class UnwantedReason(StrEnum):
    """Why the person does not want it, if the person says so. No reason is owed."""

    NOT_NEEDED = "not_needed"
    NOT_NOW = "not_now"
    FACTS_WRONG = "facts_wrong"
    """What the registers hold is not so."""
    PRIVACY = "privacy"
    OTHER = "other"


_OPEN = (OfferStage.MADE, OfferStage.SENT)
_ANSWERS = (OfferAction.ACCEPT, OfferAction.DECLINE)
LIFECYCLE: Lifecycle[OfferStage, OfferAction] = Lifecycle(
    noun="offer",
    start=OfferStage.MADE,
    steps={
        OfferAction.SEND: Transition.through("send_offer", sources=[OfferStage.MADE], target=OfferStage.SENT),
        OfferAction.ACCEPT: Transition.through("accept_offer", sources=[OfferStage.SENT], target=OfferStage.ACCEPTED),
        OfferAction.DECLINE: Transition.through("decline_offer", sources=[OfferStage.SENT], target=OfferStage.DECLINED),
        OfferAction.WITHDRAW: Transition.through("withdraw_offer", sources=_OPEN, target=OfferStage.WITHDRAWN),
        OfferAction.EXPIRE: Transition(sources=frozenset(_OPEN), target=OfferStage.EXPIRED),
    },
    apart=frozenset({OfferAction.SEND}),
)
"""The table of offers to people. An offer of a service to a provider is a referral, and has a table of its own.

An assumption: 政策找人 and 免申即享 are words of practice, and no article that we know orders them. Nothing is decided
by the rules alone (个人信息保护法 art. 24): the offer leads to an application, decided on as any other.
"""

OfferStep: TypeAlias = Done[OfferStage, OfferAction]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRules:
    """How long an offer waits, and when it may be made again; dated rule data."""

    to_send: int
    """Calendar days in which an office looks at it."""
    to_answer: int
    """Calendar days in which the person can take it up."""
    again_after: int
    """Months after which it may be made again, though nothing has changed."""

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """As the rulebooks say for the place and day.

        Raises:
            NoRuleInForce: they do not.
        """
        return cls(
            to_send=rules.calendar_days("offer.to_send").value,
            to_answer=rules.calendar_days("offer.to_answer").value,
            again_after=rules.months("offer.again_after").value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An offer of one benefit, or of one service, to one person (政策找人).

    Every transition may raise NotYourFunction, IllegalTransition, OwnCase. None touches `version`: saving compares it
    and counts it up.
    """

    id: UUID
    person_id: UUID
    region: str
    """Where the person is registered; of a service, where the person lives."""
    package_code: str | None
    item: str
    reasons: tuple[Reason, ...] = field(repr=False)
    rule_versions: tuple[str, ...]
    basis: tuple[str, ...] = field(repr=False)
    made_on: date
    made_at: datetime
    expires_on: date
    """The last day on which it can be sent or, once sent, accepted."""
    clock_id: UUID | None = None
    stage: OfferStage = OfferStage.MADE
    sent_on: date | None = None
    closed_on: date | None = None
    draft_id: UUID | None = None
    """The draft that acceptance has begun, which becomes the application of the same id."""
    need_id: UUID | None = None
    """The confirmed need for which services can be looked for, once the person wants one."""
    decline_reason: UnwantedReason | None = None
    words: str = field(default="", repr=False)
    """What the person, or whoever took it back, has said."""
    done: tuple[OfferStep, ...] = ()
    version: int = 1

    @property
    def is_for_service(self) -> bool:
        """Say whether it is of a single service, which is not applied for."""
        return self.package_code is None

    @property
    def application_id(self) -> None:
        """No application is there yet: what follows tells its own story."""
        return

    @classmethod
    def make(
        cls,
        due: Due,
        *,
        offer_id: UUID,
        person_id: UUID,
        region: str,
        at: datetime,
        on: date,
        rules: OfferRules,
        clock_id: UUID | None = None,
    ) -> tuple[Self, events.OfferMade]:
        """Put down what is due, for an office to look at. Nobody does this: it follows from what is on record."""
        offer = cls(
            id=offer_id,
            person_id=person_id,
            region=region,
            package_code=due.package_code,
            item=due.item,
            reasons=due.reasons,
            rule_versions=due.rule_versions,
            basis=due.basis,
            made_on=on,
            made_at=at,
            expires_on=on + timedelta(days=rules.to_send),
            clock_id=clock_id,
        )
        return offer, events.OfferMade(offer_id=offer_id, item=due.item, expires_on=offer.expires_on)

    def allows_another(self, due: Due, *, on: date, rules: OfferRules) -> bool:
        """Say whether the same may be made anew: not while this is open, nor soon after while nothing has changed."""
        if self.closed_on is None:
            return False
        return due.basis != self.basis or months_after(self.closed_on, rules.again_after) <= on

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do to it and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: self._step(action, by=by, on=on))

    def send(
        self, *, by: Principal, on: date, due: Collection[str], rules: OfferRules
    ) -> tuple[Self, events.OfferSent]:
        """Offer it to the person. `due` are the items that the rules find due today.

        Raises:
            OfferOutdated: the rules do not find it due any more.
        """
        step = self._step(OfferAction.SEND, by=by, on=on)
        if self.item not in due:
            raise OfferOutdated("The rules do not find this due any more. Take the offer back, and say why.")
        until = on + timedelta(days=rules.to_answer)
        sent = replace(self._after(step), sent_on=on, expires_on=until)
        return sent, events.OfferSent(offer_id=self.id, item=self.item, sent_by=by.id, expires_on=until)

    def accept(
        self,
        *,
        by: Principal,
        on: date,
        word: Word,
        channel: Channel,
        draft_id: UUID | None = None,
        need_id: UUID | None = None,
    ) -> tuple[Self, events.OfferAccepted]:
        """The person wants it: a draft is begun, which asks for nothing until it is submitted; or services are sought.

        Who gives a service is found by an officer with the person, for the need where one is confirmed.
        """
        step = self._step(OfferAction.ACCEPT, by=by, on=on)
        accepted = replace(self._after(step), closed_on=on, draft_id=draft_id, need_id=need_id)
        return accepted, events.OfferAccepted(
            offer_id=self.id,
            item=self.item,
            accepted_by=by.id,
            capacity=word.capacity,
            said_by=word.said_by,
            channel=channel,
        )

    def decline(
        self,
        *,
        by: Principal,
        on: date,
        word: Word,
        channel: Channel,
        reason: UnwantedReason | None = None,
        words: str = "",
    ) -> tuple[Self, events.OfferDeclined]:
        """The person does not want it. That is remembered, and not asked again until the rules allow another."""
        step = self._step(OfferAction.DECLINE, by=by, on=on)
        declined = replace(self._after(step), closed_on=on, decline_reason=reason, words=words)
        return declined, events.OfferDeclined(
            offer_id=self.id,
            item=self.item,
            declined_by=by.id,
            capacity=word.capacity,
            said_by=word.said_by,
            channel=channel,
        )

    def withdraw(self, *, by: Principal, on: date, words: str) -> tuple[Self, events.OfferWithdrawn]:
        """Take it back, because what it rested on has changed."""
        step = self._step(OfferAction.WITHDRAW, by=by, on=on)
        withdrawn = replace(self._after(step), closed_on=on, words=words)
        return withdrawn, events.OfferWithdrawn(
            offer_id=self.id, item=self.item, withdrawn_by=by.id, was_sent=self.sent_on is not None
        )

    def is_due(self, on: date) -> bool:
        """Say whether its last day has passed while it was open."""
        return self.stage in _OPEN and on > self.expires_on

    def expire(self, *, on: date) -> tuple[Self, events.OfferRanOut]:
        """Let it run out: nobody does this, the day has passed."""
        expired = replace(self._after(LIFECYCLE.step_by_itself(self, OfferAction.EXPIRE, on=on)), closed_on=on)
        return expired, events.OfferRanOut(offer_id=self.id, item=self.item, was_sent=self.sent_on is not None)

    def _step(self, action: OfferAction, *, by: Principal, on: date) -> OfferStep:
        step = LIFECYCLE.step(self, action, by=by, on=on)
        if action in _ANSWERS and not by.has(Role.CITIZEN) and by.is_concerned(self.person_id):
            raise OwnCase("Nobody takes down their own answer as an officer. Say it yourself, or tell another officer.")
        if self.is_due(on):
            raise OfferRunOut("Its last day has passed. The person can apply without it at any time.")
        return step

    def _after(self, step: OfferStep) -> Self:
        return replace(self, stage=step.stage, done=(*self.done, step))
