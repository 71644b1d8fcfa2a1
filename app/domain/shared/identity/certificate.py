"""The number of a disability certificate (残疾人证号)."""

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from app.domain.shared.errors import Unprocessable
from app.domain.shared.identity.citizen import CitizenNumber, InvalidCitizenNumber, checked_birth
from app.domain.shared.identity.disability import Category, Grade

_SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X][1-7][1-4](B[1-9][0-9]?)?")
_LAST_REISSUE = 99


class InvalidCertificateNumber(Unprocessable):
    """The text cannot be the number of a disability certificate."""

    code = "invalid_certificate_number"
    title = "The certificate number cannot be right"


@dataclass(frozen=True, slots=True, repr=False)
class CertificateNumber:
    """Citizen identity number, category, grade, and after a loss a suffix that counts the reissues.

    The number changes with the category and the grade, so it is never a key.

    Source: 残疾人证管理办法 (2017), art. 5; the suffix after a loss as the issuing practice writes it.

    >>> number = CertificateNumber.parse("65000019000101001824")
    >>> number.category.chinese, number.grade.chinese, number.suffix
    ('听力', '四级', '')
    >>> number.next_reissue().suffix
    'B1'
    >>> number
    CertificateNumber(650**************8**)

    Raises:
        InvalidCertificateNumber: the shape, the date or the check digit is wrong.
    """

    scheme: ClassVar[str] = "cn.disability_certificate"

    value: str

    def __post_init__(self) -> None:
        if not _SHAPE.fullmatch(self.value):
            raise InvalidCertificateNumber(
                "A certificate number is the 18 characters of the identity number, a category from 1 to 7, "
                "a grade from 1 to 4 and, after a loss, B1 to B99. Enter it as it is printed."
            )
        try:
            checked_birth(self.holder)
        except InvalidCitizenNumber as refusal:
            raise InvalidCertificateNumber(refusal.detail.replace("the card", "the certificate")) from None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number; small letters are taken for capital ones, and the bare B of old certificates for B1.

        >>> CertificateNumber.parse("65000019000101001824b").suffix
        'B1'

        Raises:
            InvalidCertificateNumber: the shape, the date or the check digit is wrong.
        """
        canonical = text.upper()
        return cls(f"{canonical}1" if canonical.endswith("B") else canonical)

    @classmethod
    def of(cls, citizen_number: CitizenNumber, *, category: Category, grade: Grade) -> Self:
        """The number of a first issue.

        >>> holder = CitizenNumber.parse("650000190001010018")
        >>> CertificateNumber.of(holder, category=Category.MULTIPLE, grade=Grade.FIRST).value
        '65000019000101001871'
        """
        return cls(f"{citizen_number.value}{category.value}{grade.value}")

    @property
    def holder(self) -> str:
        """The eighteen characters of the holder's identity number."""
        return self.value[:18]

    @property
    def citizen_number(self) -> CitizenNumber:
        """The identity number of the holder."""
        return CitizenNumber(self.holder)

    @property
    def category(self) -> Category:
        """The category that the number says."""
        return Category(int(self.value[18]))

    @property
    def grade(self) -> Grade:
        """The grade that the number says."""
        return Grade(int(self.value[19]))

    @property
    def suffix(self) -> str:
        """Empty at the first issue; B1, B2 and so on after each loss."""
        return self.value[20:]

    def next_reissue(self) -> Self:
        """The number that the certificate gets when this one is lost.

        Raises:
            InvalidCertificateNumber: the number has room for 99 reissues and they are used up.
        """
        reissues = int(self.suffix.removeprefix("B") or 0)
        if reissues == _LAST_REISSUE:
            raise InvalidCertificateNumber(
                "The suffix has come to B99 and cannot go on. Ask the issuing federation for a new issue."
            )
        return type(self)(f"{self.value[:20]}B{reissues + 1}")

    def masked(self) -> str:
        """The number with everything that identifies its holder, and all that tells of the disability, as asterisks."""
        return self.citizen_number.masked() + "*" * len(self.value[18:])

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.masked()})"
