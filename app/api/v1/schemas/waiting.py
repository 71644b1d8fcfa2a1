"""Waiting as it travels: the place on a list, when a place may come, and what would be sooner and where."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.catalogue import ServiceSummary
from app.api.v1.schemas.told_as import ToldAs, ToldAsRead
from app.api.v1.schemas.types import Input, Output, ShortText, Version
from app.api.v1.schemas.wording import SentenceRead
from app.domain.shared.region import code_of
from app.domain.shared.voice import Voice
from app.domain.waiting import Outlook, RemovalReason, Sooner, Urgency, WaitingStage
from app.services.ports.catalogue import Offered
from app.services.waiting import WaitingView

Days = Annotated[int, Field(ge=0, le=1_000_000)]


class WaitingEntryCreate(Input):
    """For which service a need waits, and how soon it must be met."""

    service_id: UUID
    urgency: Annotated[Urgency, Field(description="As found with the person.")] = Urgency.ROUTINE


class WaitingReassessmentCreate(Input):
    """How soon the need must be met, as found now; special difficulty is read from what is held."""

    urgency: Urgency


class WaitingWithdrawalCreate(Input):
    """Whose word it is, where an officer takes it down."""

    said_by: Annotated[Voice | None, Field(description="Needed from officers; not from the person.")] = None


class WaitingRemovalCreate(Input):
    """Why the person is taken off the list."""

    reason: RemovalReason
    text: Annotated[ShortText, Field(description="In a sentence, for the person.")]


class SoonerRead(Output):
    """Another service where a place would come sooner."""

    service: ServiceSummary
    days: Annotated[Days, Field(description="0 where a place is free now.")]
    text: SentenceRead


class OutlookRead(Output):
    """What somebody who waits is told."""

    place: Annotated[int, Field(ge=1, le=10_000_000, description="On the list, from 1.")]
    expected_days: Annotated[Days | None, Field(description="Null where too few places came to say.")]
    expected_on: Annotated[date | None, Field(description="The day that follows from it.")]
    standing: SentenceRead
    why: Annotated[list[SentenceRead], Field(max_length=10, description="What the place follows from.")]
    when: SentenceRead
    sooner: Annotated[list[SoonerRead], Field(max_length=10, description="The soonest first; empty if there is none.")]

    @classmethod
    def of(cls, outlook: Outlook, services: Mapping[UUID, Offered], told: Teller) -> Self:
        """The outlook in one caller's language."""
        return cls(
            place=outlook.place,
            expected_days=outlook.days,
            expected_on=outlook.expected_on,
            standing=SentenceRead.of(outlook.standing, told),
            why=[SentenceRead.of(reason, told) for reason in outlook.why],
            when=SentenceRead.of(outlook.when, told),
            sooner=[_sooner(one, services, told) for one in outlook.sooner],
        )


def _sooner(sooner: Sooner, services: Mapping[UUID, Offered], told: Teller) -> SoonerRead:
    offered = services[sooner.service_id]
    named = {"service": told.word(offered.service.name), "provider": told.word(offered.provider)}
    return SoonerRead(
        service=ServiceSummary.of(offered, told),
        days=sooner.days,
        text=SentenceRead.of(sooner.reason, told, **named),
    )


class WaitingEntrySummary(Output):
    """A need on the list of a service."""

    id: UUID
    person_id: UUID
    region_code: Annotated[str, Field(max_length=12)]
    need_id: UUID
    need: Annotated[str, Field(max_length=64, description="By its code.")]
    service_id: UUID
    service_text: Annotated[str, Field(max_length=200)]
    stage: Annotated[WaitingStage, Field(description="`placed` by a provider's acceptance, `met` by another service.")]
    since: Annotated[date, Field(description="The day since which the need waits.")]
    urgency: Urgency
    special: Annotated[list[str], Field(max_length=10, description="Flags of special difficulty that counted.")]
    head_start_days: Annotated[Days, Field(description="How much longer it counts as having waited.")]
    counts_from: Annotated[date, Field(description="The order of the list: the earliest first.")]
    left_on: Annotated[date | None, Field(description="The day on which it left the list.")]
    version: Version

    @classmethod
    def of_line(cls, view: WaitingView, told: Teller) -> Self:
        """The entry as a line."""
        entry = view.of
        return cls(
            id=entry.id,
            person_id=entry.person_id,
            region_code=code_of(entry.region),
            need_id=entry.need_id,
            need=entry.need,
            service_id=entry.service_id,
            service_text=told.word(view.offered.service.name),
            stage=entry.stage,
            since=entry.since,
            urgency=entry.urgency,
            special=list(entry.special),
            head_start_days=entry.head_start_days,
            counts_from=entry.counts_from,
            left_on=entry.left_on,
            version=entry.version,
        )


class WaitingEntryRead(WaitingEntrySummary):
    """A need on the list of a service, with what the person is told."""

    outlook: Annotated[OutlookRead | None, Field(description="Null once the list was left.")]
    removal: Annotated[RemovalReason | None, Field(description="Why an officer took it off the list.")]
    removal_text: Annotated[str, Field(max_length=200)]
    rule_versions: Annotated[list[str], Field(max_length=20)]
    actions: Annotated[list[ActionRead], Field(max_length=10)]
    told_as: ToldAs

    @classmethod
    def of_view(cls, view: WaitingView, told: Teller) -> Self:
        """The entry as one caller sees it."""
        entry = view.of
        return cls(
            **vars(WaitingEntrySummary.of_line(view, told)),
            outlook=OutlookRead.of(view.outlook, view.others or {}, told) if view.outlook else None,
            removal=entry.removal,
            removal_text=entry.words,
            rule_versions=list(entry.rule_versions),
            actions=[ActionRead.of(action, told) for action in view.actions],
            told_as=ToldAsRead.of(entry.person_id, told),
        )
