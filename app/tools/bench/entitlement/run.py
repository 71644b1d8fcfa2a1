"""Explains the whole catalogue to made-up people, one after the other, in the domain alone: no database, no HTTP."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from random import Random
from statistics import median, quantiles
from time import process_time

from rich.console import Console

from app.adapters.rulebooks import load_rulebooks
from app.domain.assessment import NeedRules
from app.domain.entitlement import Criteria, DeclaredFlag, Facts, entitlements, explain
from app.domain.person import EconomicStatus
from app.domain.shared.identity import Category, Grade
from app.domain.shared.rulebook import Rulebook
from app.tools.bench.projects import BY_PROJECTS, asking_of_projects

PERSONS, SEED = 1_000, 652_301
PLACE = "65/6523/652301"
DAY = date(2026, 11, 26)
AIM_MS = 3.0
FAILED = 1
MS = 1_000
_SINGLE = tuple(category for category in Category if category is not Category.MULTIPLE)


@dataclass(frozen=True, slots=True)
class Cost:
    """What the explanations took of the processor, for one person and all services, in milliseconds."""

    persons: int
    services: int
    what: str
    """Whether the rules are the catalogue's, or ask of projects as well."""
    median_ms: float
    p99_ms: float

    @property
    def holds(self) -> bool:
        """Whether it is within what is aimed at."""
        return self.median_ms <= AIM_MS


def run(*, json_output: bool, persons: int | None = None) -> int:
    """Measure it; the exit code is 1 when the median is above the aim."""
    rules = Rulebook(load_rulebooks()).at(PLACE, DAY)
    catalogue = entitlements(rules)
    needs = tuple(NeedRules.of(rules).types)
    chance = Random(SEED)  # noqa: S311 - the same people each time is what is wanted
    people = [somebody(needs, tuple(catalogue), chance) for _ in range(persons or PERSONS)]
    asking = [asking_of_projects(one) for one in catalogue.values()]
    costs = [
        _cost("services", [one.criteria for one in catalogue.values()], people),
        _cost(f"services {BY_PROJECTS}", [one.criteria for one in asking], people),
    ]
    for cost in costs:
        sys.stdout.write(json.dumps(_figures(cost)) + "\n") if json_output else Console().print(_told(cost))
    return 0 if all(cost.holds for cost in costs) else FAILED


def _cost(what: str, criteria: Sequence[Criteria], people: Sequence[Facts]) -> Cost:
    took = []
    for facts in people:
        began = process_time()
        for one in criteria:
            explain(one, facts)
        took.append((process_time() - began) * MS)
    return Cost(len(took), len(criteria), what, median(took), quantiles(took, n=100)[-1])


def somebody(needs: tuple[str, ...], services: tuple[str, ...], chance: Random) -> Facts:
    """A person of whom some things are known, and others are not."""
    categories = chance.sample(_SINGLE, chance.choice([0, 1, 1, 2]))
    return Facts(
        on=DAY,
        has_certificate=bool(categories),
        components={category: chance.choice(list(Grade)) for category in categories},
        birth_date=date(chance.randint(1940, 2025), 6, 15),
        economic_status=chance.choice([None, *EconomicStatus]),
        registration_region=PLACE,
        residence_region=PLACE,
        needs=_perhaps(needs, chance),
        receiving=_perhaps(("orphan_allowance", "work_injury_nursing_fee", "ACC-HOME"), chance),
        flags=_perhaps(DeclaredFlag, chance),
        places=_perhaps(services, chance),
        last_received={code: DAY - timedelta(days=chance.randint(1, 1_500)) for code in chance.sample(services, 3)},
    )


def _perhaps(codes: Iterable[str], chance: Random) -> dict[str, bool]:
    said = {str(code): chance.choice((True, False, None)) for code in codes}
    return {code: is_so for code, is_so in said.items() if is_so is not None}


def _figures(cost: Cost) -> Mapping[str, object]:
    return asdict(cost) | {"aim_ms": AIM_MS, "holds": cost.holds}


def _told(cost: Cost) -> str:
    return (
        f"{cost.services} {cost.what} explained to each of {cost.persons:,} people: median {cost.median_ms:.2f} ms of "
        f"processor time a person, 99th percentile {cost.p99_ms:.2f} ms (aim: {AIM_MS:.0f} ms)."
    )
