"""`./yian draws verify`: check the proof of a draw, with no server and no trust in who has drawn."""

import json
from collections.abc import Mapping
from types import MappingProxyType

import typer

from app.domain.draw import Fault, faults_of

HOLDS, FAILED = 0, 1
SENTENCES: Mapping[Fault, str] = MappingProxyType(
    {
        Fault.MALFORMED: "A part of the proof is missing or is not of its kind. Take it as GET /v1/draws/{id} answers.",
        Fault.NOT_REVEALED: "The seed is not open yet: there is nothing to check.",
        Fault.UNKNOWN_ALGORITHM: "It was drawn by another algorithm than this program knows.",
        Fault.COMMITMENT_DOES_NOT_MATCH: "The seed is not the one that was committed to: its SHA-256 is another.",
        Fault.PUBLISHED_TOO_LATE: "The commitment is not older than the draw, or the seed was open before it.",
        Fault.LIST_CHANGED: "The list is not the one whose digest was fixed, or names somebody twice.",
        Fault.RESULT_DIFFERS: "Drawing again finds another result, or it was drawn for something else.",
    }
)


def verify(text: str, *, json_output: bool) -> int:
    """Say what is wrong with a proof, a sentence a line on standard error; nothing where it holds."""
    faults = _faults(text)
    if json_output:
        typer.echo(json.dumps({"holds": not faults, "faults": faults}))
    elif faults:
        typer.echo("\n".join(f"{fault}: {SENTENCES[fault]}" for fault in faults), err=True)
    else:
        typer.echo("The draw holds: commitment, list and result belong together.")
    return FAILED if faults else HOLDS


def _faults(text: str) -> tuple[Fault, ...]:
    try:
        told = json.loads(text)
    except ValueError:
        return (Fault.MALFORMED,)
    return faults_of(told) if isinstance(told, dict) else (Fault.MALFORMED,)
