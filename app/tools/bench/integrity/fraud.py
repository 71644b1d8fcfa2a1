"""Frauds to be planted: each turns some of the honest conclusions into false ones, and remembers which and whose."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import TypeAlias
from uuid import UUID

from app.domain.certificate import Measure, Side, Threshold
from app.domain.integrity import AlarmKind, Concluded, IntegrityRules, Subject, SubjectKind
from app.domain.shared.identity import Grade
from app.tools.bench.integrity.honest import Place, grade_of

PLANTED_OF = 100
"""One in so many is false."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One fraud: what is done, and how densely it is done by whoever does it."""

    kind: AlarmKind
    told: str
    density: int
    """Per cent of the own cases of a guilty doctor, or how many in one village, day, or behind one digest."""


PLANS = (
    Plan(AlarmKind.SEVERE_SHARE, "a doctor makes every second light case severe", 50),
    Plan(AlarmKind.SEVERE_SHARE, "a doctor makes every fifth light case severe", 20),
    Plan(AlarmKind.SEVERE_SHARE, "every twentieth light case is made severe", 5),
    Plan(AlarmKind.HEAPED_MEASUREMENTS, "a doctor moves every value that is just short", 100),
    Plan(AlarmKind.HEAPED_MEASUREMENTS, "a doctor moves every third of them", 33),
    Plan(AlarmKind.HEAPED_MEASUREMENTS, "every tenth of them is moved", 10),
    Plan(AlarmKind.VILLAGE_CLUSTER, "25 more from a village", 25),
    Plan(AlarmKind.VILLAGE_CLUSTER, "5 more from a village", 5),
    Plan(AlarmKind.PACE, "100 on one day of a doctor", 100),
    Plan(AlarmKind.PACE, "40 on one day of a doctor", 40),
    Plan(AlarmKind.CONCLUDED_BEFORE_APPLICATION, "dated before the application", 1),
    Plan(AlarmKind.TWO_PLACES, "signed for a second institution on a day of work", 1),
    Plan(AlarmKind.SHARED_ADDRESS, "20 from one address", 20),
    Plan(AlarmKind.SHARED_ADDRESS, "5 from one address", 5),
    Plan(AlarmKind.SHARED_PHONE, "20 with one telephone", 20),
    Plan(AlarmKind.SHARED_PHONE, "4 with one telephone", 4),
)


@dataclass(frozen=True, slots=True)
class Planted:
    """Conclusions of which some are false."""

    conclusions: list[Concluded]
    false: dict[UUID, Subject]
    """Each false case, and whose it is."""


_Changed: TypeAlias = dict[UUID, tuple[Concluded, Subject]]
_BY_DOCTORS = frozenset({AlarmKind.SEVERE_SHARE, AlarmKind.HEAPED_MEASUREMENTS})


