"""The strict types that all schemas share. Every one says in the schema what it takes, and has an example."""

import re
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    StringConstraints,
)
from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError
from typing_extensions import override

from app.api.output import Output
from app.api.v1.schemas.plain_text import PersonName, Text
from app.api.v1.schemas.strictness import tightened

__all__ = [
    "CertificateNumberText",
    "CitizenNumberText",
    "Code",
    "Count",
    "Fen",
    "Input",
    "Instant",
    "LegalDate",
    "LongText",
    "Output",
    "PersonName",
    "PhoneNumber",
    "RegionCode",
    "ShortText",
    "Text",
    "Uuid",
    "Version",
]

FIRST_YEAR, LAST_YEAR = 1900, 2199
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LARGEST_INTEGER = 2**31 - 1
MOST_FEN = 10**12


class Input(BaseModel):
    """What comes in: nothing that the schema does not name, and nothing that only resembles it."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    @classmethod
    @override
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return tightened(handler(source))


def _possible_day(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise PydanticCustomError(
            "impossible_year",
            "Give a day between {first} and {last}.",
            {"first": FIRST_YEAR, "last": LAST_YEAR, "chinese": f"年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间。"},
        )
    return day


def _written_as_a_day(value: object) -> object:
    """Pydantic would take digits in a query for seconds since 1970, which nobody means."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise PydanticKnownError("date_type")
    return value


def _possible_instant(instant: datetime) -> datetime:
    _possible_day(instant.date())
    return instant


ShortText = Annotated[str, Text(1, 200), Field(examples=["已核对材料原件"])]
LongText = Annotated[str, Text.lines(1, 2000), Field(examples=["材料齐全，评定结论与现场核实一致。"])]
Code = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$", max_length=64), Field(examples=["living_subsidy"])
]
CitizenNumberText = Annotated[
    str,
    StringConstraints(min_length=18, max_length=18, pattern=r"^[1-9][0-9]{16}[0-9Xx]$"),
    Field(description="18 characters, the last a check digit (GB 11643).", examples=["990101190001010018"]),
]
CertificateNumberText = Annotated[
    str,
    StringConstraints(min_length=20, max_length=23, pattern=r"^[1-9][0-9]{16}[0-9Xx][1-7][1-4](B([1-9][0-9]?)?)?$"),
    Field(
        description="The identity number, then category and grade; B and a count where it was issued again.",
        examples=["99010119000101001843"],
    ),
]
PhoneNumber = Annotated[
    str,
    StringConstraints(max_length=20, pattern=r"^(\+[1-9][0-9]{6,14}|1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8})$"),
    Field(description="Mobile, or landline with its area code, or international with +.", examples=["0994-2340000"]),
]
RegionCode = Annotated[
    str,
    StringConstraints(max_length=12, pattern=r"^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$"),
    Field(description="Trimmed code of a region: 2, 4, 6, 9 or 12 digits.", examples=["652301104"]),
]
LegalDate = Annotated[
    date,
    BeforeValidator(_written_as_a_day),
    AfterValidator(_possible_day),
    Field(description="A day in the region's own zone.", examples=["2026-11-23"]),
]
Instant = Annotated[
    AwareDatetime,
    AfterValidator(_possible_instant),
    Field(description="An instant with its zone (RFC 3339).", examples=["2026-11-23T09:30:00+08:00"]),
]
Fen = Annotated[int, Field(ge=0, le=MOST_FEN, description="Amount in fen: one hundredth of a yuan.", examples=[9600])]
Count = Annotated[int, Field(ge=0, le=LARGEST_INTEGER, examples=[1])]
Version = Annotated[
    int, Field(ge=1, le=LARGEST_INTEGER, description="Counts up with every change; the ETag.", examples=[1])
]
Uuid = Annotated[UUID, Field(examples=["01920000-0000-7000-8000-000000000000"])]
