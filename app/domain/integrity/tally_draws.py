"""From draws to counts: who takes applications back once doctors are drawn, and who declines, in plain Python."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.integrity.kind import AlarmKind, Subject, SubjectKind
from app.domain.integrity.period import Period
from app.domain.integrity.signal import Count, Share
from app.domain.integrity.tally import Marks, shares_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """That who was drawn does not evaluate, by the word of a doctor or of the institution."""

    on: date
    institution: UUID
    doctors: tuple[UUID, ...] = ()
    """Those who have said so themselves; empty where it is the institution's word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A case for which somebody was drawn, as far as an alarm looks at it."""

    case_id: UUID
    person_id: UUID
    institution: UUID
    doctors: tuple[UUID, ...]
    withdrawn_on: date | None = None
    """When it was taken back; the draw was known by then."""
    concluded_on: date | None = None
    declines: tuple[Declined, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A case for which an office has chosen the institution by hand, and no register says that it had to."""

    case_id: UUID
    on: date
    institution: UUID
    doctors: tuple[UUID, ...] = ()
    """Those who have concluded since; by hand nobody is named before."""


def subject_of(person_id: UUID) -> Subject:
    """The files of one applicant, by a digest of the record's id.

    >>> subject_of(UUID(int=1)).key[:16]
    'b026ce9bf3a9bf21'
    """
    return Subject(SubjectKind.DIGEST, hashlib.sha256(str(person_id).encode()).hexdigest())


def withdrawal_shares_of(cases: Iterable[Asked], *, period: Period) -> tuple[Share, ...]:
    """Of what has come out in a period with the same doctor or institution drawn: how much was taken back."""
    return shares_by(_of_outcome(one) for one in cases if _is_within(one.withdrawn_on or one.concluded_on, period))


def draw_counts_of(
    kind: AlarmKind, cases: Iterable[Asked], *, period: Period, within: Period | None = None
) -> tuple[Count, ...]:
    """What a kind of alarm counts of draws, subject by subject.

    What is counted of one applicant reaches back (`within`), and is told when something has come in the period.
    """
    if kind is AlarmKind.DECLINED_DRAWS:
        return _counts(_declined(cases, period))
    days = _withdrawals(cases) if kind is AlarmKind.WITHDRAWN_AFTER_DRAW else _redraws(cases)
    return _counts(_going_on(days, period=period, within=within or period))


def hand_counts_of(chosen: Iterable[Chosen], *, period: Period) -> tuple[Count, ...]:
    """How often an institution was chosen by hand in a period, and who of its doctors has concluded then."""
    return _counts(
        (subject, one.case_id)
        for one in chosen
        if _is_within(one.on, period)
        for subject in (
            Subject(SubjectKind.INSTITUTION, str(one.institution)),
            *(Subject(SubjectKind.DOCTOR, str(doctor)) for doctor in one.doctors),
        )
    )


def _of_outcome(one: Asked) -> Marks:
    doctors = (Subject(SubjectKind.DOCTOR, str(doctor)) for doctor in one.doctors)
    for subject in (*doctors, Subject(SubjectKind.INSTITUTION, str(one.institution))):
        yield subject, "", one.withdrawn_on is not None


def _withdrawals(cases: Iterable[Asked]) -> Iterator[tuple[Subject, UUID, date]]:
    return ((subject_of(one.person_id), one.case_id, one.withdrawn_on) for one in cases if one.withdrawn_on)


def _redraws(cases: Iterable[Asked]) -> Iterator[tuple[Subject, UUID, date]]:
    return ((subject_of(one.person_id), one.case_id, decline.on) for one in cases for decline in one.declines)


def _declined(cases: Iterable[Asked], period: Period) -> Iterator[tuple[Subject, UUID]]:
    for one in cases:
        for decline in one.declines:
            if _is_within(decline.on, period):
                yield Subject(SubjectKind.INSTITUTION, str(decline.institution)), one.case_id
                for doctor in decline.doctors:
                    yield Subject(SubjectKind.DOCTOR, str(doctor)), one.case_id


def _going_on(
    days: Iterable[tuple[Subject, UUID, date]], *, period: Period, within: Period
) -> Iterator[tuple[Subject, UUID]]:
    found: dict[Subject, list[tuple[UUID, date]]] = defaultdict(list)
    for subject, case_id, on in days:
        if _is_within(on, within):
            found[subject].append((case_id, on))
    for subject, marks in found.items():
        if any(_is_within(on, period) for _, on in marks):
            yield from ((subject, case_id) for case_id, _ in marks)


def _counts(marks: Iterable[tuple[Subject, UUID]]) -> tuple[Count, ...]:
    times: Counter[Subject] = Counter()
    cases: dict[Subject, set[UUID]] = defaultdict(set)
    for subject, case_id in marks:
        times[subject] += 1
        cases[subject].add(case_id)
    return tuple(Count(subject=one, times=times[one], cases=len(cases[one])) for one in sorted(times))


def _is_within(on: date | None, period: Period) -> bool:
    return on is not None and period.first <= on <= period.last
