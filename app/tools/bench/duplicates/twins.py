"""Invented people, and twins of some of them with the mistakes that counters, telephones and lists make."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from app.domain.shared.identity import CitizenNumber, Sex
from app.sandbox.people import BIRTH_DAYS, FIRST_REGION, LAST_REGION, OLDEST_BIRTH

FAMILY_NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜马胡林郭罗高梁宋唐邓冯叶余潘杜戴夏"
GIVEN_NAMES = "云雪松柏柳梅兰竹菊溪泉川岭峰岩石玉晨曦晴朗星月明清和平安宁康乐哲坤苏升杰群亮霞芳英秀娟强勇军建国华志文"
PARTS = ("古丽", "阿依", "巴特", "叶尔", "迪丽", "哈那", "努尔", "买买提", "艾合买提", "吐尔逊", "阿不都", "热依木")
TWO_PARTS_SHARE, THREE_CHARACTERS_SHARE = 0.25, 0.7
MONTHS = 12
HAS_PHONE_SHARE, SAME_PHONE_SHARE = 0.8, 0.5
SOUNDS = ("云芸", "峰锋", "明鸣", "星兴", "玉育", "芳方", "军君", "杰洁", "文闻", "平萍", "晨辰", "英瑛")
LOOKS = ("柏伯", "晴睛", "泉皇", "兰三", "竹什", "清请", "勇男", "石右", "月用", "安女", "溪奚", "岩岸")
TRADITIONAL = str.maketrans("赵钱孙吴郑冯陈卫蒋韩杨许吕张严华马罗邓云兰", "趙錢孫吳鄭馮陳衛蔣韓楊許呂張嚴華馬羅鄧雲蘭")
RARE = str.maketrans("哲坤峰升苏杰群亮", "喆堃峯昇甦傑羣喨")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record of a person, as it was typed."""

    name: str
    number: str | None
    born: date | None
    sex: Sex
    phone: str | None


def people(count: int, random: Random) -> Iterator[Record]:
    """So many people, of each one record and none the same."""
    for place in range(count):
        born = OLDEST_BIRTH + timedelta(days=random.randrange(BIRTH_DAYS))
        region = f"{random.randint(FIRST_REGION, LAST_REGION)}"
        number = CitizenNumber.of(region=region, born_on=born, sequence=random.randint(1, 999))
        phone = f"139{place:08d}" if random.random() < HAS_PHONE_SHARE else None
        yield Record(name=_name(random), number=number.value, born=born, sex=number.sex, phone=phone)


def _name(random: Random) -> str:
    if random.random() < TWO_PARTS_SHARE:
        return "·".join(random.sample(PARTS, 2))
    given = random.choices(GIVEN_NAMES, k=2 if random.random() < THREE_CHARACTERS_SHARE else 1)
    return random.choice(FAMILY_NAMES) + "".join(given)


def twin_of(record: Record, mistake: str, random: Random) -> Record | None:
    """The same person once more, with a mistake; None where this name or number has no room for it."""
    typed = MISTAKES[mistake](record, random)
    if typed is None:
        return None
    return typed if random.random() < SAME_PHONE_SHARE else replace(typed, phone=None)


def _unnumbered(record: Record, **changes: object) -> Record:
    return replace(record, number=None, **changes)  # type: ignore[arg-type]


def _renamed(record: Record, name: str) -> Record | None:
    return None if name == record.name else _unnumbered(record, name=name)


def _other_dot(record: Record, random: Random) -> Record | None:
    return _renamed(record, record.name.replace("·", random.choice(["・", "•", ".", " · ", ""])))


def _swapped(record: Record, pairs: tuple[str, ...]) -> str:
    for one, other in map(tuple, pairs):
        if one in record.name[1:]:
            return record.name[0] + record.name[1:].replace(one, other, 1)
    return record.name


def _birth_typed_wrong(record: Record, random: Random) -> date:
    assert record.born is not None  # invented people have a day of birth
    if record.born.day != record.born.month and record.born.day <= MONTHS:
        return record.born.replace(month=record.born.day, day=record.born.month)
    return record.born.replace(year=record.born.year + random.choice([-1, 1]), day=min(record.born.day, 28))


def _digit_typed_wrong(record: Record, random: Random) -> Record:
    """The check digit goes along: whoever copies from a wrong list copies that."""
    assert record.number is not None  # the same
    number = CitizenNumber.parse(record.number)
    sequence = int(number.value[14:17])
    wrong = sequence // 10 * 10 + (sequence + random.choice([2, 4, 6, 8])) % 10 or 2
    return replace(
        record, number=CitizenNumber.of(region=number.value[:6], born_on=number.born_on, sequence=wrong).value
    )


def _other_region(record: Record, random: Random) -> Record:
    assert record.number is not None  # the same
    number = CitizenNumber.parse(record.number)
    region = f"{random.randint(FIRST_REGION, LAST_REGION)}"
    sequence = int(number.value[14:17])
    return replace(record, number=CitizenNumber.of(region=region, born_on=number.born_on, sequence=sequence).value)


def _misheard_and_birth(record: Record, random: Random) -> Record | None:
    name = _swapped(record, SOUNDS)
    return None if name == record.name else _unnumbered(record, name=name, born=_birth_typed_wrong(record, random))


MISTAKES: Mapping[str, Callable[[Record, Random], Record | None]] = {
    "number not given": lambda record, _: _unnumbered(record),
    "another dot, or none": _other_dot,
    "traditional characters": lambda record, _: _renamed(record, record.name.translate(TRADITIONAL)),
    "rare characters": lambda record, _: _renamed(record, record.name.translate(RARE)),
    "misheard": lambda record, _: _renamed(record, _swapped(record, SOUNDS)),
    "misread": lambda record, _: _renamed(record, _swapped(record, LOOKS)),
    "birth typed wrong": lambda record, random: _unnumbered(record, born=_birth_typed_wrong(record, random)),
    "birth not given": lambda record, _: _unnumbered(record, born=None),
    "number typed wrong": _digit_typed_wrong,
    "number of another region": _other_region,
    "misheard, and birth typed wrong": _misheard_and_birth,
    "another name altogether": lambda record, random: _renamed(record, _name(random)),
}
