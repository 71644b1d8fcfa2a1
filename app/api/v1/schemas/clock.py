"""Limits of time, as they travel: those of the law and those that offices have promised, side by side, a line a day."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.application import PromisedUntil
from app.api.v1.schemas.types import Input, LongText, Output
from app.domain.application import Item
from app.domain.clock import Clock, ClockKind, ClockState, Counting, Day, OnExpiry, Pause
from app.domain.clock.standing import MOST_DAYS
from app.domain.shared.term import DayKind
from app.services.clock import ClocksView, ClockView

Days = Annotated[int, Field(ge=-1000, le=1000)]


class StoredState(StrEnum):
    """How a clock may stand in the list."""

    RUNNING = "running"
    PAUSED = "paused"
    """The time is not counted at present."""
    OVERDUE = "overdue"
    """It has run out, and what it is about has not been done."""
    STOPPED = "stopped"


class ExtensionCreate(Input):
    """Why more time is needed. By how many days is not a choice: a rule gives them."""

    reason: Annotated[LongText, Field(description="In plain words for the person.")]


class PauseRead(Output):
    """A time that is not counted."""

    why: Annotated[str, Field(max_length=64, description="As a code, such as `expert_assessment`.")]
    text: Annotated[str, Field(max_length=200)]
    since: Annotated[date, Field(description="The first day that is not counted.")]
    until: Annotated[date | None, Field(description="The last day that is not counted; null while it goes on.")]

    @classmethod
    def of(cls, pause: Pause, teller: Teller) -> Self:
        """The pause as it travels."""
        return cls(why=pause.why, text=teller.say(f"why.{pause.why}"), since=pause.since, until=pause.until)


class ExtensionRead(Output):
    """A longer limit, given once by somebody who may."""

    days: Annotated[Days, Field(description="By how many days, in the unit of the limit.")]
    reason: Annotated[str, Field(max_length=2000, description="In plain words for the person.")]
    extended_on: Annotated[date, Field(description="The day on which it was given.")]
    rule: Annotated[str, Field(max_length=200, description="The rule that allows it.")]


class ClockDayRead(Output):
    """One day of a clock's life."""

    on: date
    counting: Annotated[Counting, Field(description="Why the day counts, or does not.")]
    counts: Annotated[bool, Field(description="Whether it uses up a day of the limit.")]
    text: Annotated[str, Field(max_length=200)]
    used: Annotated[Days, Field(description="Days used up by the end of the day.")]
    left: Annotated[Days, Field(description="Days left; negative by as many as it is overdue.")]
    is_provisional: Annotated[bool, Field(description="The year is not announced yet: this may still change.")]

    @classmethod
    def of(cls, day: Day, teller: Teller) -> Self:
        """The day as it travels."""
        return cls(
            on=day.on,
            counting=day.counting,
            counts=day.counting.counts,
            text=_said_of(day, teller),
            used=day.used,
            left=day.left,
            is_provisional=day.is_provisional,
        )


class ClockSummary(Output):
    """A limit that runs for a case, as a list shows it."""

    id: UUID
    case_id: UUID
    application_id: UUID | None
    item: Annotated[str | None, Field(max_length=64, description="The item of the application that it runs for.")]
    code: Annotated[str, Field(max_length=64, description="The limit, as the rules name it.")]
    name: Annotated[str, Field(max_length=200, description="What is to be done within it.")]
    kind: Annotated[ClockKind, Field(description="Whether the law has set it or an office has promised it.")]
    state: ClockState
    on_expiry: Annotated[OnExpiry, Field(description="What follows when it runs out. Never a refusal.")]
    started_on: Annotated[date, Field(description="The day that set it off; it is not counted.")]
    total: Annotated[Days, Field(description="How many days there are in all, an extension included.")]
    unit: Annotated[DayKind, Field(description="Which days it counts.")]
    due_on: Annotated[date | None, Field(description="The last day, which counts whole; null while it stands still.")]
    stopped_on: Annotated[date | None, Field(description="The day on which it was done with; null before.")]
    version: Annotated[int, Field(ge=1, le=2**31 - 1)]

    @classmethod
    def of(cls, clock: Clock, teller: Teller) -> Self:
        """The clock as a line."""
        return cls(
            id=clock.id,
            case_id=clock.subject.case_id,
            application_id=clock.application_id,
            item=clock.subject.item,
            code=clock.limit.code,
            name=teller.word(clock.limit.wording),
            kind=clock.limit.kind,
            state=clock.state,
            on_expiry=clock.limit.on_expiry,
            started_on=clock.started_on,
            total=clock.days,
            unit=clock.unit,
            due_on=clock.due_on,
            stopped_on=clock.stopped_on,
            version=clock.version,
        )


