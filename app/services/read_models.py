"""What use cases hand out: an aggregate with what the caller may do to it next, and pages of such."""

from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from app.domain.shared.events import Aggregate
from app.domain.shared.transitions import Allowed

AggregateT = TypeVar("AggregateT", bound=Aggregate)
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class View(Generic[AggregateT]):
    """An aggregate as one caller sees it."""

    of: AggregateT
    actions: tuple[Allowed, ...] = ()

    @property
    def id(self) -> UUID:
        """The aggregate's id."""
        return self.of.id

    @property
    def version(self) -> int:
        """The aggregate's version, which is its ETag: never that of clocks or of allowed actions."""
        return self.of.version


@dataclass(frozen=True, slots=True)
class Slice(Generic[Item]):
    """Some of a list, and where the next ones begin."""

    items: tuple[Item, ...]
    after: UUID | None


def slice_of(items: list[Item], *, limit: int) -> Slice[Item]:
    """A slice from a query that asked for one more than the limit."""
    shown = tuple(items[:limit])
    has_more = len(items) > limit
    return Slice(shown, shown[-1].id if has_more else None)  # type: ignore[attr-defined]  # every item of a list has an id
