"""Runs the measurement and prints it: one server with one process, one connection, and nobody else who asks."""

import asyncio
import json
import os
import sys

from rich.console import Console

from app.tools.bench.alike.answers import Answers, ask
from app.tools.bench.alike.figure import pairs_of, table_of
from app.tools.bench.alike.questions import Kind, questions
from app.tools.bench.place import prepared
from app.tools.bench.processes import serving
from app.tools.bench.requests.cases import open_clients

ROUNDS = 20_000
PERSONS = 50_000
"""So many that more than 20,000 of them hold a certificate."""
WARM = 500
PORT = 18_654
WIDTH = 110
FAILED = 1
EXPECTED = {Kind.HIT: {"in_force"}, Kind.UNKNOWN_NUMBER: {"no_match"}, Kind.WRONG_NAME: {"no_match"}}


def run(*, json_output: bool, persons: int | None = None) -> int:
    """Measure on a fresh database; the exit code says whether the answers are right, and of one form."""
    console, persons = Console(stderr=True), persons or PERSONS
    before = os.getloadavg()[0]
    with (
        prepared(persons=persons, port=PORT, console=console) as place,
        serving("app.main:create_app", port=PORT, workers=1, log=place.directory / "server.log"),
    ):
        answers = _measured(persons, console)
    pairs = pairs_of(answers)
    if json_output:
        sys.stdout.write(json.dumps([pair.to_json() for pair in pairs], ensure_ascii=False) + "\n")
    else:
        title = f"{ROUNDS:,} rounds of three questions, one process, one connection, {persons:,} people, fsync on"
        caption = f"{os.cpu_count()} processors; load average {before:.2f} before, {os.getloadavg()[0]:.2f} after"
        Console(width=WIDTH).print(table_of(pairs, title=title, caption=caption))
    is_right = all(set(answers[kind].outcomes) <= expected for kind, expected in EXPECTED.items())
    return 0 if is_right and all(pair.is_one_form for pair in pairs) else FAILED


def _measured(persons: int, console: Console) -> dict[Kind, Answers]:
    console.print("Asking …")
    asked = questions(persons, open_clients(PORT).portal, rounds=ROUNDS)
    asyncio.run(ask(PORT, asked[:WARM]))
    answers = asyncio.run(ask(PORT, asked))
    for kind, found in answers.items():
        console.print(f"{kind}: {dict(found.outcomes)}, {len(found.forms)} form(s)", markup=False)
    return answers
