"""The strict types that all schemas share."""

import unicodedata
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

EARLIEST = date(1900, 1, 1)
LATEST = date(2200, 1, 1)
_BIDI = {*"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}


class Input(BaseModel):
    """What comes in: nothing that the schema does not name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Output(BaseModel):
    """What goes out: every field, always."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _plain(text: str) -> str:
    normal = unicodedata.normalize("NFC", text).strip()
    if not normal:
        raise ValueError("Write something.")
    if any(unicodedata.category(char) in {"Cc", "Cs", "Cn"} and char != "\n" or char in _BIDI for char in normal):
        raise ValueError("Remove control characters and characters that turn the direction of writing.")
    return normal


def _possible_day(day: date) -> date:
    if not EARLIEST <= day < LATEST:
        raise ValueError("Give a day between 1900 and 2199.")
    return day


def _possible_instant(instant: datetime) -> datetime:
    _possible_day(instant.date())
    return instant


PersonName = Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(_plain)]
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_plain)]
LongText = Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(_plain)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
CitizenNumberText = Annotated[str, StringConstraints(min_length=18, max_length=18, pattern=r"^[1-9][0-9]{16}[0-9Xx]$")]
CertificateNumberText = Annotated[
    str, StringConstraints(min_length=20, max_length=23, pattern=r"^[1-9][0-9]{16}[0-9Xx][1-7][1-4](B([1-9][0-9]?)?)?$")
]
RegionCode = Annotated[str, StringConstraints(pattern=r"^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$")]
LegalDate = Annotated[date, AfterValidator(_possible_day)]
Instant = Annotated[AwareDatetime, AfterValidator(_possible_instant)]
Fen = Annotated[int, Field(ge=0, le=10**12, description="Amount in fen: one hundredth of a yuan.")]
