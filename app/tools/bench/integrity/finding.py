"""What the alarms say of a quarter, and how that compares with what was planted."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any

from app.domain.integrity import (
    COMPARED,
    AlarmKind,
    Concluded,
    IntegrityRules,
    Share,
    Signal,
    compared,
    counted,
    counts_of,
    p_values,
    shares_of,
)
from app.tools.bench.integrity.fraud import Plan, Planted, subjects_of
from app.tools.bench.integrity.honest import PERIOD, Place, villages_before


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one fraud."""

    kind: str
    told: str
    false_cases: int
    guilty: int
    guilty_found: int
    cases_found: int
    """How many of the false cases lie with somebody who was found."""
    false_alarms: int
    """Alarms of this kind about somebody who has signed no false case."""

    def to_json(self) -> dict[str, Any]:
        """The figures for programs."""
        return asdict(self)


class Alarms:
    """All alarms of a place by one set of rules."""

    def __init__(self, place: Place, rules: IntegrityRules, *, seed: int) -> None:
        self._place, self._rules, self._seed = place, rules, seed

    def of(self, kind: AlarmKind, conclusions: Sequence[Concluded]) -> tuple[Signal, ...]:
        """The signals of a kind."""
        return self.with_chances(kind, conclusions)[0]

    def with_chances(
        self, kind: AlarmKind, conclusions: Sequence[Concluded]
    ) -> tuple[tuple[Signal, ...], tuple[float, ...]]:
        """The signals of a kind, and the p-values of all that were compared, before they are corrected."""
        if kind not in COMPARED:
            return counted(kind, counts_of(kind, conclusions), rules=self._rules), ()
        shares = self._shares(kind, conclusions)
        return compared(kind, shares, rules=self._rules), tuple(p_values(kind, shares, rules=self._rules))

    def _shares(self, kind: AlarmKind, conclusions: Sequence[Concluded]) -> tuple[Share, ...]:
        before = villages_before(self._place, seed=self._seed) if kind is AlarmKind.VILLAGE_CLUSTER else ()
        looked_at = chain(before, conclusions)
        return shares_of(kind, looked_at, rules=self._rules, thresholds=self._place.thresholds, since=PERIOD.first)


def found(plan: Plan, planted: Planted, alarms: Alarms) -> Found:
    """How many of the guilty, of their cases, and of the others an alarm is raised about."""
    subjects = {signal.subject for signal in alarms.of(plan.kind, planted.conclusions)}
    guilty = set(planted.false.values())
    touched = {subject for one in planted.conclusions if one.case_id in planted.false for subject in subjects_of(one)}
    return Found(
        kind=plan.kind.value,
        told=plan.told,
        false_cases=len(planted.false),
        guilty=len(guilty),
        guilty_found=len(guilty & subjects),
        cases_found=sum(subject in subjects for subject in planted.false.values()),
        false_alarms=len(subjects - touched - guilty),
    )
