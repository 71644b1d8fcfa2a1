"""Which conclusions of a month are read again at random (随机抽查): whoever knows the seed can draw the same again."""

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from app.domain.integrity.kind import METHODS, AlarmKind, Subject, SubjectKind
from app.domain.integrity.rules import Sampling
from app.domain.integrity.signal import Signal

_ALL = 1000


def drawn(cases: Iterable[UUID], *, seed: str, sampling: Sampling) -> tuple[UUID, ...]:
    """Some of the cases, each as likely as any other, whatever their order and whoever concluded.

    What is drawn is a file, not a person: see `Look`. Nobody can know the seed before the lot is drawn, and it is kept
    with the sample: nobody picks, nobody prepares, and whoever may see it can check.

    >>> drawn([UUID(int=1)], seed="2026-10", sampling=Sampling(per_mille=20, at_least=1))
    (UUID('00000000-0000-0000-0000-000000000001'),)
    """
    ordered = sorted(set(cases), key=lambda case: sha256(f"{seed}/{case}".encode()).digest())
    count = max(sampling.at_least, -(-len(ordered) * sampling.per_mille // _ALL))
    return tuple(ordered[:count])


def sampled(region: str, *, seed: str, drawn_cases: int, of: int) -> Signal:
    """The same as a signal: it is about a place and nobody in it, and `of` holds the seed."""
    return Signal(
        kind=AlarmKind.RANDOM_SAMPLE,
        subject=Subject(SubjectKind.PLACE, region),
        of=seed,
        observed=drawn_cases,
        expected=drawn_cases,
        cases=of,
        method=METHODS[AlarmKind.RANDOM_SAMPLE],
    )
