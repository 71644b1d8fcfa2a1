"""What may be asked of the lists of the directory, under the names of HSDS 3.1; several together hold all of them.

Source: Open Referral, Human Services Data Specification 3.1.3, API reference (`openapi.json`, `components/parameters`).
"""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from pydantic import Field

from app.api.v1.schemas.plain_text import Text
from app.api.v1.schemas.types import Instant
from app.services.directory import PageAsked
from app.services.directory_terms import Sought

LAST_PAGE = 100_000
USUAL_SIZE = 50


class Format(StrEnum):
    """In which form answers come."""

    JSON = "json"


Words = Annotated[
    Annotated[str, Text(2, 100), Field(examples=["照料"])] | None,
    Query(description="Only what says all of these words, of two characters or more together; case does not matter."),
]
OfTerm = Annotated[UUID | None, Query(description="Only what bears this term.")]
OfTaxonomy = Annotated[UUID | None, Query(description="Only what bears some term of this taxonomy.")]
OfOrganization = Annotated[UUID | None, Query(description="Only what this organisation offers.")]
ModifiedAfter = Annotated[
    Instant | None, Query(description="Only what was changed at this instant or later. Free places change without it.")
]
Page = Annotated[int, Query(ge=1, le=LAST_PAGE, description="Which page; the first is 1.")]
Formatted = Annotated[Format, Query(alias="format", description="The form of the answer.")]


async def _page(
    page: Page = 1,
    per_page: Annotated[int, Query(ge=1, le=100, description="How many a page has at most.")] = USUAL_SIZE,
    _form: Formatted = Format.JSON,
) -> PageAsked:
    return PageAsked(number=page, size=per_page)


async def _bearing(search: Words = None, taxonomy_term_id: OfTerm = None, taxonomy_id: OfTaxonomy = None) -> Sought:
    return Sought(text=search or "", term_id=taxonomy_term_id, taxonomy_id=taxonomy_id)


AskedPage = Annotated[PageAsked, Depends(_page)]
Bearing = Annotated[Sought, Depends(_bearing)]
"""What organisations are sought by."""


async def _offered(
    bearing: Bearing, organization_id: OfOrganization = None, modified_after: ModifiedAfter = None
) -> Sought:
    return Sought(
        text=bearing.text,
        term_id=bearing.term_id,
        taxonomy_id=bearing.taxonomy_id,
        organisation_id=organization_id,
        modified_since=modified_after,
    )


OfferedAsked = Annotated[Sought, Depends(_offered)]
"""What services are sought by, alone and at places."""
