"""People who cannot exist: identity numbers valid in form in regions that are none, drawn with the survey's shares."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from app.domain.person import EconomicStatus
from app.domain.shared.identity import Category, CitizenNumber, Grade
from app.domain.shared.rulebook import RulesInForce

FIRST_REGION = 990101
LAST_REGION = 998999
"""999999 is left to the magic numbers."""

FAMILY_NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN_NAMES = "云雪松柏柳杨梅兰竹菊溪泉川岭峰岩石玉晨曦晴朗星月明清和平安宁康乐"
MINORITY_NAMES = ("古丽·样本", "阿依·示例", "巴特·测试", "叶尔·虚构", "迪丽·沙箱", "哈那·范例")
MINORITY_SHARE = 0.2
STATUSES: tuple[tuple[EconomicStatus, float], ...] = (
    (EconomicStatus.ORDINARY, 0.70),
    (EconomicStatus.SUBSISTENCE_ALLOWANCE, 0.17),
    (EconomicStatus.LOW_INCOME, 0.07),
    (EconomicStatus.EXTREME_HARDSHIP, 0.03),
    (EconomicStatus.MONITORED, 0.03),
)
"""Invented shares: they make work lists look alive and stand for nothing."""

HOLDER_SHARE = 38_000_000 / 82_960_000
EARLIEST_ISSUE = date(2017, 1, 1)
ISSUE_DAYS = 3_500
OLDEST_BIRTH = date(1930, 1, 1)
BIRTH_DAYS = 33_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticPerson:
    """Somebody invented: enough to fill a register with."""

    name: str
    number: CitizenNumber
    region: str
    household: int
    status: EconomicStatus
    components: dict[Category, Grade]
    issued_on: date | None
    """When a certificate was issued; None for those who hold none."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How often each category and the severe grades occur."""

    categories: dict[Category, float]
    severe: float

    @classmethod
    def of(cls, rules: RulesInForce) -> "Shares":
        """The shares of the second national sample survey (2006), from the rulebook."""
        categories = rules.entry("population.category_shares").value
        grades = rules.entry("population.grade_shares").value
        return cls(
            {Category.from_slug(slug): float(categories.text(slug)) for slug in categories.fields},
            float(grades.text("first_and_second")) / 100,
        )


def people(count: int, *, villages: tuple[str, ...], shares: Shares, seed: int) -> Iterator[SyntheticPerson]:
    """So many people, the same ones for the same seed."""
    random = Random(seed)  # noqa: S311 - the same people for the same seed is what is wanted
    categories, weights = zip(*shares.categories.items(), strict=True)
    numbers = _numbers(random)
    household, places_left, village = 0, 0, villages[0]
    for category in random.choices(categories, weights, k=count):
        if not places_left:
            household, places_left, village = household + 1, random.randint(1, 4), random.choice(villages)
        places_left -= 1
        number = next(numbers)
        is_holder = random.random() < HOLDER_SHARE
        yield SyntheticPerson(
            name=_name(random),
            number=number,
            region=village,
            household=household,
            status=_status(random),
            components=_components(category, random, shares.severe),
            issued_on=EARLIEST_ISSUE + timedelta(days=random.randrange(ISSUE_DAYS)) if is_holder else None,
        )


def _numbers(random: Random) -> Iterator[CitizenNumber]:
    """Numbers of regions that do not exist, none twice."""
    seen: set[str] = set()
    while True:
        number = CitizenNumber.of(
            region=str(random.randint(FIRST_REGION, LAST_REGION)),
            born_on=OLDEST_BIRTH + timedelta(days=random.randrange(BIRTH_DAYS)),
            sequence=random.randint(1, 999),
        )
        if number.value not in seen:
            seen.add(number.value)
            yield number


def _name(random: Random) -> str:
    if random.random() < MINORITY_SHARE:
        return random.choice(MINORITY_NAMES) + random.choice(GIVEN_NAMES)
    return random.choice(FAMILY_NAMES) + "".join(random.choices(GIVEN_NAMES, k=random.randint(1, 2)))


def _status(random: Random) -> EconomicStatus:
    statuses = [status for status, _ in STATUSES]
    return random.choices(statuses, [share for _, share in STATUSES])[0]


def _components(category: Category, random: Random, severe: float) -> dict[Category, Grade]:
    singles = [single for single in Category if single is not Category.MULTIPLE]
    found = random.sample(singles, k=2) if category is Category.MULTIPLE else [category]
    return {
        single: Grade(random.randint(1, 2) if random.random() < severe else random.randint(3, 4)) for single in found
    }
