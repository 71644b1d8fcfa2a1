"""One row of another register: a certificate and its holder, read only if all parts of it agree with one another."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from app.domain.shared.errors import DomainError, Unprocessable
from app.domain.shared.identity import (
    Category,
    CertificateNumber,
    CitizenNumber,
    Grade,
    InvalidComponents,
    Sex,
    category_of,
    heaviest,
)
from app.domain.shared.region import trimmed

Read = TypeVar("Read")
COMPONENTS: tuple[Category, ...] = tuple(category for category in Category if category is not Category.MULTIPLE)
"""In the order of the export: 视力, 听力, 言语, 肢体, 智力, 精神."""
MAX_NAME, MAX_CONTACT = 100, 200
_NONE = frozenset({"", "0", "无"})
_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")
_PHONE = re.compile(r"\+?[0-9][0-9-]{5,19}")
_SEXES = {"1": Sex.MALE, "男": Sex.MALE, "2": Sex.FEMALE, "女": Sex.FEMALE}
_CATEGORIES = {written: one for one in Category for written in (str(one.value), one.chinese, f"{one.chinese}残疾")}
_GRADES = {written: one for one in Grade for written in (str(one.value), one.chinese)}


class EntryUnclear(Unprocessable):
    """What a row says is not what its own number says, or cannot be read."""

    code = "entry_unclear"
    title = "The parts of the row do not go together"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """A certificate as another register lists it. What identifies its holder does not show itself in logs."""

    name: str = field(repr=False)
    citizen_number: str = field(repr=False)
    number: str = field(repr=False)
    category: Category
    grade: Grade
    components: Mapping[Category, Grade]
    issued_on: date
    registration_code: str
    """Code of the place of household registration, which manages the certificate."""
    residence_code: str
    phone: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)

    @property
    def certificate_number(self) -> CertificateNumber:
        """The number of the certificate."""
        return CertificateNumber.parse(self.number)

    @property
    def holder_number(self) -> CitizenNumber:
        """The holder's identity number."""
        return CitizenNumber.parse(self.citizen_number)


def entry_of(values: Mapping[str, str]) -> RegisterEntry:
    """Read a row; empty columns that repeat what the number says are taken from the number.

    Source: 残疾人证管理办法 (2017), arts. 5, 13: the number is identity number, category and grade; the grade of a
    multiple disability is that of its heaviest component.

    Raises:
        EntryUnclear: a part cannot be read, or contradicts another; `pointer` names the column.
        DomainError: a number cannot be right.
    """
    citizen = _in("citizen_number", CitizenNumber.parse, values)
    number = _in("number", CertificateNumber.parse, values)
    if number.citizen_number != citizen:
        raise _unclear("number", "The certificate number does not begin with the identity number of the row.")
    _require_person(values, citizen)
    registration = _in("registration_code", trimmed, values)
    return RegisterEntry(
        name=_name(values),
        citizen_number=citizen.value,
        number=number.value,
        category=number.category,
        grade=number.grade,
        components=_components(values, number),
        issued_on=_issued_on(values),
        registration_code=registration,
        residence_code=_in("residence_code", trimmed, values) if values.get("residence_code") else registration,
        phone=_phone(values),
        address=values.get("residence_address", "")[:MAX_CONTACT] or None,
    )


def _unclear(column: str, detail: str) -> EntryUnclear:
    return EntryUnclear(f"{detail} Compare the row with the card.", pointer=f"/{column}")


def _in(column: str, read: Callable[[str], Read], values: Mapping[str, str]) -> Read:
    try:
        return read(values.get(column, ""))
    except DomainError as refusal:
        refusal.pointer = f"/{column}"
        raise


def _name(values: Mapping[str, str]) -> str:
    name = values.get("name", "").strip()
    if not name or len(name) > MAX_NAME:
        raise _unclear("name", f"The name has 1 to {MAX_NAME} characters.")
    return name


def _phone(values: Mapping[str, str]) -> str | None:
    """The first number of several; what cannot be one is left out, for no certificate depends on it."""
    first = re.split(r"[,，;；、/ ]", values.get("phone", ""))[0]
    return first if _PHONE.fullmatch(first) else None


def _day(written: str) -> date | None:
    found = _DAY.fullmatch(written)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _issued_on(values: Mapping[str, str]) -> date:
    issued_on = _day(values.get("issued_on", ""))
    if issued_on is None:
        raise _unclear("issued_on", "The day of issue is a day such as 20240131.")
    return issued_on


def _require_person(values: Mapping[str, str], citizen: CitizenNumber) -> None:
    sex, born_on = values.get("sex", ""), values.get("born_on", "")
    if sex in _SEXES and _SEXES[sex] is not citizen.sex:
        raise _unclear("sex", "The sex is another than the identity number says.")
    if born_on and _day(born_on) != citizen.born_on:
        raise _unclear("born_on", "The date of birth is another than the identity number says.")


def _components(values: Mapping[str, str], number: CertificateNumber) -> Mapping[Category, Grade]:
    category, grade = values.get("category", ""), values.get("grade", "")
    if category and _CATEGORIES.get(category) is not number.category:
        raise _unclear("category", "The category is another than the certificate number says.")
    if grade and _GRADES.get(grade) is not number.grade:
        raise _unclear("grade", "The grade is another than the certificate number says.")
    found: Mapping[Category, Grade] = {
        one: _component(one, values) for one in COMPONENTS if values.get(one.slug, "") not in _NONE
    }
    if not found and number.category is not Category.MULTIPLE:
        return {number.category: number.grade}
    try:
        makes = category_of(found), heaviest(found)
    except InvalidComponents:
        raise _unclear("category", "A multiple disability names the grade of each of its components.") from None
    if makes != (number.category, number.grade):
        raise _unclear("category", "The component grades make another category or grade than the number says.")
    return found


def _component(category: Category, values: Mapping[str, str]) -> Grade:
    grade = _GRADES.get(values[category.slug])
    if grade is None:
        raise _unclear(category.slug, "A component grade is 1 to 4, or 0 where there is none.")
    return grade
