"""A request for evidence: what must be shown, for which items, why, and from whom; and the person's right to refuse."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self
from uuid import UUID

from app.domain.evidence import events
from app.domain.evidence.evidence import Evidence
from app.domain.evidence.holding import Holding
from app.domain.evidence.kind import EvidenceKind, EvidenceSource
from app.domain.evidence.refusals import EvidenceNotOfThisKind
from app.domain.evidence.rules import EvidenceRules
from app.domain.person import FactSource
from app.domain.shared.access import Principal, Role, has_function, organisation_of
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.transitions import Allowed, Done, Lifecycle, NotYourFunction, Transition
from app.domain.shared.voice import Voice, voice_of


class EvidenceRequestStage(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    FULFILLED = "fulfilled"
    REFUSED = "refused"
    """The person does not want it. Nothing is refused to the person by that."""
    CANCELLED = "cancelled"


class RequestAction(StrEnum):
    """What may happen to a request."""

    FULFIL = "fulfil"
    """What was asked for is there: the system sees this by itself."""
    REFUSE = "refuse"
    """本人不同意提供"""
    CANCEL = "cancel"
    """Nothing needs it any more: this follows from the items."""


class EvidenceReason(StrEnum):
    """Why something is asked for."""

    PACKAGE = "package"
    """The package's list says so, by its rule."""
    OFFICE = "office"
    """An office asks, with a reason in words."""


REQUEST_LIFECYCLE: Lifecycle[EvidenceRequestStage, RequestAction] = Lifecycle(
    noun="evidence request",
    start=EvidenceRequestStage.OPEN,
    steps={
        # Who has refused may still bring it: that is the person's to say, both times.
        RequestAction.FULFIL: Transition(
            sources=frozenset({EvidenceRequestStage.OPEN, EvidenceRequestStage.REFUSED}),
            target=EvidenceRequestStage.FULFILLED,
        ),
        RequestAction.REFUSE: Transition.through(
            "refuse_evidence_request",
            sources=[EvidenceRequestStage.OPEN, EvidenceRequestStage.FULFILLED],
            target=EvidenceRequestStage.REFUSED,
        ),
        RequestAction.CANCEL: Transition(
            sources=frozenset({EvidenceRequestStage.OPEN}), target=EvidenceRequestStage.CANCELLED
        ),
    },
)
"""The table of requests for evidence.

Source: 个人信息保护法 arts. 15, 16, 44: the person may refuse, and service is not denied for it unless it needs it.
"""

