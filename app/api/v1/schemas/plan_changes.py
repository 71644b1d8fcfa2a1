"""What is otherwise in one revision of a plan than in another, as it travels."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.types import Output
from app.api.v1.schemas.wording import SentenceRead
from app.services.plan import PlanChanges

Revision = Annotated[int, Field(ge=1, le=100_000)]


class ChangeRead(Output):
    """One thing that is otherwise."""

    change: SentenceRead
    service_id: Annotated[UUID | None, Field(description="The service that it is about; null where it is about none.")]
    goal: Annotated[str | None, Field(max_length=2000, description="The goal that it is about, in its own words.")]


class PlanChangesRead(Output):
    """All that is otherwise, part by part; nothing where nothing is."""

    plan_id: UUID
    revision: Annotated[Revision, Field(description="The revision of this plan.")]
    since: Annotated[Revision, Field(description="The revision that it is compared with.")]
    changes: Annotated[list[ChangeRead], Field(max_length=500)]

    @classmethod
    def of(cls, found: PlanChanges, told: Teller) -> Self:
        """The changes in the words of who reads."""
        names = {key: told.word(offered.service.name) for key, offered in found.services.items()}
        return cls(
            plan_id=found.after.id,
            revision=found.after.revision,
            since=found.before.revision,
            changes=[
                ChangeRead(
                    change=SentenceRead.of(
                        one.reason, told, **({"service": names.get(one.service_id, "…")} if one.service_id else {})
                    ),
                    service_id=one.service_id,
                    goal=one.words,
                )
                for one in found.changes
            ],
        )
