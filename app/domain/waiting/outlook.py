"""What somebody who waits is told: the place on the list, when a place may come, and what would be sooner and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.domain.shared.errors import Conflict
from app.domain.shared.reason import Parameter, Reason
from app.domain.waiting.entry import WaitingEntry
from app.domain.waiting.rules import Urgency, WaitingRules

MOST_SOONER = 3


class OthersWait(Conflict):
    """Others have waited for the places that are free."""

    code = "others_wait"
    title = "Others wait for this service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """The list of one service, as one need would stand on it: counts, and nobody by name."""

    service_id: UUID
    ahead: int
    """How many wait before it, those not counted to whom a place is offered already."""
    placed: int
    """How many got a place from the list within the window."""
    free: int | None = 0
    """How many places are free; None where places are not counted, so that nobody waits for one."""

    @property
    def is_open(self) -> bool:
        """Say whether a place is there for it now."""
        return self.free is None or self.free > self.ahead

    def require_open_to_newcomers(self, *, free: int) -> None:
        """Hold an offer to who is not on the list to a place that nobody waits for.

        Raises:
            OthersWait: as many wait as there are places free.
        """
        if free <= self.ahead:
            raise OthersWait(
                f"{self.ahead} wait for this service already. Put the need on the waiting list.",
                waiting=self.ahead,
                free=free,
            )

    def expected_days(self, rules: WaitingRules) -> int | None:
        """In how many days a place may come, from how many came; None where too few did to say.

        Those for whom a place is free now need not wait; the others wait for places to come.
        """
        if self.is_open:
            return 0
        if self.placed < max(1, rules.fewest_placed):
            return None
        to_come = self.ahead + 1 - (self.free or 0)
        return -(-to_come * rules.window_days // self.placed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sooner:
    """Another service where a place would come sooner."""

    service_id: UUID
    days: int
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """All that is told."""

    place: int
    days: int | None
    expected_on: date | None
    standing: Reason
    why: tuple[Reason, ...]
    when: Reason
    sooner: tuple[Sooner, ...]


def outlook(entry: WaitingEntry, own: Queue, others: Iterable[Queue], *, on: date, rules: WaitingRules) -> Outlook:
    """What is told to who waits; `others` are the lists of services that the person may have instead."""
    days = own.expected_days(rules)
    known = ((queue.expected_days(rules), queue) for queue in others if queue.service_id != own.service_id)
    better = sorted(
        (there, queue.ahead, queue.service_id.int, queue)
        for there, queue in known
        if there is not None and (days is None or there < days)
    )
    return Outlook(
        place=own.ahead + 1,
        days=days,
        expected_on=None if days is None else on + timedelta(days=days),
        standing=_reason("place", place=own.ahead + 1, ahead=own.ahead),
        why=_why(entry),
        when=_when(own, days, on=on, rules=rules),
        sooner=tuple(_sooner(queue, there) for there, _, _, queue in better[:MOST_SOONER]),
    )


def _why(entry: WaitingEntry) -> tuple[Reason, ...]:
    told = [_reason("since", since=str(entry.since))]
    if entry.special:
        told.append(_reason("special", flags=entry.special))
    if entry.urgency is not Urgency.ROUTINE:
        told.append(_reason("urgency", urgency=entry.urgency.value))
    if entry.head_start_days:
        told.append(_reason("head_start", days=entry.head_start_days))
    return tuple(told)


def _when(own: Queue, days: int | None, *, on: date, rules: WaitingRules) -> Reason:
    if days is None:
        return _reason("unknown", placed=own.placed, window=rules.window_days, fewest=rules.fewest_placed)
    if days == 0:
        return _reason("now")
    expected = on + timedelta(days=days)
    return _reason("expected", days=days, on=str(expected), placed=own.placed, window=rules.window_days)


def _sooner(queue: Queue, days: int) -> Sooner:
    reason = _reason("sooner.now") if days == 0 else _reason("sooner.days", days=days)
    return Sooner(service_id=queue.service_id, days=days, reason=reason)


def _reason(code: str, **parameters: Parameter) -> Reason:
    return Reason(code=f"waiting.{code}", parameters=parameters)
