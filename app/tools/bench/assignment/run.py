"""Makes a batch, scores and assigns it, and prints what that takes and gives beside going down the list."""

import json
import sys
from dataclasses import asdict, dataclass
from datetime import date
from time import perf_counter, process_time
from typing import Any

from rich.console import Console
from rich.table import Table

from app.adapters.assignment import assigned
from app.adapters.rulebooks import load_rulebooks
from app.domain.assignment import Batch, checked, greedy, worth_of
from app.domain.matching import Scale
from app.domain.shared.rulebook import Rulebook
from app.tools.bench.assignment.county import COUNTY, made, scored

PERSONS, SERVICES = 5_000, 500
BATCHES = ((652_301, 0.2), (652_302, 0.2), (652_303, 1.0))
"""Seeds, and the share of services that take people from the whole county: in the last, everybody may have each."""
AIM_SECONDS = 10.0
DAY = date(2026, 11, 27)
FAILED = 1
WIDTH = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What one batch took and gave; seconds on the clock, and of the processor."""

    seed: int
    persons: int
    services: int
    pairs: int
    profiles: int
    places: int
    served: int
    served_by_hand: int
    fit: int
    fit_by_hand: int
    scoring_seconds: float
    solving_seconds: float
    processor_seconds: float
    never_worse: bool

    @property
    def holds(self) -> bool:
        """Whether going down the list is not better, and scoring and solving together are within the aim.

        Both use one processor, so that its time is what the clock says on a machine that does nothing else.
        """
        return self.never_worse and self.processor_seconds <= AIM_SECONDS

    def to_json(self) -> dict[str, Any]:
        """The figure for programs."""
        return asdict(self) | {"aim_seconds": AIM_SECONDS, "holds": self.holds}


def run(*, json_output: bool, persons: int | None = None) -> int:
    """Measure some batches; the exit code is 1 when one takes too long or is worse than going down the list."""
    scale = Scale.of(Rulebook(load_rulebooks()).at(COUNTY, DAY))
    figures = [
        measured(persons or PERSONS, SERVICES, scale=scale, everywhere=everywhere, seed=seed)
        for seed, everywhere in BATCHES
    ]
    if json_output:
        sys.stdout.write("".join(json.dumps(one.to_json()) + "\n" for one in figures))
    else:
        Console(width=WIDTH).print(_table(figures))
    return 0 if all(one.holds for one in figures) else FAILED


def measured(persons: int, services: int, *, scale: Scale, everywhere: float, seed: int) -> Figure:
    """One batch, scored, assigned and checked."""
    county = made(persons, services, everywhere=everywhere, seed=seed)
    began, processor = perf_counter(), process_time()
    batch = scored(county, scale)
    known = perf_counter()
    found = checked(batch, assigned(batch))
    solved, spent = perf_counter(), process_time() - processor
    return _figure(
        batch,
        found,
        seed=seed,
        scoring_seconds=round(known - began, 2),
        solving_seconds=round(solved - known, 2),
        processor_seconds=round(spent, 2),
    )


def _figure(batch: Batch, found: tuple[int | None, ...], **taken: Any) -> Figure:  # noqa: ANN401 - figures as they are
    worth, by_hand = worth_of(batch, found), worth_of(batch, greedy(batch))
    return Figure(
        persons=len(batch.people),
        pairs=sum(len(batch.fits[profile]) for profile in batch.people),
        services=len(batch.free),
        profiles=len(batch.fits),
        places=sum(batch.free),
        served=worth.served,
        served_by_hand=by_hand.served,
        fit=worth.fit,
        fit_by_hand=by_hand.fit,
        never_worse=worth >= by_hand,
        **taken,
    )


def _table(figures: list[Figure]) -> Table:
    first = figures[0]
    table = Table(
        "seed",
        title=f"{first.persons:,} who wait, {first.services} services; by the solver, and going down the list",
    )
    headings = ("pairs", "profiles", "places", "served", "by hand", "fit", "by hand")
    for heading in (*headings, "scoring s", "solving s", "processor s", "aim s", "holds"):
        table.add_column(heading, justify="right")
    for one in figures:
        counts = (one.pairs, one.profiles, one.places, one.served, one.served_by_hand, one.fit, one.fit_by_hand)
        table.add_row(
            str(one.seed),
            *(f"{count:,}" for count in counts),
            f"{one.scoring_seconds:.2f}",
            f"{one.solving_seconds:.2f}",
            f"{one.processor_seconds:.2f}",
            f"≤ {AIM_SECONDS:g}",
            "yes" if one.holds else "NO",
        )
    return table
