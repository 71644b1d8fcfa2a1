"""Regions, as they travel."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field

from app.api.v1.schemas.types import Output
from app.api.v1.schemas.words import WordsRead
from app.domain.shared.provenance import Confidence
from app.domain.shared.region import Level, Region
from app.services.region import RegionSlice, parent_of

CodeText = Annotated[str, Field(max_length=12, pattern=r"^[0-9]{2,12}$")]


class RegionRead(Output):
    """A place, under a code during the time that the code is in use."""

    code: Annotated[CodeText, Field(description="Without the zeros that fill it up.")]
    name: WordsRead
    level: Level
    parent_code: Annotated[CodeText | None, Field(description="The region that it lies in.")]
    aliases: Annotated[list[str], Field(max_length=20, description="What it is called besides, and by mistake.")]
    valid_from: date
    valid_to: Annotated[date | None, Field(description="The last day of the code; null while it is in use.")]
    successors: Annotated[list[str], Field(max_length=20, description="Codes that came after this one.")]
    is_synthetic: Annotated[bool, Field(description="Invented for the sandbox: no such place exists.")]
    source: Annotated[str, Field(max_length=300)]
    confidence: Confidence

    @classmethod
    def of(cls, region: Region) -> Self:
        """The region as it travels."""
        return cls(
            code=region.code,
            name=WordsRead(zh=region.name, en=region.name_en),
            level=region.level,
            parent_code=parent_of(region),
            aliases=list(region.aliases),
            valid_from=region.valid_from,
            valid_to=region.valid_to,
            successors=list(region.successors),
            is_synthetic=region.is_synthetic,
            source=region.source,
            confidence=region.confidence,
        )


class RegionPage(Output):
    """Some regions, in the order of their codes."""

    items: Annotated[list[RegionRead], Field(max_length=100)]
    next_cursor: Annotated[str | None, Field(max_length=12, description="The code to go on after; null at the end.")]
    has_more: Annotated[bool, Field(description="Whether there is a next page.")]

    @classmethod
    def of(cls, found: RegionSlice) -> Self:
        """The page as it travels."""
        return cls(
            items=[RegionRead.of(region) for region in found.regions],
            next_cursor=found.after,
            has_more=found.after is not None,
        )