class ClockRead(ClockSummary):
    """A limit that runs for a case, as it stands at the end of a day, with every day by itself."""

    used: Annotated[Days, Field(description="Days used up.")]
    left: Annotated[Days, Field(description="Days left; negative by as many as it is overdue.")]
    follows: Annotated[
        OnExpiry | None, Field(description="What follows from its having run out; null where it has not.")
    ]
    explanation: Annotated[str, Field(max_length=1000)]
    pauses: Annotated[list[PauseRead], Field(max_length=100, description="Times that are not counted.")]
    extension: Annotated[ExtensionRead | None, Field(description="Null where it was not extended.")]
    rule: Annotated[str, Field(max_length=200, description="The rule that gives the days, with its version.")]
    source: Annotated[str, Field(max_length=500)]
    provisional_years: Annotated[
        list[int], Field(max_length=20, description="Years on the way whose days off are not announced yet.")
    ]
    days: Annotated[list[ClockDayRead], Field(max_length=MOST_DAYS)]

    @classmethod
    def of_view(cls, view: ClockView, teller: Teller) -> Self:
        """The clock on a day."""
        standing, clock = view.standing, view.standing.clock
        line = dict(ClockSummary.of(clock, teller)) | {"state": standing.state, "due_on": standing.due_on}
        return cls(
            **line,
            used=standing.used,
            left=standing.left,
            follows=standing.follows,
            explanation=_explained(view, teller),
            pauses=[PauseRead.of(pause, teller) for pause in clock.pauses],
            extension=_extension(clock),
            rule=clock.limit.rule,
            source=clock.limit.source,
            provisional_years=list(standing.provisional_years),
            days=[ClockDayRead.of(day, teller) for day in view.days],
        )


class ItemClocksRead(Output):
    """The limits of one item: what the law allows, and what the offices have promised beside it."""

    item: Annotated[str, Field(max_length=64, description="The item of the package.")]
    promised_until: PromisedUntil
    statutory: Annotated[list[ClockRead], Field(max_length=50, description="Limits of the law (法定时限).")]
    promised: Annotated[list[ClockRead], Field(max_length=50, description="Promises of the offices (承诺时限).")]


class ApplicationClocksRead(Output):
    """All limits of an application as they stood, or will stand, at the end of a day."""

    application_id: Annotated[UUID, Field(description="The application.")]
    as_of: Annotated[date, Field(description="The day of which it tells.")]
    is_forecast: Annotated[
        bool, Field(description="The day is still to come: it tells what would be so if nothing more were done.")
    ]
    promised_until: PromisedUntil
    items: Annotated[list[ItemClocksRead], Field(max_length=30)]

    @classmethod
    def of(cls, view: ClocksView, teller: Teller) -> Self:
        """The limits in the order of the items."""
        clocks, application = view.clocks, view.application
        begun = [item for item in application.items if any(one.clock.subject.item == item.code for one in clocks)]
        return cls(
            application_id=application.id,
            as_of=view.on,
            is_forecast=view.on > view.today,
            promised_until=application.promised_until,
            items=[_item(item, clocks, teller) for item in begun],
        )


def _item(item: Item, clocks: tuple[ClockView, ...], teller: Teller) -> ItemClocksRead:
    own = [one for one in clocks if one.clock.subject.item == item.code]
    shown = {
        kind: [ClockRead.of_view(one, teller) for one in own if one.clock.limit.kind is kind] for kind in ClockKind
    }
    return ItemClocksRead(
        item=item.code,
        promised_until=item.promised_until,
        statutory=shown[ClockKind.STATUTORY],
        promised=shown[ClockKind.PROMISED],
    )


def _extension(clock: Clock) -> ExtensionRead | None:
    given = clock.extension
    if given is None:
        return None
    return ExtensionRead(days=given.term.days, reason=given.reason, extended_on=given.on, rule=given.rule)


def _explained(view: ClockView, teller: Teller) -> str:
    standing, clock = view.standing, view.standing.clock
    pause = clock.open_pause
    late = "late" if standing.follows else "in_time"
    code = f"stopped_{late}" if standing.state is ClockState.STOPPED else standing.state.value
    if standing.state is ClockState.OVERDUE:
        code = f"overdue_{clock.limit.on_expiry}"
    parameters = {
        "unit": clock.unit,
        "left": standing.left,
        "due_on": str(standing.due_on),
        "overdue": -standing.left,
        "why": pause.why if pause else "",
        "started_on": str(clock.started_on),
        "stopped_on": str(clock.stopped_on),
    }
    return teller.say(f"clock.{code}", parameters)


def _said_of(day: Day, teller: Teller) -> str:
    if day.counting is Counting.HOLIDAY and day.announced and day.announced.holiday:
        return teller.word(day.announced.holiday)
    if day.counting is Counting.PAUSED:
        return teller.say(f"why.{day.why}")
    return teller.say(f"day.{day.counting}")