class Planter:
    """Plants one fraud among honest conclusions."""

    def __init__(self, place: Place, rules: IntegrityRules, *, seed: int) -> None:
        self._place, self._rules = place, rules
        self._chance = Random(f"fraud {seed}")  # noqa: S311 - the same fraud for the same seed is what is wanted

    def plant(self, plan: Plan, honest: list[Concluded]) -> Planted:
        """Make one in a hundred false, in the way of the plan."""
        wanted = len(honest) // PLANTED_OF
        changed = self._by_doctors(plan, honest, wanted) if plan.kind in _BY_DOCTORS else self._by_groups(plan, honest)
        conclusions = [changed[one.case_id][0] if one.case_id in changed else one for one in honest]
        return Planted(conclusions, {case: subject for case, (_, subject) in changed.items()})

    def _by_doctors(self, plan: Plan, honest: list[Concluded], wanted: int) -> _Changed:
        by_doctor: dict[UUID, list[Concluded]] = {}
        for one in honest:
            by_doctor.setdefault(one.doctors[0], []).append(one)
            by_doctor.setdefault(one.doctors[1], []).append(one)
        found: _Changed = {}
        for guilty in self._chance.sample(sorted(by_doctor), len(by_doctor)):
            for one in by_doctor[guilty]:
                if len(found) == wanted:
                    return found
                false = self._falsified(plan.kind, one)
                if false and one.case_id not in found and self._chance.randrange(100) < plan.density:
                    found[one.case_id] = false, Subject(SubjectKind.DOCTOR, str(guilty))
        return found

    def _falsified(self, kind: AlarmKind, one: Concluded) -> Concluded | None:
        if kind is AlarmKind.HEAPED_MEASUREMENTS:
            return self._moved(one)
        is_light = one.grade is not None and one.grade > self._rules.severe_until
        return replace(one, grade=Grade.SECOND) if is_light else None

    def _moved(self, one: Concluded) -> Concluded | None:
        """The same with its value just beyond the threshold that it is short of."""
        for threshold in self._place.thresholds:
            value = one.measured.get(threshold.measure)
            if value is None:
                continue
            width = self._rules.widths[threshold.measure]
            if threshold.side_of(value, within=width) is Side.SHORT:
                beyond = _just_beyond(threshold)
                grade = grade_of(threshold.measure, beyond, self._place.thresholds)
                return replace(one, measured={threshold.measure: beyond}, grade=grade)
        return None

    def _by_groups(self, plan: Plan, honest: list[Concluded]) -> _Changed:
        """Some of them, in groups as large as the plan says, each group as one would do it."""
        false = self._chance.sample(honest, len(honest) // PLANTED_OF)
        groups = [false[at : at + plan.density] for at in range(0, len(false), plan.density)]
        return {one.case_id: self._in_group(plan.kind, one, group[0]) for group in groups for one in group}

    def _in_group(self, kind: AlarmKind, one: Concluded, first: Concluded) -> tuple[Concluded, Subject]:
        """One false case, as the first of its group has it, and whose it is."""
        doctor = Subject(SubjectKind.DOCTOR, str(first.doctors[0]))
        match kind:
            case AlarmKind.VILLAGE_CLUSTER:
                return replace(one, village=first.village), Subject(SubjectKind.VILLAGE, first.village)
            case AlarmKind.PACE:
                day = first.concluded_on
                same = replace(one, doctors=first.doctors, institution=first.institution, concluded_on=day)
                return replace(same, applied_on=min(one.applied_on, day)), doctor
            case AlarmKind.CONCLUDED_BEFORE_APPLICATION:
                early = replace(one, applied_on=one.concluded_on + timedelta(days=1))
                return early, Subject(SubjectKind.INSTITUTION, str(one.institution))
            case AlarmKind.TWO_PLACES:
                return replace(one, institution=UUID(int=one.institution.int % self._place.institutions + 1)), doctor
            case AlarmKind.SHARED_ADDRESS:
                return replace(one, address=f"one{first.address}"), Subject(SubjectKind.DIGEST, f"one{first.address}")
            case AlarmKind.SHARED_PHONE:
                return replace(one, phone=f"one{first.phone}"), Subject(SubjectKind.DIGEST, f"one{first.phone}")
            case _:
                raise AssertionError(kind)


def subjects_of(one: Concluded) -> frozenset[Subject]:
    """Everybody and everything that a conclusion can make an alarm about."""
    return frozenset(
        {
            *(Subject(SubjectKind.DOCTOR, str(doctor)) for doctor in one.doctors),
            Subject(SubjectKind.INSTITUTION, str(one.institution)),
            Subject(SubjectKind.VILLAGE, one.village),
            Subject(SubjectKind.DIGEST, one.address),
            Subject(SubjectKind.DIGEST, one.phone),
        }
    )


def _just_beyond(threshold: Threshold) -> Decimal:
    if threshold.is_in_heavier:
        return threshold.bound
    step = Decimal("0.01") if threshold.measure is Measure.ACUITY else Decimal(1)
    return threshold.bound + (step if threshold.is_heavier_above else -step)
