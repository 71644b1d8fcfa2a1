"""Administrative regions: codes, paths, levels, and which region lies in which.

A path is the trimmed codes of a region and of all above it, joined by strokes; the path of the whole country is empty.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.shared.errors import NotFound, Unprocessable
from app.domain.shared.provenance import Confidence

NATIONAL = ""
"""The path of the whole country, which contains every region."""


class InvalidRegionCode(Unprocessable):
    """The text cannot be the code of a region."""

    code = "invalid_region_code"
    title = "The region code cannot be right"


class RegionNotFound(NotFound):
    """No region of the tables is called so."""

    code = "region_not_found"
    title = "This region is not known here"


class Level(StrEnum):
    """How deep a region lies."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


_LEVELS = {2: Level.PROVINCE, 4: Level.PREFECTURE, 6: Level.COUNTY, 9: Level.TOWNSHIP, 12: Level.VILLAGE}


def level_of(code: str) -> Level:
    """The level that the length of a trimmed code tells.

    Source: GB/T 2260 for the first six digits; statistical division codes for the next three and three.

    >>> level_of("652301104").value
    'township'

    Raises:
        InvalidRegionCode: the code is not 2, 4, 6, 9 or 12 digits.
    """
    if len(code) not in _LEVELS or not (code.isascii() and code.isdigit()):
        raise InvalidRegionCode("A region code is 2, 4, 6, 9 or 12 digits, without the zeros that fill it up. Trim it.")
    return _LEVELS[len(code)]


def path_of(code: str) -> str:
    """The path of a trimmed code, whether or not the tables know the code.

    >>> path_of("652301104")
    '65/6523/652301/652301104'

    Raises:
        InvalidRegionCode: the code is not 2, 4, 6, 9 or 12 digits.
    """
    level_of(code)
    return "/".join(code[:length] for length in _LEVELS if length <= len(code))


def area_at(path: str, level: Level) -> str:
    """The part of a path down to a level.

    >>> area_at("65/6523/652301/652301104", Level.COUNTY)
    '65/6523/652301'
    """
    return "/".join(path.split("/")[: list(Level).index(level) + 1])


def code_of(path: str) -> str:
    """The code at the end of a path.

    >>> code_of("65/6523/652301")
    '652301'
    """
    return path.rpartition("/")[2]


def trimmed(code: str) -> str:
    """A code without the zeros that fill it up to six or twelve digits.

    >>> trimmed("652301000000"), trimmed("650000"), trimmed("652300")
    ('652301', '65', '6523')

    Raises:
        InvalidRegionCode: what is left is not 2, 4, 6, 9 or 12 digits.
    """
    shortest = next((length for length in _LEVELS if not code[length:].strip("0")), len(code))
    level_of(code[:shortest])
    return code[:shortest]


def ancestors_of(path: str) -> Iterator[str]:
    """The path itself and the paths above it, nearest first; the last is the whole country.

    >>> list(ancestors_of("65/6523"))
    ['65/6523', '65', '']
    """
    while path:
        yield path
        path = path.rpartition("/")[0]
    yield NATIONAL


def contains(area: str, path: str) -> bool:
    """Say whether a region is the area or lies in it.

    >>> contains("65/6523", "65/6523/652301"), contains("65/6523/652301", "65/6523"), contains("", "65")
    (True, False, True)
    """
    return area in {NATIONAL, path} or path.startswith(f"{area}/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One code during the time that it is in use; a region that gets another code becomes another entry."""

    code: str
    name: str
    name_en: str
    source: str
    confidence: Confidence
    valid_from: date
    valid_to: date | None = None
    """The last day on which the code was in use."""
    aliases: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    is_synthetic: bool = False
    """Invented for the sandbox: no such place exists."""

    @property
    def level(self) -> Level:
        """How deep the region lies."""
        return level_of(self.code)

    @property
    def path(self) -> str:
        """The codes from the province down to this region."""
        return path_of(self.code)

    def is_in_use(self, on: date) -> bool:
        """Say whether the code is valid on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class Regions:
    """The regions that a deployment knows, found by code, path or name.

    Codes are dated. A look-up without a day answers with the entry that came into use last.
    """

    __slots__ = ("_by_code", "_by_name")

    def __init__(self, regions: Iterable[Region]) -> None:
        self._by_code: dict[str, list[Region]] = {}
        self._by_name: dict[str, list[Region]] = {}
        for region in sorted(regions, key=lambda region: (region.code, region.valid_from)):
            self._by_code.setdefault(region.code, []).append(region)
            for name in (region.name, *region.aliases):
                self._by_name.setdefault(name, []).append(region)

    def __iter__(self) -> Iterator[Region]:
        """All entries, province before county before village."""
        return (region for entries in self._by_code.values() for region in entries)

    def by_code(self, code: str, *, on: date | None = None) -> Region:
        """The region of a trimmed code.

        Raises:
            RegionNotFound: no entry has the code, or none on that day.
        """
        for region in reversed(self._by_code.get(code, [])):
            if on is None or region.is_in_use(on):
                return region
        raise RegionNotFound("No region with this code is known here on this day. Look the code up in /v1/regions.")

    def named(self, name: str, *, within: str = NATIONAL, on: date | None = None) -> tuple[Region, ...]:
        """All regions of an area that have, or by mistake are given, a name.

        Names repeat from county to county, and documents misprint them: narrow the area, and show the choice.
        """
        return tuple(
            region
            for region in self._by_name.get(name, [])
            if contains(within, region.path) and (on is None or region.is_in_use(on))
        )

    def children(self, path: str, *, on: date | None = None) -> tuple[Region, ...]:
        """The regions one level below a path, by code."""
        return tuple(
            region for region in self if region.path.rpartition("/")[0] == path and (on is None or region.is_in_use(on))
        )
