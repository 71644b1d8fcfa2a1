"""`./yian draws verify`: check a draw, the chain of a case, or the lot of a month, with no trust in who drew."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

import typer

from app.domain.draw import Fault, faults_of, faults_of_chain
from app.domain.integrity import Files, faults_of_sample

HOLDS, FAILED = 0, 1
SENTENCES: Mapping[Fault, str] = MappingProxyType(
    {
        Fault.MALFORMED: "A part of the proof is missing or is not of its kind. Take it as the service answers.",
        Fault.NOT_REVEALED: "The seed is not open yet: there is nothing to check.",
        Fault.UNKNOWN_ALGORITHM: "It was drawn by another algorithm than this program knows.",
        Fault.COMMITMENT_DOES_NOT_MATCH: "The seed is not the one that was committed to: its SHA-256 is another.",
        Fault.PUBLISHED_TOO_LATE: "The commitment is not older than the draw, or the seed was open before it.",
        Fault.LIST_CHANGED: "The list is not the one whose digest was fixed, or names somebody twice.",
        Fault.DECLINED_LISTED: "The list names an institution or a doctor that has declined this case before.",
        Fault.CHAIN_BROKEN: "What came before is not whole: a round is missing, or was not what its draw says.",
        Fault.RESULT_DIFFERS: "Drawing again finds another result, or it was drawn for something else.",
    }
)


def verify(text: str, lists: str | None = None, *, json_output: bool) -> int:
    """Say what is wrong with a proof, a sentence a line on standard error; nothing where it holds."""
    told = _read(text)
    faults = _faults(told, lists)
    if json_output:
        typer.echo(json.dumps({"holds": not faults, "faults": faults}))
    elif faults:
        typer.echo("\n".join(f"{fault}: {SENTENCES[fault]}" for fault in faults), err=True)
    else:
        typer.echo("The draw holds: commitment, list and result belong together.")
        unseen = sorted(_listed_in(told) - set(_read(lists or "{}") or ()))
        if unseen:
            typer.echo(f"Not held against the list itself: {', '.join(unseen)}. Give it with --lists.")
    return FAILED if faults else HOLDS


def _read(text: str) -> dict[str, Any] | None:
    try:
        told = json.loads(text)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _faults(told: dict[str, Any] | None, lists: str | None) -> tuple[Fault, ...]:
    if told is None:
        return (Fault.MALFORMED,)
    if "sample" in told:
        given = _lists_of(lists)
        return (Fault.MALFORMED,) if given is None else faults_of_sample(told, given)
    return faults_of_chain(told["items"]) if _is_chain(told) else faults_of(told)


def _lists_of(text: str | None) -> dict[Files, list[UUID]] | None:
    """The lists from which lots were drawn, by their names; nothing where they cannot be read."""
    told = _read(text or "{}")
    try:
        return None if told is None else {Files(name): [UUID(one) for one in ids] for name, ids in told.items()}
    except (TypeError, ValueError, AttributeError):
        return None


def _listed_in(told: dict[str, Any] | None) -> set[str]:
    """The names of the lists of a lot of a month that holds."""
    return {lot["files"] for lot in told["sample"]["lots"]} if told and "sample" in told else set()


def _is_chain(told: Mapping[str, object]) -> bool:
    """Say whether it is the answer of a list: all draws of a case."""
    items = told.get("items")
    return isinstance(items, list) and all(isinstance(one, dict) for one in items)
