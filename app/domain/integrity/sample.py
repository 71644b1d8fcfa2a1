"""Which files of a month are read again at random (随机抽查), by a seed that was sealed before: all can check it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Self
from uuid import UUID

from app.domain.draw import Draw, SeedNotCommitted, commitment_of
from app.domain.draw.algorithm import code_of
from app.domain.integrity.kind import METHODS, AlarmKind, Subject, SubjectKind
from app.domain.integrity.period import Period
from app.domain.integrity.rules import Sampling
from app.domain.integrity.signal import Signal

ALGORITHM = "yian-sample-1"
_PER_MILLE = 1000


class Files(StrEnum):
    """From which files a lot is drawn."""

    CONCLUSIONS = "conclusions"
    """What doctors have concluded in the month: certificate cases."""
    GRANTS = "grants"
    """What is running on the day of the draw and rests on a certificate: benefit cases, but for whoever has a condition
    that the doctors call permanent."""
    DELIVERIES = "deliveries"
    """What was delivered in the month: records of referrals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """What was drawn from one list."""

    files: Files
    total: int
    list_digest: str
    """SHA-256 of the list: the ids in order, a line each."""
    key: str
    """What the files are ordered by, with their ids: it follows from the seed and all that the lot is bound to."""
    drawn: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The draw of one county for one month, with all that it takes to draw again (抽查记录)."""

    draw_id: UUID
    number: int
    commitment: str
    published_at: datetime
    drawn_at: datetime
    seed: str
    """In hexadecimal digits; nobody knew it before."""
    lots: tuple[Lot, ...]

    @classmethod
    def draw(
        cls,
        published: Draw,
        seed: bytes,
        *,
        region: str,
        month: Period,
        lists: Mapping[Files, Iterable[UUID]],
        shares: Mapping[Files, Sampling],
        at: datetime,
    ) -> Self:
        """Draw from lists that are fixed, with the next commitment of the county's office.

        Raises:
            SeedNotCommitted: the commitment is not older than the draw, or not that of the seed.
        """
        if published.published_at >= at or commitment_of(seed) != published.commitment:
            raise SeedNotCommitted("A sample is drawn with a seed that was sealed before. Tell the operator.")
        context = bound_to(published.id, published.number, region=region, first=month.first)
        return cls(
            draw_id=published.id,
            number=published.number,
            commitment=published.commitment,
            published_at=published.published_at,
            drawn_at=at,
            seed=seed.hex(),
            lots=tuple(
                _lot(files, cases, seed=seed, context=context, sampling=shares[files]) for files, cases in lists.items()
            ),
        )

    @property
    def drawn(self) -> tuple[UUID, ...]:
        """All files that are read again, of whichever list."""
        return tuple(case for lot in self.lots for case in lot.drawn)

    def of(self, files: Files) -> tuple[UUID, ...]:
        """What was drawn from one list."""
        return tuple(case for lot in self.lots if lot.files is files for case in lot.drawn)


def drawn(cases: Iterable[UUID], *, key: str, sampling: Sampling) -> tuple[UUID, ...]:
    """Some of the cases, each as likely as any other, whatever their order and whoever concluded.

    What is drawn is a file, not a person: see `Look`. Whoever may see the key can order any file by it, and see on
    which side of the last drawn one it lies.

    >>> drawn([UUID(int=1)], key="2026-10", sampling=Sampling(per_mille=20, at_least=1))
    (UUID('00000000-0000-0000-0000-000000000001'),)
    """
    ordered = in_order(cases, key=key)
    count = max(sampling.at_least, -(-len(ordered) * sampling.per_mille // _PER_MILLE))
    return ordered[:count]


def in_order(cases: Iterable[UUID], *, key: str) -> tuple[UUID, ...]:
    """All of a list, each once, in the order of a key."""
    return tuple(sorted(set(cases), key=lambda case: sha256(f"{key}/{case}".encode()).digest()))


def bound_to(draw_id: UUID, number: int, *, region: str, first: date) -> str:
    """What the lot of a county and a month is bound to, whatever the list."""
    return "\n".join(map(str, (ALGORITHM, draw_id, number, region, first)))


def digest_of_list(cases: Iterable[UUID]) -> str:
    """SHA-256 of the ids in order, a line each."""
    return sha256("".join(f"{case}\n" for case in sorted(set(cases))).encode()).hexdigest()


def key_of(seed: bytes, context: str, *, files: Files, digest: str) -> str:
    """What a list is ordered by: it follows from the seed and all that the lot is bound to."""
    return code_of(seed, f"{context}\n{digest}", files, 0).hex()


def sampled(region: str, sample: Sample) -> Signal:
    """The same as a signal: it is about a place and nobody in it."""
    count = len(sample.drawn)
    return Signal(
        kind=AlarmKind.RANDOM_SAMPLE,
        subject=Subject(SubjectKind.PLACE, region),
        of="",
        observed=count,
        expected=count,
        cases=sum(lot.total for lot in sample.lots),
        method=METHODS[AlarmKind.RANDOM_SAMPLE],
    )


def _lot(files: Files, cases: Iterable[UUID], *, seed: bytes, context: str, sampling: Sampling) -> Lot:
    listed = set(cases)
    digest = digest_of_list(listed)
    key = key_of(seed, context, files=files, digest=digest)
    chosen = drawn(listed, key=key, sampling=sampling)
    return Lot(files=files, total=len(listed), list_digest=digest, key=key, drawn=chosen)
