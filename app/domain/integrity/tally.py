"""From conclusions to counts, subject by subject: what the database counts for a deployment, in plain Python."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias
from uuid import UUID

from app.domain.certificate import Measure, Side, Threshold
from app.domain.integrity.kind import AlarmKind, Subject, SubjectKind
from app.domain.integrity.rules import IntegrityRules
from app.domain.integrity.signal import Count, Share
from app.domain.shared.identity import Category, Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    """One conclusion, as far as an alarm looks at it. It names no person."""

    case_id: UUID
    doctors: tuple[UUID, ...]
    institution: UUID
    village: str
    category: Category | None
    """Empty, as the grade is, where the standard is not met."""
    grade: Grade | None
    applied_on: date
    concluded_on: date
    measured: Mapping[Measure, Decimal] = field(default_factory=dict)
    address: str = ""
    """The keyed digest of where the person lives; empty where none is known."""
    phone: str = ""


Marks: TypeAlias = Iterator[tuple[Subject, str, bool]]
"""Of one file: the subjects it counts for, within what, and whether it is marked."""


def shares_of(
    kind: AlarmKind,
    conclusions: Iterable[Concluded],
    *,
    rules: IntegrityRules,
    thresholds: tuple[Threshold, ...] = (),
    since: date = date.min,
) -> tuple[Share, ...]:
    """The shares that a kind of alarm compares; `since` is where the period begins, of what goes back further."""
    marks: dict[AlarmKind, Callable[[Concluded], Marks]] = {
        AlarmKind.SEVERE_SHARE: lambda one: _severe(one, rules),
        AlarmKind.HEAPED_MEASUREMENTS: lambda one: _heaped(one, thresholds, rules),
        AlarmKind.VILLAGE_CLUSTER: lambda one: _clustered(one, since),
    }
    return shares_by(marks[kind](one) for one in conclusions)


def shares_by(files: Iterable[Marks]) -> tuple[Share, ...]:
    """The shares that the marks of many files come to."""
    cases: Counter[tuple[Subject, str]] = Counter()
    marked: Counter[tuple[Subject, str]] = Counter()
    all_cases: Counter[tuple[SubjectKind, str]] = Counter()
    all_marked: Counter[tuple[SubjectKind, str]] = Counter()
    for one in files:
        found = tuple(one)
        for subject, of, is_marked in found:
            cases[subject, of] += 1
            marked[subject, of] += is_marked
        # Two doctors sign one conclusion, and it is one case all the same: the others are those without the subject.
        for key, is_marked in {(subject.kind, of): is_marked for subject, of, is_marked in found}.items():
            all_cases[key] += 1
            all_marked[key] += is_marked
    return tuple(
        Share(
            subject=subject,
            of=of,
            marked=marked[subject, of],
            cases=count,
            marked_elsewhere=all_marked[subject.kind, of] - marked[subject, of],
            cases_elsewhere=all_cases[subject.kind, of] - count,
        )
        for (subject, of), count in sorted(cases.items())
    )


def counts_of(kind: AlarmKind, conclusions: Iterable[Concluded]) -> tuple[Count, ...]:
    """What a kind of alarm counts, subject by subject."""
    return tuple(_COUNTS[kind](conclusions))


def _severe(one: Concluded, rules: IntegrityRules) -> Marks:
    if one.category is None or one.grade is None:
        return
    for subject in (*_doctors(one), Subject(SubjectKind.INSTITUTION, str(one.institution))):
        yield subject, one.category.slug, one.grade <= rules.severe_until


def _heaped(one: Concluded, thresholds: tuple[Threshold, ...], rules: IntegrityRules) -> Marks:
    for threshold in thresholds:
        value = one.measured.get(threshold.measure)
        side = threshold.side_of(value, within=rules.widths[threshold.measure]) if value is not None else None
        if side:
            for doctor in _doctors(one):
                yield doctor, threshold.measure, side is Side.BEYOND


def _clustered(one: Concluded, since: date) -> Marks:
    if one.category is not None:
        yield Subject(SubjectKind.VILLAGE, one.village), "", one.concluded_on >= since


def _doctors(one: Concluded) -> tuple[Subject, ...]:
    return tuple(Subject(SubjectKind.DOCTOR, str(doctor)) for doctor in one.doctors)


def _paces(conclusions: Iterable[Concluded]) -> Iterator[Count]:
    days = Counter((doctor, one.concluded_on) for one in conclusions for doctor in _doctors(one))
    worst: dict[Subject, int] = {}
    for (doctor, _), count in days.items():
        worst[doctor] = max(count, worst.get(doctor, 0))
    return (Count(subject=doctor, times=count, cases=count) for doctor, count in sorted(worst.items()))


def _too_early(conclusions: Iterable[Concluded]) -> Iterator[Count]:
    found = Counter(str(one.institution) for one in conclusions if one.concluded_on < one.applied_on)
    return (
        Count(subject=Subject(SubjectKind.INSTITUTION, key), times=count, cases=count)
        for key, count in sorted(found.items())
    )


def _in_two_places(conclusions: Iterable[Concluded]) -> Iterator[Count]:
    places: dict[tuple[Subject, date], Counter[UUID]] = defaultdict(Counter)
    for one in conclusions:
        for doctor in _doctors(one):
            places[doctor, one.concluded_on][one.institution] += 1
    days: Counter[Subject] = Counter()
    cases: Counter[Subject] = Counter()
    for (doctor, _), institutions in places.items():
        if len(institutions) > 1:
            days[doctor] += 1
            cases[doctor] += institutions.total()
    return (Count(subject=doctor, times=days[doctor], cases=cases[doctor]) for doctor in sorted(days))


def _shared(digest: Callable[[Concluded], str]) -> Callable[[Iterable[Concluded]], Iterator[Count]]:
    def counts(conclusions: Iterable[Concluded]) -> Iterator[Count]:
        found = Counter(key for one in conclusions if (key := digest(one)))
        return (
            Count(subject=Subject(SubjectKind.DIGEST, key), times=count, cases=count)
            for key, count in sorted(found.items())
        )

    return counts


_COUNTS: Mapping[AlarmKind, Callable[[Iterable[Concluded]], Iterator[Count]]] = {
    AlarmKind.PACE: _paces,
    AlarmKind.CONCLUDED_BEFORE_APPLICATION: _too_early,
    AlarmKind.TWO_PLACES: _in_two_places,
    AlarmKind.SHARED_ADDRESS: _shared(lambda one: one.address),
    AlarmKind.SHARED_PHONE: _shared(lambda one: one.phone),
}
