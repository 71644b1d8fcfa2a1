"""Reading the cells of a row of the catalogue: each complaint says in which column it stands."""

from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar
from uuid import UUID

from app.domain.catalogue.opening import Phone, Schedule, Weekday
from app.domain.catalogue.service import Mode, ProviderKind, ServiceStatus
from app.domain.shared.errors import DomainError, Unprocessable
from app.domain.shared.identity import OrganisationCode
from app.domain.shared.region import Regions
from app.domain.shared.wording import Wording

CodeT = TypeVar("CodeT", bound=StrEnum)
_TELLS_LANGUAGE, _MOST_DIGITS = 16, 9


class ListingUnclear(Unprocessable):
    """A cell of a row of the catalogue cannot be read."""

    code = "listing_unclear"
    title = "The row of the catalogue cannot be read"


def id_of(said: Mapping[str, str]) -> UUID | None:
    """Our id of the service, where the row names it."""
    try:
        return UUID(said["service_id"]) if "service_id" in said else None
    except ValueError:
        raise ListingUnclear("This is no id. Copy it from the list of services.", pointer="/service_id") from None


def provider_of(said: Mapping[str, str]) -> OrganisationCode:
    """The code of who offers it."""
    try:
        return OrganisationCode.parse(said["provider_code"])
    except Unprocessable as refusal:
        refusal.pointer = "/provider_code"
        raise


def wording_of(said: Mapping[str, str], column: str) -> Wording | None:
    """Words in both languages; those of one stand for the other where it is left out."""
    zh, en = said.get(column), said.get(f"{column}_en")
    return Wording(zh=zh or en or "", en=en or zh or "") if zh or en else None


def place_of(code: str, column: str, regions: Regions) -> str:
    """The path of a region."""
    try:
        return regions.by_code(code).path
    except DomainError as refusal:
        refusal.pointer = f"/{column}"
        raise


def parts_of(cell: str) -> tuple[str, ...]:
    """What stands in a cell with commas between, of whatever script."""
    apart = cell.replace("，", ",").replace("、", ",").replace(";", ",").replace("；", ",")
    return tuple(part.strip() for part in apart.split(",") if part.strip())


def codes_of(cell: str, column: str, kind: type[CodeT]) -> tuple[CodeT, ...]:
    """Codes of an enumeration."""
    try:
        return tuple(kind(part) for part in parts_of(cell))
    except ValueError:
        raise ListingUnclear(f"Name some of {', '.join(kind)}.", pointer=f"/{column}") from None


def _code(kind: type[CodeT]) -> Any:  # noqa: ANN401 - a reader of one of the enumerations
    def read(cell: str, column: str) -> CodeT:
        found = codes_of(cell, column, kind)
        if len(found) != 1:
            raise ListingUnclear(f"Name one of {', '.join(kind)}.", pointer=f"/{column}")
        return found[0]

    return read


def _whole(cell: str, column: str) -> int:
    if not cell.isascii() or not cell.isdigit() or len(cell) > _MOST_DIGITS:
        raise ListingUnclear("Enter a whole number.", pointer=f"/{column}")
    return int(cell)


def _texts(cell: str, _column: str) -> frozenset[str]:
    return frozenset(parts_of(cell))


def _languages(cell: str, column: str) -> frozenset[str]:
    tags = frozenset(parts_of(cell))
    if any(len(tag) > _TELLS_LANGUAGE for tag in tags):
        raise ListingUnclear("Name languages by their tags, such as zh-CN, ug-CN.", pointer=f"/{column}")
    return tags


def _phones(cell: str, _column: str) -> tuple[Phone, ...]:
    return tuple(Phone(number=number) for number in parts_of(cell))


def _schedules(cell: str, column: str) -> tuple[Schedule, ...]:
    """Hours as `MO TU 10:00-14:00; 1SA 3SA 10:00-13:00; 15 -1 16:00-18:00`."""
    try:
        return tuple(_schedule(part.split()) for part in cell.replace("；", ";").split(";") if part.strip())
    except ValueError:
        raise ListingUnclear(
            "Write hours as MO TU 10:00-14:00; 1SA 10:00-13:00; 15 16:00-18:00.", pointer=f"/{column}"
        ) from None
    except Unprocessable as refusal:
        refusal.pointer = f"/{column}"
        raise


def _schedule(words: list[str]) -> Schedule:
    *days, hours = words
    opens, closes = (time.fromisoformat(hour) for hour in hours.split("-"))
    named = tuple(dict.fromkeys(Weekday(day[-2:]) for day in days if day[-2:].isalpha()))
    weeks = tuple(dict.fromkeys(int(day[:-2]) for day in days if day[-2:].isalpha() and day[:-2]))
    numbers = tuple(int(day) for day in days if not day[-2:].isalpha())
    return Schedule(days=named, weeks=weeks, month_days=numbers, opens_at=opens, closes_at=closes)


READERS: Mapping[str, Any] = MappingProxyType(
    {
        "provider_kind": _code(ProviderKind),
        "meets": _texts,
        "mode": _code(Mode),
        "languages": _languages,
        "waiting_days": _whole,
        "cost_fen": _whole,
        "phone": _phones,
        "hours": _schedules,
        "status": _code(ServiceStatus),
    }
)
