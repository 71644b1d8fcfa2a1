"""Plants twins among invented people, compares by keys as the worker does, and counts what is found and what is not."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import combinations
from random import Random
from time import process_time

from rich.console import Console
from rich.table import Table

from app.adapters.names import ChineseNames
from app.adapters.rulebooks import load_rulebooks
from app.domain.duplicate import DuplicateRules, Known, compared, keys_of
from app.domain.shared.rulebook import Rulebook
from app.tools.bench.duplicates.twins import MISTAKES, Record, people, twin_of

PEOPLE, TWINS_OF_A_KIND, SEED = 20_000, 150, 652_301
WIDTH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How many twins with one mistake were planted, shared a key, and were found."""

    mistake: str
    planted: int
    met: int
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What came of it."""

    records: int
    pairs_compared: int
    pairs_shown: int
    recall: float
    """Planted twins that were found, of all that were planted."""
    precision: float
    """Pairs that are twins, of all that would be shown to an officer."""
    cpu_seconds: float
    by_mistake: tuple[Found, ...]


def run(*, json_output: bool, persons: int | None = None) -> int:
    """Measure, and say so."""
    findings = measured(persons or PEOPLE, twins=TWINS_OF_A_KIND, seed=SEED)
    if json_output:
        print(json.dumps(asdict(findings), ensure_ascii=False))  # noqa: T201 - what the command answers
    else:
        _show(findings)
    return 0


def measured(count: int, *, twins: int, seed: int) -> Findings:
    """So many people with so many twins for each mistake; the same seed plants the same."""
    random, names = Random(seed), ChineseNames()  # noqa: S311 - a repeatable draw, and no secret
    rules = DuplicateRules.of(Rulebook(load_rulebooks()).at("", date(2026, 11, 1)))
    records = list(people(count, random))
    planted: dict[tuple[int, int], str] = {}
    for mistake in MISTAKES:
        left = twins
        for place in random.sample(range(count), count):
            twin = twin_of(records[place], mistake, random) if left else None
            if twin is not None:
                planted[place, len(records)] = mistake
                records.append(twin)
                left -= 1
    begun = process_time()
    known = [_known(record, names, rules) for record in records]
    pairs = set(_sharing_a_key(known, most=rules.most_alike))
    shown = {pair for pair in pairs if compared(known[pair[0]], known[pair[1]], rules=rules).is_for_review}
    seconds = process_time() - begun
    return Findings(
        records=len(records),
        pairs_compared=len(pairs),
        pairs_shown=len(shown),
        recall=round(len(shown & planted.keys()) / len(planted), 4),
        precision=round(len(shown & planted.keys()) / len(shown), 4) if shown else 1.0,
        cpu_seconds=round(seconds, 2),
        by_mistake=tuple(_by_mistake(planted, pairs=pairs, shown=shown)),
    )


def _known(record: Record, names: ChineseNames, rules: DuplicateRules) -> Known:
    return Known(
        name=names.forms(record.name, variants=rules.variants),
        citizen_number=record.number,
        birth_date=record.born,
        sex=record.sex,
        phones=frozenset({record.phone}) if record.phone else frozenset(),
    )


def _sharing_a_key(known: Sequence[Known], *, most: int) -> Iterator[tuple[int, int]]:
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(known):
        for key in keys_of(one):
            blocks[key].append(place)
    for block in blocks.values():
        if len(block) <= most:
            yield from combinations(block, 2)


def _by_mistake(
    planted: dict[tuple[int, int], str], *, pairs: set[tuple[int, int]], shown: set[tuple[int, int]]
) -> Iterator[Found]:
    counts = Counter(planted.values())
    met = Counter(mistake for pair, mistake in planted.items() if pair in pairs)
    found = Counter(mistake for pair, mistake in planted.items() if pair in shown)
    for mistake in MISTAKES:
        yield Found(mistake=mistake, planted=counts[mistake], met=met[mistake], found=found[mistake])


def _show(findings: Findings) -> None:
    console = Console(width=WIDTH)
    table = Table("Mistake", "Planted", "Share a key", "Found", "Recall", title="Twins by their mistake")
    for one in findings.by_mistake:
        share = f"{one.found / one.planted:.3f}" if one.planted else "-"
        table.add_row(one.mistake, str(one.planted), str(one.met), str(one.found), share)
    console.print(table)
    console.print(
        f"{findings.records} records, {findings.pairs_compared} pairs compared, {findings.pairs_shown} shown: recall "
        f"{findings.recall}, precision {findings.precision}; {findings.cpu_seconds} s of processor time."
    )
