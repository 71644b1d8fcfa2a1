"""Makes each small mistake in each shipped instrument, and counts which of them the golden vectors notice."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from rich.console import Console
from rich.table import Table

from app.adapters.golden_vectors import vectors_of
from app.adapters.instruments import INSTRUMENTS, WORDS, load_instrument
from app.domain.assessment import Instrument, Vector
from app.tools.bench.instruments.mutants import mutants_of

WIDTH = 100
FAILED = 1


@dataclass(frozen=True, slots=True)
class Bite:
    """How much the vectors of one instrument notice."""

    instrument: str
    vectors: int
    mutants: int
    killed: int
    refused: int
    """Mistakes with which the document is not even read."""
    survivors: tuple[str, ...]


def run(*, json_output: bool) -> int:
    """Print what is noticed, instrument by instrument; the exit code is 1 where a mistake is not."""
    bites = list(bites_of_all())
    if json_output:
        sys.stdout.write("".join(json.dumps(asdict(bite)) + "\n" for bite in bites))
    else:
        Console(width=WIDTH).print(_table(bites))
    return FAILED if any(bite.survivors for bite in bites) else 0


def bites_of_all() -> Iterator[Bite]:
    """What the vectors of each shipped instrument notice."""
    for file in sorted(INSTRUMENTS.glob("*.yaml")):
        if not file.name.endswith(WORDS):
            yield bite_of(load_instrument(file), vectors_of(file))


def bite_of(instrument: Instrument, vectors: tuple[Vector, ...]) -> Bite:
    """What some vectors notice of all small mistakes in an instrument."""
    noticed = {mutant.mistake: mutant.is_noticed(vectors) for mutant in mutants_of(instrument)}
    verdicts = list(noticed.values())
    return Bite(
        instrument=instrument.code,
        vectors=len(vectors),
        mutants=len(noticed),
        killed=verdicts.count(True),
        refused=verdicts.count(None),
        survivors=tuple(mistake for mistake, verdict in noticed.items() if verdict is False),
    )


def _table(bites: list[Bite]) -> Table:
    table = Table("instrument", "vectors", "mutants", "killed", "refused when read", "survive")
    for bite in bites:
        figures = (bite.vectors, bite.mutants, bite.killed, bite.refused)
        table.add_row(bite.instrument, *map(str, figures), ", ".join(bite.survivors) or "0")
    return table