RequestStep = Done[EvidenceRequestStage, RequestAction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for, for which items of which application."""

    kind: EvidenceKind
    items: tuple[str, ...]
    person_id: UUID
    region: str
    application_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRequest:
    """A request that something be shown, once for all items that need it."""

    id: UUID
    person_id: UUID
    region: str
    application_id: UUID
    kind: str
    items: tuple[str, ...]
    source: EvidenceSource
    assurance: FactSource
    """The class that is asked for."""
    why: EvidenceReason
    asked_on: date
    held_by: str | None = None
    rule: str = ""
    """The package's version whose list asks for it; empty where an office does."""
    text: str = ""
    """Why, in the office's words to the person."""
    asked_by: UUID | None = None
    organisation_id: UUID | None = None
    stage: EvidenceRequestStage = EvidenceRequestStage.OPEN
    evidence_id: UUID | None = None
    voice: Voice | None = None
    """Who refused: the person or a guardian; empty where an office or a portal has passed it on."""
    done: tuple[RequestStep, ...] = ()
    version: int = 1

    @classmethod
    def by_package(
        cls, asked: Asked, *, request_id: UUID, on: date, rule: str, holding: Holding, is_withheld: bool = False
    ) -> Self:
        """What the package's list asks for: fulfilled at once where it is held, refused where the person says so."""
        request = cls._of(asked, request_id=request_id, on=on, why=EvidenceReason.PACKAGE)
        request = replace(request, rule=rule)
        if is_withheld:
            return replace(request, stage=EvidenceRequestStage.REFUSED)
        held = holding.settling(asked.kind.code, asked=asked.kind.assurance)
        return request if held is None else request.fulfil(held, on=on, rules=holding.rules)[0]

    @classmethod
    def by_office(
        cls, asked: Asked, *, request_id: UUID, by: Principal, on: date, text: str, holding: Holding
    ) -> tuple[Self, events.EvidenceRequested]:
        """Ask for something more.

        Raises:
            NotYourFunction: the caller is no office of this place.
            EvidenceAlreadyHeld: it is held already, and is named.
        """
        roles = OPERATIONS["request_evidence"].roles
        _require_office(by, roles, region=asked.region)
        holding.require_not_held(asked.kind)
        request = replace(
            cls._of(asked, request_id=request_id, on=on, why=EvidenceReason.OFFICE),
            text=text,
            asked_by=by.id,
            organisation_id=organisation_of(by, roles, region=asked.region),
        )
        return request, events.EvidenceRequested(
            request_id=request_id,
            kind=request.kind,
            items=request.items,
            source=request.source,
            requested_by=by.id,
            requested_on=on,
        )

    @classmethod
    def _of(cls, asked: Asked, *, request_id: UUID, on: date, why: EvidenceReason) -> Self:
        return cls(
            id=request_id,
            person_id=asked.person_id,
            region=asked.region,
            application_id=asked.application_id,
            kind=asked.kind.code,
            items=asked.items,
            source=asked.kind.source,
            assurance=asked.kind.assurance,
            held_by=asked.kind.held_by,
            why=why,
            asked_on=on,
        )

    def is_settled_by(self, evidence: Evidence, *, on: date, rules: EvidenceRules) -> bool:
        """Say whether evidence is what was asked for, valid, and sure enough."""
        is_it = (evidence.kind, evidence.person_id) == (self.kind, self.person_id)
        return is_it and evidence.is_valid_on(on) and rules.suffices(evidence.assurance, asked=self.assurance)

    def fulfil(
        self, evidence: Evidence, *, on: date, rules: EvidenceRules
    ) -> tuple[Self, events.EvidenceRequestFulfilled]:
        """Take evidence that settles it.

        Raises:
            EvidenceNotOfThisKind: it does not.
            IllegalTransition: the request is closed.
        """
        if not self.is_settled_by(evidence, on=on, rules=rules):
            raise EvidenceNotOfThisKind("This evidence is not what was asked for. Show what the request names.")
        step = REQUEST_LIFECYCLE.step_by_itself(self, RequestAction.FULFIL, on=on)
        fulfilled = replace(self, stage=step.stage, evidence_id=evidence.id, voice=None, done=(*self.done, step))
        return fulfilled, events.EvidenceRequestFulfilled(
            request_id=self.id,
            kind=self.kind,
            evidence_id=evidence.id,
            assurance=evidence.assurance,
            fulfilled_on=on,
        )

    def refuse(
        self, *, by: Principal, on: date, guardians: Collection[UUID]
    ) -> tuple[Self, events.EvidenceRequestRefused]:
        """The person does not want it to be fetched, given or used (本人不同意提供). No reason is owed.

        Nothing else follows by itself: what it means for the items is for people to see to.

        Raises:
            NotThePerson: a citizen speaks for somebody else.
            NotYourFunction, IllegalTransition: as `Lifecycle.step` says.
        """
        step, voice = self._refusing(by=by, on=on, guardians=guardians)
        refused = replace(self, stage=step.stage, evidence_id=None, voice=voice, done=(*self.done, step))
        return refused, events.EvidenceRequestRefused(
            request_id=self.id, kind=self.kind, items=self.items, refused_by=by.id, voice=voice, refused_on=on
        )

    def also_for(self, item: str) -> Self:
        """The same for one item more: nobody is asked twice, and what was refused is refused for it too."""
        return self if item in self.items else replace(self, items=(*self.items, item))

    def cancel(self, *, on: date) -> tuple[Self, events.EvidenceRequestCancelled]:
        """Close it, because nothing needs it any more. Nobody does this; it follows.

        Raises:
            IllegalTransition: it is closed already.
        """
        step = REQUEST_LIFECYCLE.step_by_itself(self, RequestAction.CANCEL, on=on)
        cancelled = replace(self, stage=step.stage, done=(*self.done, step))
        return cancelled, events.EvidenceRequestCancelled(request_id=self.id, kind=self.kind, cancelled_on=on)

    def allowed_actions(self, by: Principal, *, on: date, guardians: Collection[UUID]) -> tuple[Allowed, ...]:
        """What the caller may do to it and, for the rest, why not."""
        return REQUEST_LIFECYCLE.answers(lambda _: self._refusing(by=by, on=on, guardians=guardians))

    def _refusing(self, *, by: Principal, on: date, guardians: Collection[UUID]) -> tuple[RequestStep, Voice | None]:
        step = REQUEST_LIFECYCLE.step(self, RequestAction.REFUSE, by=by, on=on)
        if by.roles != {Role.CITIZEN}:
            return step, None
        return step, voice_of(by, person_id=self.person_id, guardians=guardians)


def _require_office(by: Principal, roles: frozenset[Role], *, region: str) -> None:
    if not has_function(by, roles, region=region):
        named = sorted(role.value for role in roles)
        raise NotYourFunction(f"Only these ask for evidence, each in their own area: {', '.join(named)}.", roles=named)
