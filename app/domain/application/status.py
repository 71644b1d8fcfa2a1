"""What the public is told of an item and of an application: nine words, and one function that makes them."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from app.domain import benefit, certificate
from app.domain.shared.errors import Unprocessable


class PublicStatus(StrEnum):
    """How something stands, in the nine words that the public meets; finer detail stays with the cases."""

    DRAFT = "draft"
    """Begun and not yet submitted."""
    SUBMITTED = "submitted"
    """An office has it and has not begun."""
    IN_PROGRESS = "in_progress"
    """An office is at work."""
    ACTION_NEEDED = "action_needed"
    """The person is asked to do something."""
    WAITING = "waiting"
    """It waits for another item of the same application."""
    GRANTED = "granted"
    """Decided in favour of the person, or issued."""
    PARTLY_GRANTED = "partly_granted"
    """Some items were granted and some refused."""
    REFUSED = "refused"
    """Decided against the person, with reasons and a way to appeal."""
    WITHDRAWN = "withdrawn"
    """Taken back by the person."""

    @property
    def is_finished(self) -> bool:
        """Say whether nothing more happens by itself."""
        return self in _FINISHED


_FINISHED = frozenset({PublicStatus.GRANTED, PublicStatus.PARTLY_GRANTED, PublicStatus.REFUSED, PublicStatus.WITHDRAWN})
ITEM_STATUSES = frozenset(PublicStatus) - {PublicStatus.DRAFT, PublicStatus.PARTLY_GRANTED}
"""The statuses that an item can have; the other two are an application's."""


STRANDED = "stranded"
"""Why an item waits for the person that cannot begin any more."""
SECOND_PARTY_PENDING = "second_party_pending"
"""Why an item waits that needs a second person's word."""
INACTIVE = "inactive"
"""Why an item rests: an answer or a word has not come in time."""


class NotAnItemStatus(Unprocessable):
    """An item is said to stand as only an application can."""

    code = "not_an_item_status"
    title = "An item cannot stand like this"


def status_of(items: Iterable[PublicStatus]) -> PublicStatus:
    """How an application stands, from how its items stand, in whatever order.

    While one item goes on, what the person must do comes first, then work, then waiting. Once all are finished, items
    that were withdrawn do not spoil the result of the others. An application without items is a draft.

    >>> status_of([PublicStatus.GRANTED, PublicStatus.WAITING]).value
    'waiting'
    >>> status_of([PublicStatus.GRANTED, PublicStatus.REFUSED, PublicStatus.WITHDRAWN]).value
    'partly_granted'
    """
    found = frozenset(items)
    if not found:
        return PublicStatus.DRAFT
    going_on = found - _FINISHED
    return _status_going_on(going_on, has_results=bool(found & _FINISHED)) if going_on else _status_finished(found)


def status_of_certificate(stage: certificate.Stage) -> PublicStatus:
    """How a certificate case stands for the public. While doctors are to evaluate, the person has to see them."""
    return _CERTIFICATE[stage]


def status_of_benefit(stage: benefit.Stage) -> PublicStatus:
    """How a benefit case stands for the public."""
    return _BENEFIT[stage]


def reason_of(stage: certificate.Stage | benefit.Stage) -> str | None:
    """Why an item stands as it does, in a word of its own, where the person should know; the list of them is open."""
    return _REASONS.get(stage)


def _status_going_on(going_on: frozenset[PublicStatus], *, has_results: bool) -> PublicStatus:
    if PublicStatus.ACTION_NEEDED in going_on:
        return PublicStatus.ACTION_NEEDED
    if PublicStatus.IN_PROGRESS in going_on or (has_results and PublicStatus.SUBMITTED in going_on):
        return PublicStatus.IN_PROGRESS
    return PublicStatus.SUBMITTED if PublicStatus.SUBMITTED in going_on else PublicStatus.WAITING


def _status_finished(found: frozenset[PublicStatus]) -> PublicStatus:
    results = found - {PublicStatus.WITHDRAWN}
    if not results:
        return PublicStatus.WITHDRAWN
    return next(iter(results)) if len(results) == 1 else PublicStatus.PARTLY_GRANTED


_CERTIFICATE: Mapping[certificate.Stage, PublicStatus] = MappingProxyType(
    {
        certificate.Stage.AWAITING_CONFIRMATION: PublicStatus.ACTION_NEEDED,
        certificate.Stage.SUBMITTED: PublicStatus.SUBMITTED,
        certificate.Stage.AWAITING_CORRECTION: PublicStatus.ACTION_NEEDED,
        certificate.Stage.INACTIVE: PublicStatus.ACTION_NEEDED,
        certificate.Stage.ACCEPTED: PublicStatus.IN_PROGRESS,
        certificate.Stage.EVALUATION_ASSIGNED: PublicStatus.ACTION_NEEDED,
        certificate.Stage.EVALUATED: PublicStatus.IN_PROGRESS,
        certificate.Stage.ON_NOTICE: PublicStatus.IN_PROGRESS,
        certificate.Stage.UNDER_INVESTIGATION: PublicStatus.IN_PROGRESS,
        certificate.Stage.REVIEWED: PublicStatus.IN_PROGRESS,
        certificate.Stage.APPROVED: PublicStatus.IN_PROGRESS,
        certificate.Stage.ISSUED: PublicStatus.GRANTED,
        certificate.Stage.CANCELLED: PublicStatus.GRANTED,
        certificate.Stage.REFUSED: PublicStatus.REFUSED,
        certificate.Stage.WITHDRAWN: PublicStatus.WITHDRAWN,
    }
)
_BENEFIT: Mapping[benefit.Stage, PublicStatus] = MappingProxyType(
    {
        benefit.Stage.WAITING: PublicStatus.WAITING,
        benefit.Stage.AWAITING_CONFIRMATION: PublicStatus.ACTION_NEEDED,
        benefit.Stage.SUBMITTED: PublicStatus.SUBMITTED,
        benefit.Stage.AWAITING_CORRECTION: PublicStatus.ACTION_NEEDED,
        benefit.Stage.INACTIVE: PublicStatus.ACTION_NEEDED,
        benefit.Stage.ACCEPTED: PublicStatus.IN_PROGRESS,
        benefit.Stage.INITIALLY_CHECKED: PublicStatus.IN_PROGRESS,
        benefit.Stage.ON_NOTICE: PublicStatus.IN_PROGRESS,
        benefit.Stage.VERIFIED: PublicStatus.IN_PROGRESS,
        benefit.Stage.GRANTED: PublicStatus.GRANTED,
        benefit.Stage.REFUSED: PublicStatus.REFUSED,
        benefit.Stage.WITHDRAWN: PublicStatus.WITHDRAWN,
    }
)
_REASONS: Mapping[certificate.Stage | benefit.Stage, str] = MappingProxyType(
    {
        certificate.Stage.EVALUATION_ASSIGNED: "evaluation",
        certificate.Stage.AWAITING_CORRECTION: "correction",
        benefit.Stage.AWAITING_CORRECTION: "correction",
        certificate.Stage.CANCELLED: "cancelled",
        certificate.Stage.INACTIVE: INACTIVE,
        benefit.Stage.INACTIVE: INACTIVE,
        certificate.Stage.AWAITING_CONFIRMATION: SECOND_PARTY_PENDING,
        benefit.Stage.AWAITING_CONFIRMATION: SECOND_PARTY_PENDING,
    }
)
