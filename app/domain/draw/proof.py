"""Checking a draw from its proof alone: whoever was not there draws again, and says what does not fit."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast
from uuid import UUID

from app.domain.draw.algorithm import ALGORITHM, SEED_OCTETS, Drawing, commitment_of, digest_of, drawn_by
from app.domain.draw.eligible import Candidate
from app.domain.draw.stages import DrawPurpose
from app.domain.draw.turn import Turn, declined_by


class Fault(StrEnum):
    """What can be wrong with a proof."""

    MALFORMED = "malformed"
    """A part is missing, or is not of its kind."""
    NOT_REVEALED = "not_revealed"
    UNKNOWN_ALGORITHM = "unknown_algorithm"
    COMMITMENT_DOES_NOT_MATCH = "commitment_does_not_match"
    """The seed is not the one that was committed to, or the commitment is another."""
    PUBLISHED_TOO_LATE = "published_too_late"
    """The commitment is not older than the draw, or the seed was opened before it."""
    LIST_CHANGED = "list_changed"
    """The list is not the one whose digest was fixed, or names somebody twice."""
    DECLINED_LISTED = "declined_listed"
    """The list names an institution or a doctor that has declined the case before."""
    CHAIN_BROKEN = "chain_broken"
    """What came before it is not whole, or is not what the draws before it say."""
    RESULT_DIFFERS = "result_differs"
    """Drawing again finds somebody else, or the result was bound to something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a proof says, read."""

    drawing: Drawing
    commitment: str
    published_at: datetime
    drawn_at: datetime
    revealed_at: datetime
    list_digest: str
    seed: bytes
    institution_id: UUID
    doctors: tuple[UUID, ...]
    ticket: str


def faults_of(told: Mapping[str, object]) -> tuple[Fault, ...]:
    """All that is wrong with a proof as it travels (`GET /v1/draws/{id}`); nothing where it holds."""
    if told.get("seed") is None:
        return (Fault.NOT_REVEALED,)
    if told.get("algorithm") != ALGORITHM:
        return (Fault.UNKNOWN_ALGORITHM,)
    try:
        proof = read(told)
    except (KeyError, TypeError, ValueError, AttributeError):
        return (Fault.MALFORMED,)
    return tuple(_faults(proof))


def _faults(proof: Proof) -> Iterator[Fault]:
    if commitment_of(proof.seed) != proof.commitment:
        yield Fault.COMMITMENT_DOES_NOT_MATCH
    if not proof.published_at < proof.drawn_at <= proof.revealed_at:
        yield Fault.PUBLISHED_TOO_LATE
    if digest_of(proof.drawing.candidates) != proof.list_digest or _names_twice(proof.drawing.candidates):
        yield Fault.LIST_CHANGED
    if _lists_declined(proof.drawing):
        yield Fault.DECLINED_LISTED
    if not _is_whole(proof.drawing):
        yield Fault.CHAIN_BROKEN
    again = drawn_by(proof.seed, proof.drawing)
    if (again.institution_id, again.doctors, again.ticket) != (proof.institution_id, proof.doctors, proof.ticket):
        yield Fault.RESULT_DIFFERS


def _names_twice(candidates: tuple[Candidate, ...]) -> bool:
    named = Counter(one.institution_id for one in candidates)
    return max(named.values()) > 1 or any(len(set(one.doctors)) < len(one.doctors) for one in candidates)


def _lists_declined(drawing: Drawing) -> bool:
    listed = {one for line in drawing.candidates for one in (line.institution_id, *line.doctors)}
    return bool(listed & declined_by(drawing.turns))


def _is_whole(drawing: Drawing) -> bool:
    """Each round before has its turn, and doctors stand in for as many of the last one as have declined."""
    turns = drawing.turns
    if [turn.round for turn in turns] != list(range(1, drawing.round)):
        return False
    if drawing.purpose is not DrawPurpose.STAND_IN:
        return True
    lines = [one.institution_id for one in drawing.candidates]
    return bool(turns) and lines == [turns[-1].institution_id] and drawing.doctors == len(turns[-1].doctors) > 0


def read(told: Mapping[str, object]) -> Proof:
    """A proof as it travels, read.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: a part is missing, or is not of its kind.
    """
    result = cast("Mapping[str, object]", told["result"])
    seed = bytes.fromhex(_text(told, "seed"))
    candidates = tuple(_candidate(one) for one in cast("list[Mapping[str, object]]", told["candidates"]))
    if len(seed) != SEED_OCTETS or not candidates:
        raise ValueError("A seed has so many octets, and a list has a line.")
    return Proof(
        drawing=Drawing(
            draw_id=UUID(_text(told, "id")),
            number=_whole(told, "number"),
            case_id=UUID(_text(told, "case_id")),
            purpose=DrawPurpose(_text(told, "purpose")),
            round=_whole(told, "round"),
            candidates=candidates,
            doctors=_whole(told, "doctors_needed"),
            turns=tuple(_turn(one) for one in cast("list[Mapping[str, object]]", told["turns"])),
        ),
        commitment=_text(told, "commitment"),
        published_at=_instant(told, "published_at"),
        drawn_at=_instant(told, "drawn_at"),
        revealed_at=_instant(told, "revealed_at"),
        list_digest=_text(told, "list_digest"),
        seed=seed,
        institution_id=UUID(_text(result, "institution_id")),
        doctors=tuple(UUID(str(one)) for one in cast("list[object]", result["doctors"])),
        ticket=_text(result, "ticket"),
    )


def _candidate(told: Mapping[str, object]) -> Candidate:
    doctors = cast("list[object]", told["doctors"])
    return Candidate(
        institution_id=UUID(_text(told, "institution_id")), doctors=tuple(UUID(str(one)) for one in doctors)
    )


def _turn(told: Mapping[str, object]) -> Turn:
    draw_id, reason = told["draw_id"], told["reason"]
    return Turn(
        round=_whole(told, "round"),
        institution_id=UUID(_text(told, "institution_id")),
        draw_id=None if draw_id is None else UUID(_text(told, "draw_id")),
        doctors=tuple(UUID(str(one)) for one in cast("list[object]", told["doctors"])),
        reason=None if reason is None else _text(told, "reason"),
    )


def _text(told: Mapping[str, object], name: str) -> str:
    value = told[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} is a text.")
    return value


def _instant(told: Mapping[str, object], name: str) -> datetime:
    value = datetime.fromisoformat(_text(told, name))
    if value.tzinfo is None:
        raise ValueError(f"{name} says its offset.")
    return value


def _whole(told: Mapping[str, object], name: str) -> int:
    value = told[name]
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} is a whole number.")
    return value
