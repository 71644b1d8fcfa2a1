"""Organisations, as they travel."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.v1.schemas.types import Output
from app.api.v1.schemas.words import WordsRead
from app.domain.organisation import Organisation, OrganisationKind
from app.domain.shared.region import code_of


class OrganisationRead(Output):
    """Somebody to turn to: an office, an institution, a provider, the operator of a portal."""

    id: UUID
    kind: OrganisationKind
    name: WordsRead
    region_code: Annotated[str, Field(max_length=12, description="The place that it is responsible for, or works in.")]
    code: Annotated[str | None, Field(max_length=18, description="Unified social credit code, GB 32100-2015.")]
    categories: Annotated[
        list[str], Field(max_length=7, description="Categories that an evaluation institution is designated for.")
    ]

    @classmethod
    def of(cls, organisation: Organisation) -> Self:
        """The organisation as it travels."""
        return cls(
            id=organisation.id,
            kind=organisation.kind,
            name=WordsRead(zh=organisation.name, en=organisation.name_en),
            region_code=code_of(organisation.region),
            code=organisation.code,
            categories=[category.slug for category in sorted(organisation.categories)],
        )
