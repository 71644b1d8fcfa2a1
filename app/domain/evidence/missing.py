"""What is missing for an item, and why: the list from which the person is told everything at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.evidence.evidence import Evidence
from app.domain.evidence.holding import Holding
from app.domain.evidence.kind import EvidenceSource
from app.domain.evidence.request import EvidenceRequest, EvidenceRequestStage


class EvidenceLack(StrEnum):
    """Why something that is asked for is not there."""

    NOT_SHOWN = "not_shown"
    """The person has not shown it yet."""
    NOT_FETCHED = "not_fetched"
    """The office has not fetched it yet from where it is held. The person is not asked."""
    NOT_GIVEN_YET = "not_given_yet"
    """The item that gives it is not decided yet."""
    TO_BE_CHECKED = "to_be_checked"
    """It is there, and is still to be compared with its original at a counter."""
    ENDED = "ended"
    """It was there, and its validity has run out."""
    REFUSED = "refused"
    """The person does not want it to be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing that is missing."""

    request: EvidenceRequest
    lack: EvidenceLack
    evidence: Evidence | None = None
    """What is held of the kind and does not settle it."""

    @property
    def is_for_the_person(self) -> bool:
        """Say whether the person can do something about it; everything else is the office's to get."""
        return self.lack is not EvidenceLack.REFUSED and self.request.source.is_the_person


def missing(requests: Iterable[EvidenceRequest], *, holding: Holding, item: str | None = None) -> tuple[Missing, ...]:
    """All that is asked for and not there, for one item or for all.

    Source: 行政许可法 art. 32(4): everything that is missing is told once and completely.
    """
    concerned = (request for request in requests if item is None or item in request.items)
    found = ((request, lack_of(request, holding=holding)) for request in concerned)
    return tuple(
        Missing(request=request, lack=lack, evidence=holding.of_kind(request.kind))
        for request, lack in found
        if lack is not None
    )


def lack_of(request: EvidenceRequest, *, holding: Holding) -> EvidenceLack | None:
    """Why what was asked for is not there; None where it is, or where nobody asks any more."""
    if request.stage is EvidenceRequestStage.REFUSED:
        return EvidenceLack.REFUSED
    if (
        request.stage is EvidenceRequestStage.CANCELLED
        or holding.settling(request.kind, asked=request.assurance) is not None
    ):
        return None
    if holding.of_kind(request.kind) is not None:
        return EvidenceLack.TO_BE_CHECKED
    return EvidenceLack.ENDED if request.stage is EvidenceRequestStage.FULFILLED else _NOT_THERE[request.source]


_NOT_THERE = {
    EvidenceSource.APPLICANT: EvidenceLack.NOT_SHOWN,
    EvidenceSource.COUNTER: EvidenceLack.NOT_SHOWN,
    EvidenceSource.REGISTER: EvidenceLack.NOT_FETCHED,
    EvidenceSource.EARLIER_ITEM: EvidenceLack.NOT_GIVEN_YET,
}
