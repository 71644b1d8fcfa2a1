"""Whose word an item needs besides the applicant's, and how it comes."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.domain.shared.channel import Channel
from app.domain.shared.errors import Forbidden, Unprocessable


class SecondParty(StrEnum):
    """Who the second person is (第二方)."""

    GUARDIAN = "guardian"
    """监护人: whoever is on record as one on the day, or proves to be one at the counter."""
    HOUSEHOLD_MEMBER = "household_member"
    """共同申请人: somebody of age who lives with the person, and whose circumstances the item looks at."""


class NotTheSecondParty(Forbidden):
    """Somebody says yes or no whose word the item does not need; the applicant's own is no second one."""

    code = "not_the_second_party"
    title = "This is for the second person to say"


class SecondPartyUnknown(Unprocessable):
    """The officer names somebody who is not on record as the second person."""

    code = "second_party_unknown"
    title = "This person is not on record for it"


class ProofNotSeen(Unprocessable):
    """Nobody on record is named, and no proof can have been looked at."""

    code = "proof_not_seen"
    title = "Name who gave the word, or look at the proof"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenDown:
    """What an officer notes of a word that was given to the officer: by which way, and whose it was."""

    channel: Channel
    second_id: UUID | None = None
    """One of those on record; None where the officer has looked at the proof of a guardian who is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondWord:
    """A second person's word as it was given."""

    channel: Channel
    noted_by: UUID
    second_id: UUID | None
    """Who gave it; None for a guardian whose proof an officer has looked at."""
