"""How far a caller's lists reach: areas as ranges of paths, which an index serves, or the cases one is a party to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from app.adapters.postgres.parties import PARTY_CASES
from app.domain.shared.access import Principal

BEGINNING = UUID(int=0)
"""What every id comes after: a list without a cursor begins there, so that all its pages are one statement."""
_PLACES = {2: "county_path", 3: "township_path", 4: "region_path"}
"""Which column holds the path of an area, by the strokes in that."""
_PARTY_TO = f"(person_id = ANY ($1::uuid[]) OR id IN {PARTY_CASES})"


@dataclass(frozen=True, slots=True)
class Reach:
    """A condition over the columns of a list, and the value of its one parameter, $1."""

    condition: str
    value: list[Any]


def reach_of(whose: Principal, *, in_order: bool = False) -> Reach:
    """The rows of the caller's areas, or those that the caller is a party to.

    It stands in the query itself, beside row-level security, which says the same and would serve no index. With
    `in_order` for a table with columns and indexes for it, as `one_area` says.
    """
    if not whose.areas:
        return Reach(_PARTY_TO, list(whose.parties))
    return (one_area(whose.areas) if in_order else None) or within(whose.areas)


def one_area(areas: Sequence[str]) -> Reach | None:
    """The rows of a single area as an index by a part of the path has them: in order of their ids.

    A page of them costs what it shows, and not what the area holds. None where there are more areas, or a wider one.

    >>> one_area(["65/6523/652301"])
    Reach(condition='(county_path = ($1::text[])[1])', value=['65/6523/652301'])
    """
    place = _PLACES.get(areas[0].count("/")) if len(areas) == 1 else None
    return Reach(f"({place} = ($1::text[])[1])", list(areas)) if place else None


def within(areas: Sequence[str]) -> Reach:
    """The rows that lie in one of these areas; none where there is no area.

    A path lies in an area when it is the area's, or begins with it and a stroke: between the area and the same with
    the character that follows the stroke. The operators compare bytes, whatever the collation of the database.

    >>> within(["65/6523"]).value
    ['65/6523', '65/65230']
    """
    bounds = list(chain.from_iterable((area, f"{area}0") for area in areas))
    return Reach(f"({' OR '.join(_ranges(range(1, max(len(bounds), 2), 2)))})", bounds)


def _ranges(places: Iterable[int]) -> Iterator[str]:
    for place in places:
        yield f"(region_path ~>=~ ($1::text[])[{place}] AND region_path ~<~ ($1::text[])[{place + 1}])"
