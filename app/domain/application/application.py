"""The application: a person's whole submission, whose status is made of its items' and of nothing else."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self, TypedDict, TypeVar
from uuid import UUID

from app.domain.application.events import ApplicationWithdrawn, ItemProgressed, ItemStranded
from app.domain.application.package import CaseKind
from app.domain.application.platform import NO_NAME, PlatformName
from app.domain.application.status import (
    ITEM_STATUSES,
    SECOND_PARTY_PENDING,
    STRANDED,
    NotAnItemStatus,
    PublicStatus,
    status_of,
)
from app.domain.shared.access import Principal
from app.domain.shared.channel import Channel
from app.domain.shared.errors import NotFound
from app.domain.shared.transitions import Allowed, Done, Lifecycle, Transition
from app.domain.shared.voice import Word

ApplicationT = TypeVar("ApplicationT", bound="Application")


class ItemNotFound(NotFound):
    """The application has no such item."""

    code = "item_not_found"
    title = "The application has no such item"


class Action(StrEnum):
    """What a person may do to the whole application."""

    ADD_ITEM = "add_item"
    WITHDRAW = "withdraw"


_OPEN = frozenset(status for status in PublicStatus if not status.is_finished)
LIFECYCLE: Lifecycle[PublicStatus, Action] = Lifecycle(
    noun="application",
    start=PublicStatus.SUBMITTED,
    steps={
        Action.ADD_ITEM: Transition.through("add_item", sources=_OPEN, target=PublicStatus.SUBMITTED),
        Action.WITHDRAW: Transition.through("withdraw_application", sources=_OPEN, target=PublicStatus.WITHDRAWN),
    },
)
"""The table of what people do to an application as a whole; all else follows from its items, one that is added too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One service asked for, carried by a case of its own and answered for by an organisation of its own."""

    code: str
    case_id: UUID
    case_kind: CaseKind
    owner_id: UUID
    owner_code: str | None = None
    """The unified social credit code of the owner (统一社会信用代码), where it has one."""
    platform: PlatformName = NO_NAME
    """What the platform that sent it calls it."""
    status: PublicStatus = PublicStatus.SUBMITTED
    status_reason: str | None = None
    """Why it stands so, in a word of its own, where the person should know; the list of them is open."""
    depends_on: tuple[str, ...] = ()
    """Items of the same application whose result it builds on."""
    promised_until: date | None = None
    """The last day promised at submission; None where nothing is promised."""

    @property
    def needs_word(self) -> bool:
        """Say whether it waits for a second person's word."""
        return self.status_reason == SECOND_PARTY_PENDING

    @property
    def is_finished(self) -> bool:
        """Say whether nothing more happens to it by itself."""
        return self.status.is_finished


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One submission by or for one person: one reference, one stream of events, many items.

    Source and number together name it for ever, whichever id we gave it. None of the changes touches `version`: saving
    compares it and counts it up.
    """

    id: UUID
    person_id: UUID
    region: str
    package_code: str
    package_version: str
    source_id: UUID
    """The client that sent it."""
    source_number: str
    """The client's own number for it (办件编号)."""
    channel: Channel
    submitted_at: datetime
    items: tuple[Item, ...]
    assisted_by: UUID | None = None
    """Who helped the person to apply, or applied in the person's name."""
    clock_id: UUID | None = None
    ways: int = 0
    """How many ways the person had for it so far (跑动次数), as those say who saw the person."""
    version: int = 1

    @property
    def application_id(self) -> UUID:
        """The application itself: what happens to it belongs to its own story."""
        return self.id

    @property
    def status(self) -> PublicStatus:
        """How the application stands, from how its items stand."""
        return status_of(item.status for item in self.items)

    @property
    def stage(self) -> PublicStatus:
        """The status, under the name by which the table of steps asks for it."""
        return self.status

    @property
    def done(self) -> tuple[Done[PublicStatus, Action], ...]:
        """No step of an application is kept apart from another one."""
        return ()

    @property
    def is_finished(self) -> bool:
        """Say whether all of it is finished."""
        return self.status.is_finished

    @property
    def promised_until(self) -> date | None:
        """The last day promised for all of it; None as soon as nothing is promised of one item."""
        ends = [item.promised_until for item in self.items]
        return max((end for end in ends if end is not None), default=None) if None not in ends else None

    @property
    def open_items(self) -> tuple[Item, ...]:
        """The items that are not finished."""
        return tuple(item for item in self.items if not item.is_finished)

    def item(self, code: str) -> Item:
        """One of the items.

        Raises:
            ItemNotFound: there is none of this code.
        """
        for item in self.items:
            if item.code == code:
                return item
        raise ItemNotFound("The application has no such item. Look at its list of items.")

    def item_of(self, case_id: UUID) -> Item:
        """The item that a case carries.

        Raises:
            ItemNotFound: the case belongs to another application.
        """
        for item in self.items:
            if item.case_id == case_id:
                return item
        raise ItemNotFound("The case belongs to another application.")

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do to the whole application and, if not, why not."""
        return LIFECYCLE.answers(lambda action: LIFECYCLE.step(self, action, by=by, on=on))

    def item_progressed(
        self, code: str, status: PublicStatus, *, reason: str | None = None
    ) -> tuple[Self, tuple[ItemProgressed | ItemStranded, ...]]:
        """Take in how the case of an item stands now.

        Where the item has ended without success, those that wait for it cannot begin by themselves any more: the person
        is asked what to do about them, and each of them has an event of its own. Nothing is refused by that; a refusal
        is a human's.

        Raises:
            ItemNotFound: there is no such item.
            NotAnItemStatus: only an application can stand like this.
        """
        if status not in ITEM_STATUSES:
            raise NotAnItemStatus(f"An item cannot be {status}.", pointer="/status")
        changed = self.item(code)
        stands = replace(changed, status=status, status_reason=reason)
        moved = _with(self, lambda item: stands if item is changed else item)
        progressed = _with(moved, lambda item: self._after(moved, item))
        whole: _Whole = {
            "application_id": self.id,
            "status": progressed.status,
            "is_finished": progressed.is_finished,
        }
        others = tuple(
            ItemStranded(**whole, **_names_of(now), waits_for=code, item_status=now.status)
            if now.status is PublicStatus.ACTION_NEEDED
            else ItemProgressed(**whole, **_names_of(now), item_status=now.status, status_reason=now.status_reason)
            for before, now in zip(moved.items, progressed.items, strict=True)
            if now.status is not before.status
        )
        event = ItemProgressed(**whole, **_names_of(changed), item_status=status, status_reason=reason)
        return progressed, (event, *others)

    def _after(self, moved: Self, item: Item) -> Item:
        """An item once another has moved on: asked about when it cannot begin, waiting when it may again."""
        if moved.is_stranded(item):
            return _asked_about(item)
        if item.status is PublicStatus.ACTION_NEEDED and self.is_stranded(self.item(item.code)):
            return replace(item, status=PublicStatus.WAITING, status_reason=None)
        return item

    def released_by(self, code: str) -> tuple[Item, ...]:
        """The items that waited for this one and may begin now, because all that they wait for is granted."""
        return tuple(
            item
            for item in self.items
            if item.status is PublicStatus.WAITING and code in item.depends_on and self.waits_for_nothing(item)
        )

    def waits_for_nothing(self, item: Item) -> bool:
        """Say whether all that an item builds on is granted."""
        return all(self.item(needed).status is PublicStatus.GRANTED for needed in item.depends_on)

    def is_stranded(self, item: Item) -> bool:
        """Say whether an item cannot begin, because something that it waits for has ended without success.

        One that needs a second person's word is not asked about before it has that.
        """
        is_waiting = item.status is PublicStatus.WAITING or item.status_reason == STRANDED
        needed = (self.item(code).status for code in item.depends_on)
        return is_waiting and any(status.is_finished and status is not PublicStatus.GRANTED for status in needed)

    def withdraw(self, *, by: Principal, on: date, word: Word) -> tuple[Self, ApplicationWithdrawn]:
        """Take back all that is not decided yet; what is decided stays as it is.

        Raises:
            NotYourFunction: the caller may not act for the person.
            IllegalTransition: all of it is finished.
        """
        LIFECYCLE.step(self, Action.WITHDRAW, by=by, on=on)
        withdrawn = _with(self, lambda item: item if item.is_finished else _taken_back(item))
        return withdrawn, ApplicationWithdrawn(
            application_id=self.id,
            withdrawn_by=by.id,
            capacity=word.capacity,
            said_by=word.said_by,
            items=tuple(item.code for item in self.open_items),
            status=withdrawn.status,
        )


def _text_of(name: PlatformName) -> str | None:
    return name.matter_code.value if name.matter_code else None


class _Whole(TypedDict):
    """What the events of items say of the application."""

    application_id: UUID
    status: PublicStatus
    is_finished: bool


class _Names(TypedDict):
    """What an item is called, here and by the platform."""

    item: str
    matter_code: str | None
    source_number: str | None
    owner_code: str | None


def _names_of(item: Item) -> _Names:
    return {
        "item": item.code,
        "matter_code": _text_of(item.platform),
        "source_number": item.platform.source_number,
        "owner_code": item.owner_code,
    }


def _with(application: ApplicationT, change: Callable[[Item], Item]) -> ApplicationT:
    return replace(application, items=tuple(change(item) for item in application.items))


def _asked_about(item: Item) -> Item:
    return replace(item, status=PublicStatus.ACTION_NEEDED, status_reason=STRANDED)


def _taken_back(item: Item) -> Item:
    return replace(item, status=PublicStatus.WITHDRAWN, status_reason=None)
