"""Synthetic conclusions of a quarter in which nobody does wrong, the same for the same seed. All is made up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from app.domain.certificate import Measure, Threshold
from app.domain.integrity import Concluded, Period
from app.domain.shared.identity import Category, Grade

PERIOD = Period(date(2026, 7, 1), date(2026, 9, 30))
CASES_AN_INSTITUTION, DOCTORS_AN_INSTITUTION, CASES_A_VILLAGE = 800, 6, 5
BEFORE = 2
"""How many earlier conclusions a village has for each of the quarter."""
_DAYS = (PERIOD.last - PERIOD.first).days
_CATEGORIES = {
    Category.VISUAL: 12,
    Category.HEARING: 16,
    Category.SPEECH: 4,
    Category.PHYSICAL: 42,
    Category.INTELLECTUAL: 10,
    Category.MENTAL: 10,
    Category.MULTIPLE: 6,
}
_GRADES = {Grade.FIRST: 12, Grade.SECOND: 20, Grade.THIRD: 25, Grade.FOURTH: 43}
_CHART = tuple(Decimal(hundredths) / 100 for hundredths in (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50))
"""The steps of a chart of letters, about equally far apart to the eye."""
_MEASURES: Mapping[Category, tuple[Measure, float, float]] = {
    Category.HEARING: (Measure.HEARING_DB, 66, 20),
    Category.SPEECH: (Measure.SPEECH_CLARITY_PERCENT, 40, 20),
    Category.INTELLECTUAL: (Measure.INTELLIGENCE_QUOTIENT, 46, 15),
}
"""Mean and deviation of what is measured; made up, as all of this is."""
_HOME, _FAMILY = 30, 3
_HOMES_A_MILLION = 50


@dataclass(frozen=True, slots=True)
class Place:
    """Who concludes, and from where people come."""

    cases: int
    thresholds: tuple[Threshold, ...]
    unevenness: float = 0.0
    """How far the share of severe cases differs from institution to institution, though all are honest."""

    @property
    def institutions(self) -> int:
        """How many conclude."""
        return max(2, self.cases // CASES_AN_INSTITUTION)

    @property
    def villages(self) -> int:
        """From how many villages people come."""
        return max(2, self.cases // CASES_A_VILLAGE)


def conclusions(place: Place, *, seed: int) -> list[Concluded]:
    """The conclusions of a quarter."""
    chance = Random(seed)  # noqa: S311 - the same quarter for the same seed is what is wanted
    mix = [chance.gauss(0, place.unevenness) for _ in range(place.institutions)]
    contacts = _contacts(chance)
    return [_concluded(number, place, mix, next(contacts), chance) for number in range(place.cases)]


def villages_before(place: Place, *, seed: int) -> Iterator[Concluded]:
    """What was concluded in the months before, of which only the village counts."""
    chance = Random(f"before {seed}")  # noqa: S311 - as above
    on = PERIOD.first - timedelta(days=1)
    nobody = UUID(int=0)
    return (
        Concluded(
            case_id=nobody,
            doctors=(),
            institution=nobody,
            village=f"village/{chance.randrange(place.villages)}",
            category=Category.PHYSICAL,
            grade=Grade.FOURTH,
            applied_on=on,
            concluded_on=on,
        )
        for _ in range(place.cases * BEFORE)
    )


def doctor(institution: int, number: int) -> UUID:
    """The id of one of the doctors of an institution."""
    return UUID(int=(institution + 1) * 1000 + number)


def grade_of(measure: Measure, value: Decimal, thresholds: tuple[Threshold, ...]) -> Grade | None:
    """The grade that a value means by the tables; None where it is short of all."""
    return min((one.grade for one in thresholds if one.measure is measure and is_beyond(one, value)), default=None)


def is_beyond(threshold: Threshold, value: Decimal) -> bool:
    """Whether a value means the grade of a threshold or a heavier one."""
    if value == threshold.bound:
        return threshold.is_in_heavier
    return (value > threshold.bound) == threshold.is_heavier_above


def _concluded(number: int, place: Place, mix: list[float], contact: tuple[str, str], chance: Random) -> Concluded:  # noqa: PLR0917 - five plain facts
    institution = chance.randrange(place.institutions)
    category = chance.choices(tuple(_CATEGORIES), tuple(_CATEGORIES.values()))[0]
    measured = _measured(category, mix[institution], chance)
    grade = (
        next((grade_of(measure, value, place.thresholds) for measure, value in measured.items()), None)
        if measured
        else _grade(mix[institution], chance)
    )
    concluded_on = PERIOD.first + timedelta(days=chance.randint(0, _DAYS))
    return Concluded(
        case_id=UUID(int=number + 1),
        doctors=tuple(doctor(institution, one) for one in chance.sample(range(DOCTORS_AN_INSTITUTION), 2)),
        institution=UUID(int=institution + 1),
        village=f"village/{chance.randrange(place.villages)}",
        category=category if grade else None,
        grade=grade,
        applied_on=concluded_on - timedelta(days=chance.randint(3, 30)),
        concluded_on=concluded_on,
        measured=measured,
        address=contact[0],
        phone=contact[1],
    )


def _grade(mix: float, chance: Random) -> Grade:
    weights = [weight * ((1 + mix) if grade <= Grade.SECOND else 1) for grade, weight in _GRADES.items()]
    return chance.choices(tuple(_GRADES), [max(weight, 1) for weight in weights])[0]


def _measured(category: Category, mix: float, chance: Random) -> Mapping[Measure, Decimal]:
    if category is Category.VISUAL:
        place = chance.gauss(8 - 3 * mix, 3.5)
        return {Measure.ACUITY: _CHART[min(max(round(place), 0), len(_CHART) - 1)]}
    if category not in _MEASURES:
        return {}
    measure, mean, deviation = _MEASURES[category]
    heavier = 1 if measure is Measure.HEARING_DB else -1
    value = round(chance.gauss(mean + heavier * mix * deviation, deviation))
    return {measure: Decimal(max(value, 0))}


def _contacts(chance: Random) -> Iterator[tuple[str, str]]:
    """Digests of address and telephone: families of up to three share theirs, and a few homes have many residents."""
    while True:
        digest = f"{chance.getrandbits(128):032x}"
        if chance.random() < _HOMES_A_MILLION / 1_000_000:
            yield from ((f"home{digest}", f"{chance.getrandbits(128):032x}") for _ in range(_HOME))
        else:
            yield from [(f"a{digest}", f"p{digest}")] * chance.randint(1, _FAMILY)
