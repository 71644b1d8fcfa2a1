"""How a seed and a list make a result. `docs/draws.md` says the same in words, for whoever writes it elsewhere."""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.domain.draw.eligible import Candidate
from app.domain.draw.stages import DrawPurpose
from app.domain.draw.turn import Turn, turns_digest

ALGORITHM = "yian-draw-1"
SEED_OCTETS = 32
WORD_OCTETS = 8
WORDS = 1 << (8 * WORD_OCTETS)
"""How many numbers a word of the stream can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """All that a result follows from, besides the seed."""

    draw_id: UUID
    number: int
    case_id: UUID
    purpose: DrawPurpose
    round: int
    candidates: tuple[Candidate, ...]
    doctors: int
    """How many doctors are drawn within the institution."""
    turns: tuple[Turn, ...] = ()
    """The choices for the case before this one, each of which came to nothing."""

    @property
    def context(self) -> str:
        """What binds the result to this draw, this case, this list, and what came before."""
        bound = (ALGORITHM, self.draw_id, self.number, self.case_id, self.purpose, self.round, self.doctors)
        before = (turns_digest(self.turns),) if self.turns else ()
        return "\n".join(map(str, (*bound, digest_of(self.candidates), *before)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Who was drawn. The ticket is the institution's first code: it differs as soon as anything bound to it does."""

    institution_id: UUID
    doctors: tuple[UUID, ...]
    ticket: str


def commitment_of(seed: bytes) -> str:
    """What is published of a seed beforehand.

    >>> commitment_of(bytes(32))[:16]
    '66687aadf862bd77'
    """
    return hashlib.sha256(seed).hexdigest()


def digest_of(candidates: Iterable[Candidate]) -> str:
    """The digest of a list: a line an institution, in order, with its doctors in order.

    >>> digest_of([Candidate(institution_id=UUID(int=1), doctors=(UUID(int=2),))])[:16]
    '2e4bb15d6e1d6105'
    """
    lines = sorted(" ".join(map(str, (one.institution_id, *sorted(one.doctors)))) for one in candidates)
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def drawn_by(seed: bytes, drawing: Drawing) -> Outcome:
    """Who is drawn by a seed: an institution, and so many of its doctors without putting one back."""
    institutions = sorted(drawing.candidates, key=lambda one: one.institution_id)
    place = index_of(seed, drawing.context, "institution", among=len(institutions))
    chosen = institutions[place]
    left, doctors = sorted(chosen.doctors), list[UUID]()
    for number in range(1, min(drawing.doctors, len(left)) + 1):
        doctors.append(left.pop(index_of(seed, drawing.context, f"doctor {number}", among=len(left))))
    return Outcome(
        institution_id=chosen.institution_id,
        doctors=tuple(doctors),
        ticket=code_of(seed, drawing.context, "institution", 0).hex(),
    )


def index_of(seed: bytes, context: str, label: str, *, among: int) -> int:
    """A number below `among`, each as likely as any other: words of the last, incomplete stretch are passed over."""
    limit = WORDS - WORDS % among
    attempt = 0
    while True:
        word = int.from_bytes(code_of(seed, context, label, attempt)[:WORD_OCTETS], "big")
        if word < limit:
            return word % among
        attempt += 1


def code_of(seed: bytes, context: str, label: str, attempt: int) -> bytes:  # noqa: PLR0917 - the parts of a message
    """HMAC-SHA256 of one attempt."""
    return hmac.digest(seed, "\n".join((context, label, str(attempt))).encode(), "sha256")


def ordered(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """A list in the order in which it is fixed."""
    return tuple(
        Candidate(institution_id=one.institution_id, doctors=tuple(sorted(one.doctors)))
        for one in sorted(candidates, key=lambda one: one.institution_id)
    )
