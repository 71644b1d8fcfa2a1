"""A proposal for many who wait, as it travels: a line a person, and what it is worth beside going down the list."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.catalogue import ServiceSummary
from app.api.v1.schemas.types import Output
from app.api.v1.schemas.waiting import OutlookRead
from app.api.v1.schemas.wording import SentenceRead
from app.domain.assignment import Worth
from app.services.assignment import Line, Proposed

MAX_LINES = 200
Count = Annotated[int, Field(ge=0, le=MAX_LINES)]


class WorthRead(Output):
    """What an assignment is worth."""

    served: Annotated[Count, Field(description="How many would be served.")]
    fit: Annotated[int, Field(ge=0, le=100 * MAX_LINES, description="How well the services fit, all together.")]

    @classmethod
    def of(cls, worth: Worth) -> Self:
        """The worth as it travels."""
        return cls(served=worth.served, fit=worth.fit)


class AssignmentLineRead(Output):
    """What is proposed for one who waits. Make the referral with `need_id` and the service's id, or leave it."""

    waiting_entry_id: UUID
    person_id: UUID
    need_id: UUID
    service: Annotated[ServiceSummary | None, Field(description="Null where the person waits on.")]
    fit: Annotated[int | None, Field(ge=0, le=100, description="How well it fits.")]
    reason: SentenceRead
    outlook: Annotated[OutlookRead, Field(description="What the person is told, whatever is proposed.")]

    @classmethod
    def of(cls, line: Line, proposed: Proposed, told: Teller) -> Self:
        """The line in one caller's language."""
        named: dict[str, object] = {}
        if line.offered is not None:
            named = {"service": told.word(line.offered.service.name), "provider": told.word(line.offered.provider)}
        return cls(
            waiting_entry_id=line.entry.id,
            person_id=line.entry.person_id,
            need_id=line.entry.need_id,
            service=ServiceSummary.of(line.offered, told) if line.offered else None,
            fit=line.fit,
            reason=SentenceRead.of(line.reason, told, **named),
            outlook=OutlookRead.of(line.outlook, proposed.services, told),
        )


class AssignmentProposalRead(Output):
    """A proposal for the first on the list, in its order. It is kept nowhere, and decides nothing."""

    lines: Annotated[list[AssignmentLineRead], Field(max_length=MAX_LINES)]
    proposed: WorthRead
    by_hand: Annotated[WorthRead, Field(description="Going down the list, each the best place that is left.")]
    rule_versions: Annotated[list[str], Field(max_length=20, description="The rules by which services are compared.")]

    @classmethod
    def of(cls, proposed: Proposed, told: Teller) -> Self:
        """The proposal in one caller's language."""
        return cls(
            lines=[AssignmentLineRead.of(line, proposed, told) for line in proposed.lines],
            proposed=WorthRead.of(proposed.worth),
            by_hand=WorthRead.of(proposed.by_hand),
            rule_versions=list(proposed.rule_versions),
        )
