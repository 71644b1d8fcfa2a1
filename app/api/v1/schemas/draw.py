"""Draws, as they travel: each is the proof of itself, which `./yian draws verify` checks."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from app.api.v1.schemas.types import Output, Version
from app.domain.draw import ALGORITHM, Draw, DrawPurpose, DrawStage

Digest = Annotated[
    str,
    StringConstraints(min_length=64, max_length=64, pattern=r"^[0-9a-f]{64}$"),
    Field(examples=["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]),
]


class CandidateRead(Output):
    """One line of the list: an institution, and those of its doctors who may be drawn."""

    institution_id: UUID
    doctors: Annotated[list[UUID], Field(max_length=1000, description="Their accounts.")]


class DrawResultRead(Output):
    """Who was drawn."""

    institution_id: UUID
    doctors: Annotated[list[UUID], Field(max_length=20, description="Their accounts, in the order drawn.")]
    ticket: Annotated[Digest, Field(description="The first code of the draw: it differs as soon as anything does.")]


class DrawTurnRead(Output):
    """One choice for the same case before it, which came to nothing."""

    round: Annotated[int, Field(ge=1)]
    institution_id: UUID
    draw_id: Annotated[UUID | None, Field(description="The draw; null where an office had chosen by hand.")]
    doctors: Annotated[
        list[UUID], Field(max_length=20, description="Who has declined of the drawn; empty for the institution whole.")
    ]
    reason: Annotated[
        str | None, Field(max_length=64, description="Why it was declined; null where a review has sent the case back.")
    ]


class DrawRead(Output):
    """A draw: before it is taken no more than a commitment, afterwards all that is needed to draw again."""

    id: UUID
    organisation_id: Annotated[UUID, Field(description="The office whose series it belongs to.")]
    number: Annotated[int, Field(ge=1, description="Its place in the series; the lowest that is left is taken.")]
    stage: DrawStage
    algorithm: Annotated[str, Field(max_length=32, description="How the result follows: see docs/draws.md.")]
    commitment: Annotated[Digest, Field(description="SHA-256 of the seed, in hexadecimal digits.")]
    published_at: Annotated[datetime, Field(description="When the commitment was published.")]
    purpose: Annotated[DrawPurpose | None, Field(description="What it was taken for; null before.")]
    case_id: Annotated[UUID | None, Field(description="The case that it was taken for; null before.")]
    round: Annotated[int | None, Field(ge=1, description="The how manieth choice of that case it is.")]
    turns: Annotated[
        list[DrawTurnRead],
        Field(max_length=100, description="What came before, in order; the result is bound to it."),
    ]
    drawn_at: Annotated[datetime | None, Field(description="When the list was fixed.")]
    candidates: Annotated[list[CandidateRead], Field(max_length=1000, description="The list of the eligible.")]
    doctors_needed: Annotated[int, Field(ge=0, description="How many doctors are drawn within the institution.")]
    list_digest: Annotated[Digest | None, Field(description="SHA-256 of the list.")]
    seed: Annotated[Digest | None, Field(description="The seed, in hexadecimal digits; null until it is revealed.")]
    revealed_at: Annotated[datetime | None, Field(description="When the seed was opened.")]
    result: Annotated[DrawResultRead | None, Field(description="Who was drawn.")]
    rule_versions: Annotated[list[str], Field(max_length=20, description="The rules that the list follows.")]
    version: Version

    @classmethod
    def of(cls, draw: Draw) -> Self:
        """The draw as it travels. Whom it is drawn for is not told."""
        return cls(
            id=draw.id,
            organisation_id=draw.organisation_id,
            number=draw.number,
            stage=draw.stage,
            algorithm=ALGORITHM,
            commitment=draw.commitment,
            published_at=draw.published_at,
            purpose=draw.taken_for.purpose if draw.taken_for else None,
            case_id=draw.case_id,
            round=draw.round,
            turns=_turns(draw),
            drawn_at=draw.drawn_at,
            candidates=[
                CandidateRead(institution_id=one.institution_id, doctors=list(one.doctors)) for one in draw.candidates
            ],
            doctors_needed=draw.doctors,
            list_digest=draw.list_digest,
            seed=draw.seed,
            revealed_at=draw.revealed_at,
            result=_result(draw),
            rule_versions=list(draw.rule_versions),
            version=draw.version,
        )


def _turns(draw: Draw) -> list[DrawTurnRead]:
    return [
        DrawTurnRead(
            round=turn.round,
            institution_id=turn.institution_id,
            draw_id=turn.draw_id,
            doctors=list(turn.doctors),
            reason=turn.reason,
        )
        for turn in (draw.taken_for.turns if draw.taken_for else ())
    ]


def _result(draw: Draw) -> DrawResultRead | None:
    if draw.outcome is None:
        return None
    drawn = draw.outcome
    return DrawResultRead(institution_id=drawn.institution_id, doctors=list(drawn.doctors), ticket=drawn.ticket)
