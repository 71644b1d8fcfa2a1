"""The names that platforms have for applications and items, as they travel."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field, StringConstraints

from app.api.v1.schemas.types import Code, Input
from app.domain.application import PlatformName, PlatformNames, PlatformNameUnclear
from app.domain.shared.identity import MatterCode

SourceNumber = Annotated[
    str,
    Field(
        min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._:/-]+$", description="Your own number for it (办件编号)."
    ),
]
MatterCodeText = Annotated[
    str,
    StringConstraints(min_length=10, max_length=40, pattern=r"^[0-9A-Za-z]+$"),
    Field(
        description="The matter in the platform's catalogue (事项编码, GB/T 39554.1); its basic code, or the "
        "implementation code, which begins with an organisation code.",
        examples=["000123001000"],
    ),
]
OwnerCode = Annotated[
    str | None,
    Field(max_length=18, description="统一社会信用代码 of the owner (GB 32100); null where it has none."),
]
Digest = Annotated[
    str,
    StringConstraints(min_length=64, max_length=64, pattern=r"^[0-9a-f]{64}$"),
    Field(
        description="SHA-256 of the body of the submission, byte for byte as it was sent, in hexadecimal; told only to "
        "the system that sent it.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    ),
]


class PlatformNameCreate(Input):
    """What the platform calls one item of the application."""

    item: Code
    matter_code: MatterCodeText | None = None
    source_number: Annotated[
        SourceNumber | None, Field(description="The platform's own number of this item, unique for your system.")
    ] = None


def names_of(sent: Iterable[PlatformNameCreate]) -> PlatformNames:
    """The names by item.

    Raises:
        PlatformNameUnclear: an item is named twice.
        InvalidMatterCode: a code cannot be one.
    """
    names: dict[str, PlatformName] = {}
    for one in sent:
        if one.item in names:
            raise PlatformNameUnclear(f"{one.item} is named twice. Name each item once.", pointer="/platform_names")
        matter = MatterCode.parse(one.matter_code) if one.matter_code else None
        names[one.item] = PlatformName(matter_code=matter, source_number=one.source_number)
    return names
