"""What happens to a draw, in the past tense: ids, digests and instants, and nothing of whom it is drawn for."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from app.domain.draw.stages import DrawPurpose
from app.domain.shared.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawPublished(Event):
    """The commitment to a seed was published; for which case it will be used nobody knows yet."""

    name: ClassVar[str] = "draw.published"

    draw_id: UUID
    organisation_id: UUID
    number: int
    commitment: str
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDrawn(Event):
    """The list of the eligible was fixed for a case, before anybody knew the seed."""

    name: ClassVar[str] = "draw.drawn"

    draw_id: UUID
    case_id: UUID
    purpose: DrawPurpose
    round: int
    list_digest: str
    eligible: int
    drawn_by: UUID
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRevealed(Event):
    """The seed was opened, and whoever wants to can draw again and find the same."""

    name: ClassVar[str] = "draw.revealed"

    draw_id: UUID
    case_id: UUID
    seed: str
    institution_id: UUID
    doctors: tuple[UUID, ...]
