"""Holds records of deliveries to one another, to the plan and to the pauses of a referral."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.delivery_finding.kind import DeliveryFindingKind, Noticed


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What a referral provides for, and what was recorded for it so far."""

    planned: int | None
    """None where nothing was counted beforehand."""
    delivered: int
    starts_on: date | None
    ends_on: date | None
    rested_on: Callable[[date], bool]
    """Whether the service rested on a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Two records whose times overlap: of one person, or else of one worker with two people."""

    delivery_id: UUID
    other_id: UUID
    is_same_person: bool


def found_in(
    new: Sequence[tuple[UUID, date]],
    recorded: Recorded,
    *,
    overlaps: Iterable[Overlap] = (),
    already_open: frozenset[DeliveryFindingKind] = frozenset(),
) -> tuple[Noticed, ...]:
    """What does not fit in the records that are new, each kind once.

    More than was planned is not said anew while somebody is still to look at it; overlaps always are, for each is
    another.
    """
    return tuple(
        noticed
        for noticed in (*_by_time(tuple(overlaps)), *_by_plan(new, recorded))
        if noticed.others or noticed.kind not in already_open
    )


def _by_time(overlaps: Sequence[Overlap]) -> Iterator[Noticed]:
    for kind, is_same_person in (
        (DeliveryFindingKind.OVERLAP_PERSON, True),
        (DeliveryFindingKind.OVERLAP_WORKER, False),
    ):
        pairs = [pair for pair in overlaps if pair.is_same_person is is_same_person]
        if pairs:
            yield Noticed(
                kind=kind,
                deliveries=tuple(dict.fromkeys(pair.delivery_id for pair in pairs)),
                others=tuple(dict.fromkeys(pair.other_id for pair in pairs)),
            )


def _by_plan(new: Sequence[tuple[UUID, date]], recorded: Recorded) -> Iterator[Noticed]:
    if new and recorded.planned is not None and recorded.delivered > recorded.planned:
        yield Noticed(
            kind=DeliveryFindingKind.MORE_THAN_PLANNED,
            deliveries=tuple(key for key, _ in new),
            planned=recorded.planned,
            delivered=recorded.delivered,
        )
    outside = tuple(key for key, on in new if not _is_within(on, recorded))
    if outside:
        yield Noticed(kind=DeliveryFindingKind.OUTSIDE_PERIOD, deliveries=outside)
    rested = tuple(key for key, on in new if recorded.rested_on(on))
    if rested:
        yield Noticed(kind=DeliveryFindingKind.WHILE_PAUSED, deliveries=rested)


def _is_within(on: date, recorded: Recorded) -> bool:
    return (recorded.starts_on or on) <= on <= (recorded.ends_on or on)
