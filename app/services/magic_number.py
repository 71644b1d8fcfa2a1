"""Magic numbers: certificate numbers to each of which a sandbox has one answer, so that every answer can be tried.

They lie in a region that is none. A deployment where real people apply refuses them by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from app.domain.certificate import CertificateFacts, CertificateStatus, Outcome
from app.domain.shared.errors import DomainError, Unavailable, Unprocessable
from app.domain.shared.identity import Category, CertificateNumber, CitizenNumber, Grade
from app.domain.shared.wording import Wording
from app.services.ports.quota import TooManyRequests

REGION = "999999"
BORN_ON = date(1900, 1, 1)
HOLDER = "样本安"
"""The holder of all of them. Any other name does not go with the number."""
RETRY_AFTER_SECONDS = 5
_LONG_AGO, _FOR_GOOD = date(2000, 12, 31), date(2999, 12, 31)
"""Last days of validity that no test clock moves to the other side."""


class MagicNumberInProduction(Unprocessable):
    """A sandbox's magic number was sent to a deployment where real people apply. Nothing was looked up."""

    code = "magic_number_in_production"
    title = "Magic numbers are for the sandbox"


class AnswerPending(Unavailable):
    """The register has the question and no answer yet. So far only a sandbox says so."""

    code = "answer_pending"
    title = "The register has not answered yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class MagicNumber:
    """One number: the digits that pick it, and its answer, which is an outcome or a refusal of the whole request."""

    sequence: int
    answer: Outcome | type[DomainError]
    wording: Wording
    grade: Grade = Grade.FIRST

    @property
    def citizen_number(self) -> CitizenNumber:
        """The identity number of its holder, who cannot exist."""
        return CitizenNumber.of(region=REGION, born_on=BORN_ON, sequence=self.sequence)

    @property
    def number(self) -> CertificateNumber:
        """The number, with a check digit that is right."""
        return CertificateNumber.of(self.citizen_number, category=Category.PHYSICAL, grade=self.grade)

    @property
    def facts(self) -> CertificateFacts | None:
        """What a register would hold of it; None where there is nothing to find."""
        if not isinstance(self.answer, Outcome) or self.answer is Outcome.NO_MATCH:
            return None
        is_expired = self.answer is Outcome.EXPIRED
        return CertificateFacts(
            status=CertificateStatus.IN_FORCE if is_expired else CertificateStatus(self.answer),
            valid_until=_LONG_AGO if is_expired else _FOR_GOOD,
            category=Category.PHYSICAL,
            grade=self.grade,
        )

    def refusal(self) -> DomainError | None:
        """What is said instead of an answer, if this number stands for that."""
        if isinstance(self.answer, Outcome):
            return None
        return self.answer(
            "This number stands for it in a sandbox. Elsewhere wait as Retry-After says, and ask again.",
            retry_after_seconds=RETRY_AFTER_SECONDS,
        )


MAGIC_NUMBERS = (
    MagicNumber(
        sequence=1,
        answer=Outcome.IN_FORCE,
        wording=Wording(zh="有效，重度（一级）。", en="In force, and severe (grade 1)."),
    ),
    MagicNumber(sequence=2, answer=Outcome.EXPIRED, wording=Wording(zh="已过有效期。", en="Its validity has ended.")),
    MagicNumber(sequence=3, answer=Outcome.CANCELLED, wording=Wording(zh="已注销。", en="Cancelled.")),
    MagicNumber(
        sequence=4,
        answer=Outcome.NO_MATCH,
        wording=Wording(
            zh="没有相符的残疾人证：号码不存在与姓名不符，答复相同。",
            en="Nothing agrees: an unknown number and a wrong name answer alike.",
        ),
    ),
    MagicNumber(
        sequence=5,
        answer=Outcome.IN_FORCE,
        grade=Grade.FOURTH,
        wording=Wording(zh="有效，轻度（四级）。", en="In force, and not severe (grade 4)."),
    ),
    MagicNumber(sequence=6, answer=Outcome.FROZEN, wording=Wording(zh="已冻结。", en="Frozen.")),
    MagicNumber(
        sequence=7,
        answer=Outcome.REPLACED,
        wording=Wording(
            zh="持证人已迁出，原证已由新证代替。", en="The holder has moved away, and another one took its place."
        ),
    ),
    MagicNumber(
        sequence=20,
        answer=Unavailable,
        wording=Wording(zh="登记机关超时未答复。", en="The register does not answer in time."),
    ),
    MagicNumber(
        sequence=21,
        answer=AnswerPending,
        wording=Wording(
            zh="登记机关已收到询问，尚未答复。", en="The register has the question, and has not answered yet."
        ),
    ),
    MagicNumber(
        sequence=29,
        answer=TooManyRequests,
        wording=Wording(zh="查询过于频繁。", en="More was asked than the client's share."),
    ),
)
"""The one table that the sandbox answers by. The list of the API, its examples and docs/sandbox.md are made from it."""


def is_magic(number: CertificateNumber) -> bool:
    """Say whether a number lies where only magic numbers do.

    >>> is_magic(MAGIC_NUMBERS[0].number), is_magic(CertificateNumber.parse("65000019000101001824"))
    (True, False)
    """
    return number.holder.startswith(REGION)


BY_NUMBER: Mapping[str, MagicNumber] = MappingProxyType({magic.number.value: magic for magic in MAGIC_NUMBERS})
