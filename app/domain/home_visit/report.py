"""What a visitor writes down of a visit at home, and what was promised: who, by when, and what became of it."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID


class VisitOutcome(StrEnum):
    """What came of going there."""

    SEEN = "seen"
    """见到本人"""
    NOT_AT_HOME = "not_at_home"
    """不在家"""
    DECLINED = "declined"
    """不愿见面: nobody has to receive a visitor."""
    MOVED_AWAY = "moved_away"
    """已搬走: the office looks after the rest."""
    DIED = "died"
    """已去世: as the visitor was told; it is reported, and confirmed by nothing."""


class PromiseOutcome(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    """已兑现"""
    NOT_KEPT = "not_kept"
    """未能兑现"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What somebody has promised the person, who answers for it and by when."""

    number: int
    """Its place among the promises of the visit."""
    text: str = field(repr=False)
    owner_id: UUID
    """The account that answers for it."""
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One account of a visit: who was there, what was seen and said, needs and promises. No trace of where."""

    visited_on: date
    by: UUID
    outcome: VisitOutcome
    seen: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    """What the person said; in the person's words."""
    needs: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()

    @property
    def digest(self) -> str:
        """What it is known by: the same account has the same digest, wherever and however often it is told."""
        said = [self.visited_on, self.by, self.outcome, self.seen, self.words, *sorted(self.needs)]
        said += [part for one in self.promises for part in (one.number, one.text, one.owner_id, one.due_on)]
        return hashlib.sha256("\x1f".join(str(part) for part in said).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Settlement:
    """What one visitor says became of a promise."""

    number: int
    outcome: PromiseOutcome
    settled_on: date
    by: UUID
