"""Plants each fraud, looks what is found of it, and looks at many quarters in which there is nothing to find."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from math import sqrt
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from app.adapters.rulebooks import load_rulebooks
from app.domain.certificate import thresholds
from app.domain.integrity import COMPARED, COUNTED, OF_DRAWS, AlarmKind, IntegrityRules
from app.domain.shared.rulebook import Rulebook
from app.tools.bench.integrity.finding import Alarms, Found, found
from app.tools.bench.integrity.fraud import PLANS, Planter
from app.tools.bench.integrity.honest import Place, conclusions

CASES, SEED = 100_000, 652_301
CLEAN_CASES, CLEAN_QUARTERS = 2_500, 80
UNEVENNESS = 0.3
"""By so much the honest institutions of an uneven place differ, as a standard deviation of their heavy share."""
ONE_IN_TWENTY = 0.05
WIDTH = 120
FAILED = 1


@dataclass(frozen=True, slots=True)
class Clean:
    """What was cried for nothing over many quarters without any fraud."""

    kind: str
    place: str
    quarters: int
    with_alarm: int
    """Quarters in which there was any alarm of the kind."""
    alarms: int
    nominal: float | None
    """The share of quarters that may have one; None where it was only counted."""
    below_one_in_twenty: float | None
    """The share of the p-values, before correction, that are at most 0.05: no more than that for an exact test."""

    @property
    def holds(self) -> bool | None:
        """Whether what was seen is to be expected of the nominal rate, with two standard deviations of leeway."""
        if self.nominal is None:
            return None
        leeway = 2 * sqrt(self.nominal * (1 - self.nominal) / self.quarters)
        return self.with_alarm / self.quarters <= self.nominal + leeway

    def to_json(self) -> dict[str, Any]:
        """The figures for programs."""
        return asdict(self) | {"holds": self.holds}


def run(*, json_output: bool, persons: int | None = None) -> int:
    """Measure all, without a database; the exit code is 1 when an even and honest place has too many alarms.

    `persons` is how many conclusions the frauds are planted in.
    """
    console = Console(stderr=True)
    rules_in_force = Rulebook(load_rulebooks()).at("", date(2026, 11, 26))
    rules, bounds = IntegrityRules.of(rules_in_force), thresholds(rules_in_force)
    planted = list(_planted(Place(persons or CASES, bounds), rules, console))
    if not json_output:
        Console(width=WIDTH).print(_table_of_planted(planted))
    even = list(_clean("even", Place(CLEAN_CASES, bounds), rules, console=console))
    uneven = list(_clean("uneven", Place(CLEAN_CASES, bounds, UNEVENNESS), rules, console=console))
    if json_output:
        figures = {"planted": [one.to_json() for one in planted], "clean": [one.to_json() for one in (*even, *uneven)]}
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        Console(width=WIDTH).print(_table_of_clean([*even, *uneven]))
    return FAILED if any(one.holds is False for one in even) else 0


def _planted(place: Place, rules: IntegrityRules, console: Console) -> Iterator[Found]:
    honest = conclusions(place, seed=SEED)
    alarms = Alarms(place, rules, seed=SEED)
    planter = Planter(place, rules, seed=SEED)
    for plan in track(PLANS, "Planting frauds …", console=console):
        yield found(plan, planter.plant(plan, honest), alarms)


def _clean(name: str, place: Place, rules: IntegrityRules, *, console: Console) -> Iterator[Clean]:
    kinds = [kind for kind in (*COMPARED, *COUNTED) if kind not in OF_DRAWS]
    raised: dict[AlarmKind, list[int]] = {kind: [] for kind in kinds}
    chances: dict[AlarmKind, list[float]] = {kind: [] for kind in kinds}
    for seed in track(range(CLEAN_QUARTERS), f"Honest quarters of an {name} place …", console=console):
        quarter, alarms = conclusions(place, seed=seed), Alarms(place, rules, seed=seed)
        for kind, counts in raised.items():
            signals, values = alarms.with_chances(kind, quarter)
            counts.append(len(signals))
            chances[kind] += values
    for kind, found_by_chance in chances.items():
        yield Clean(
            kind=kind.value,
            place=name,
            quarters=CLEAN_QUARTERS,
            with_alarm=sum(count > 0 for count in raised[kind]),
            alarms=sum(raised[kind]),
            nominal=rules.compared[kind].chance if kind in COMPARED else None,
            below_one_in_twenty=_share_of_small(found_by_chance),
        )


def _share_of_small(values: list[float]) -> float | None:
    return sum(value <= ONE_IN_TWENTY for value in values) / len(values) if values else None


def _table_of_planted(figures: list[Found]) -> Table:
    table = Table("kind", "fraud", title="One in a hundred of the made-up conclusions is false")
    for heading in ("false cases", "guilty", "guilty found", "cases found", "false alarms"):
        table.add_column(heading, justify="right")
    for one in figures:
        of_guilty, of_cases = one.guilty_found / one.guilty, one.cases_found / one.false_cases
        table.add_row(
            one.kind, one.told, f"{one.false_cases:,}", str(one.guilty), f"{of_guilty:.0%}", f"{of_cases:.0%}",
            str(one.false_alarms),
        )  # fmt: skip
    return table


def _table_of_clean(figures: list[Clean]) -> Table:
    table = Table(
        "kind", "place", title=f"{CLEAN_QUARTERS} quarters of {CLEAN_CASES:,} conclusions, all of them honest"
    )
    for heading in ("with an alarm", "nominal", "alarms", "p ≤ 0.05", "holds"):
        table.add_column(heading, justify="right")
    for one in figures:
        table.add_row(
            one.kind,
            one.place,
            f"{one.with_alarm / one.quarters:.1%}",
            "" if one.nominal is None else f"{one.nominal:.1%}",
            str(one.alarms),
            "" if one.below_one_in_twenty is None else f"{one.below_one_in_twenty:.1%}",
            {None: "", True: "yes", False: "NO"}[one.holds],
        )
    return table
