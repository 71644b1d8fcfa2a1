"""What somebody is to get out of a project, and how they leave it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.domain.project.refusals import AmountImpossible
from app.domain.shared.refusal import require_words


class EndReason(StrEnum):
    """Why somebody leaves a project."""

    PERSON_WISHES = "person_wishes"
    """本人放弃"""
    MOVED_AWAY = "moved_away"
    """已迁出"""
    DIED = "died"
    """已去世"""
    NOT_ENTITLED = "not_entitled"
    """不再符合条件"""
    EXCEPTION_REFUSED = "exception_refused"
    """例外未获同意"""
    ENTERED_WRONGLY = "entered_wrongly"
    """登记有误"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody is to get out of a project."""

    person_id: UUID
    region: str
    """Where the person lives."""
    valid_from: date
    valid_to: date | None = None
    amount_fen: int
    exception: str = field(default="", repr=False)
    """Why it may be although another benefit stands against it; empty where no exception is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How somebody leaves a project.

    Raises:
        AmountImpossible: money was spent on somebody who had nothing of it.
        ReasonMissing: it is not said why.
    """

    reason: EndReason
    words: str = field(repr=False)
    spent_fen: int = 0
    """What of the amount was spent; the rest is free."""
    has_benefited: bool = False
    """Whether the person has had anything of it: it then counts elsewhere as a benefit until the day of leaving."""

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        if self.spent_fen and not self.has_benefited:
            raise AmountImpossible("What was spent on the person is a benefit. Say so.", pointer="/has_benefited")
        require_words(self.words, "Say in a sentence why the person leaves.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """What another officer finds was spent on somebody who has left."""

    spent_fen: int
    has_benefited: bool
    words: str = field(repr=False)
