"""People who wait and services that have some places, made up: nobody among them, and the same for the same seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random
from uuid import UUID

from app.domain.assignment import Batch
from app.domain.matching import Candidate, Field, Scale, Wishes
from app.domain.shared.region import contains

COUNTY = "65/6523/652301"
NEED, OTHERS = "home_care", ("rehabilitation", "counselling", "carer_relief")
LANGUAGES = ("zh-CN", "ug-CN", "kk-CN")
FEATURES = ("step_free", "lift", "accessible_toilet")
VILLAGES = tuple(
    f"{COUNTY}/652301{township:03}/652301{township:03}{village:03}"
    for township in range(101, 121)
    for village in range(201, 216)
)
PLACES_EACH = (1, 14)
"""A service has from one place to so many: there are some for two in three of those who wait."""


@dataclass(frozen=True, slots=True)
class Made:
    """Who waits, in the order of the list; the services, and how many places each has."""

    people: tuple[Wishes, ...]
    services: tuple[Candidate, ...]
    free: tuple[int, ...]


def made(people: int, services: int, *, everywhere: float, seed: int) -> Made:
    """So many who wait for one need, of whom hardly two are alike, and so many services of it.

    A share of the services takes people from `everywhere`, the others those of two townships.
    """
    chance = Random(seed)  # noqa: S311 - the same people each time is what is wanted
    offered = tuple(service(number, chance, everywhere=everywhere) for number in range(services))
    free = tuple(chance.randint(*PLACES_EACH) for _ in offered)
    return Made(tuple(somebody(chance, services) for _ in range(people)), offered, free)


def scored(county: Made, scale: Scale) -> Batch:
    """The batch: who may be given what, and how well it fits."""
    field = Field(NEED, county.services, scale, outcomes={})
    open_to = cache(lambda place: [n for n, one in enumerate(county.services) if _takes_from(one, place)])
    profiles: dict[Wishes, int] = {}
    people = tuple(profiles.setdefault(wishes, len(profiles)) for wishes in county.people)
    fits = tuple(field.fits(wishes, open_to(wishes.residence)) for wishes in profiles)
    return Batch(people=people, free=county.free, fits=fits)


def _takes_from(one: Candidate, place: str) -> bool:
    return not one.serves or any(contains(area, place) for area in one.serves)


def service(number: int, chance: Random, *, everywhere: float) -> Candidate:
    """A service of home care somewhere in the county."""
    village = chance.choice(VILLAGES)
    return Candidate(
        service_id=UUID(int=number),
        organisation_id=UUID(int=number // 2),
        code="CARE-HOME",
        meets=frozenset({NEED, *chance.sample(OTHERS, chance.randint(0, 2))}),
        mode=chance.choice(["at_home", "at_place", "at_place", "remote"]),
        regions=(village,),
        serves=tuple(_areas(village, chance, everywhere=everywhere)),
        languages=frozenset({"zh-CN", chance.choice(LANGUAGES)}),
        features=frozenset(chance.sample(FEATURES, chance.randint(0, 3))),
    )


def _areas(village: str, chance: Random, *, everywhere: float) -> Iterator[str]:
    if chance.random() < everywhere:
        yield COUNTY
        return
    yield village.rpartition("/")[0]
    yield chance.choice(VILLAGES).rpartition("/")[0]


def somebody(chance: Random, services: int) -> Wishes:
    """The side of somebody who waits: where, in which language, and whom the person knows."""
    known = [UUID(int=chance.randrange(services) // 2)] if chance.random() < 1 / 3 else []
    return Wishes(
        residence=chance.choice(VILLAGES),
        languages=frozenset({chance.choice(LANGUAGES)}),
        features=frozenset(chance.sample(FEATURES, chance.randint(0, 2))),
        other_needs=frozenset(chance.sample(OTHERS, chance.randint(0, 1))),
        known_providers=frozenset(known),
    )
