"""`./yian instruments lint`: hold an instrument to its form and its vectors, and the vectors to their bite."""

import json
from collections.abc import Iterator
from pathlib import Path

import typer

from app.adapters.golden_vectors import vectors_of
from app.adapters.instruments import load_instrument
from app.domain.assessment import Instrument, Vector
from app.tools.bench.instruments import bite_of

HOLDS, FAILED = 0, 1
LONGEST = 500
MOST_ITEMS, MOST_OPTIONS = 200, 50
"""What the API answers at most."""


def lint(file: Path, *, json_output: bool) -> int:
    """Say what is wrong with a document, a sentence a line on standard error; what it is where nothing is."""
    try:
        instrument, vectors = load_instrument(file), vectors_of(file)
    except ValueError as refusal:
        return _told(file, [str(refusal)], json_output=json_output)
    complaints = [*_form(instrument), *_vectors(instrument, vectors)]
    told = f"{instrument.code} {instrument.version}: {len(instrument.items)} items, {len(vectors)} vectors hold."
    return _told(file, complaints, json_output=json_output, otherwise=told)


def _form(instrument: Instrument) -> Iterator[str]:
    if len(instrument.items) > MOST_ITEMS or any(len(item.options) > MOST_OPTIONS for item in instrument.items):
        yield f"More than {MOST_ITEMS} items, or an item with more than {MOST_OPTIONS} answers, are not served."
    if max(len(instrument.citation), len(instrument.licence)) > LONGEST:
        yield f"Citation and licence have {LONGEST} characters at most."
    for item in instrument.items:
        if not all(wording.zh and wording.en for wording in (item.wording, *(own.wording for own in item.options))):
            yield f"{item.code} needs words in both languages."
    if instrument.valid_to is not None and instrument.valid_to < instrument.valid_from:
        yield "It ends before it begins."


def _vectors(instrument: Instrument, vectors: tuple[Vector, ...]) -> Iterator[str]:
    if not vectors:
        yield "It has no golden vectors. Write them from the source, in a file of the same name in golden/."
        return
    complaints = [complaint for vector in vectors if (complaint := vector.complaint(instrument))]
    yield from complaints
    if not complaints:
        for mistake in bite_of(instrument, vectors).survivors:
            yield f"No vector notices a mistake: {mistake}."


def _told(file: Path, complaints: list[str], *, json_output: bool, otherwise: str = "") -> int:
    if json_output:
        typer.echo(json.dumps({"file": file.name, "holds": not complaints, "complaints": complaints}))
    elif complaints:
        typer.echo("\n".join(complaints), err=True)
    else:
        typer.echo(otherwise)
    return FAILED if complaints else HOLDS
