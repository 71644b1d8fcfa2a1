"""What each certificate business asks for and brings about, as one row of dated data a business."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self, TypeVar
from uuid import UUID

from app.domain.certificate.stages import Business
from app.domain.certificate.standing import CertificateStatus
from app.domain.certificate.way import Way
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.identity import Category, CertificateNumber, CitizenNumber, Grade
from app.domain.shared.rulebook import RulesInForce

BUSINESS = "certificate.business."
ChoiceT = TypeVar("ChoiceT", bound=StrEnum)


class Numbering(StrEnum):
    """Which number the card gets."""

    FIRST = "first"
    """Identity number, category and grade."""
    FOLLOWS = "follows"
    """The number that it had, as long as identity number, category and grade are what they were."""
    SUFFIXED = "suffixed"
    """The number that it had, with the count of reissues behind it."""
    NONE = "none"


class Validity(StrEnum):
    """How long the card is valid."""

    ANEW = "anew"
    """From the day of its issue."""
    KEPT = "kept"
    """As long as the one in whose place it stands."""


class FreezeReason(StrEnum):
    """Why a certificate is frozen (冻结)."""

    REPORTED_LOST = "reported_lost"
    """挂失"""
    NOT_MIGRATED = "not_migrated"
    """户籍迁出未办理残疾人证迁移"""
    NOT_RENEWED = "not_renewed"
    """期满未换领"""
    UNDER_INVESTIGATION = "under_investigation"
    """How it was obtained is being looked into."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessRules:
    """One business as a place does it.

    Source: 残疾人证管理办法 (2017), arts. 5, 19-24, and the guides that each row names.
    """

    business: Business
    way: Way
    needs: frozenset[CertificateStatus]
    """How the certificate must stand that it is done on; empty for a first issue, which is for who holds none."""
    cures: frozenset[FreezeReason]
    """Because of what a certificate may be frozen and have the business done all the same, which ends the freeze."""
    numbering: Numbering
    validity: Validity
    may_cross: bool
    """It may be accepted where the person lives, in another county or province."""
    reference: str

    @classmethod
    def of(cls, rules: RulesInForce, business: Business) -> Self:
        """Read the row of a business.

        Raises:
            NoRuleInForce: the place does not do this business on the day.
            MalformedRule: the row names what there is not.
        """
        ruled = rules.entry(f"{BUSINESS}{business}")
        entry = ruled.value
        entry.require_only(
            *("zh", "en", "needs", "cures", "evaluation", "evaluation_rule", "notice", "ends_with", "crosses"),
            *("number", "validity"),
        )
        return cls(
            business=business,
            way=Way.of(entry, rules),
            needs=_choices(entry, "needs", CertificateStatus),
            cures=_choices(entry, "cures", FreezeReason),
            numbering=_choice(entry, entry.text("number"), Numbering),
            validity=_choice(entry, entry.text("validity"), Validity),
            may_cross=entry.flag("crosses"),
            reference=ruled.reference,
        )

    def number(
        self, before: CertificateNumber, *, citizen_number: CitizenNumber, category: Category, grade: Grade
    ) -> CertificateNumber:
        """The number of the card that stands in the place of another.

        Source: 残疾人证管理办法 (2017), art. 5. A category, a grade or an identity number that is another makes another
        number; a loss adds B and its count.
        """
        anew = CertificateNumber.of(citizen_number, category=category, grade=grade)
        if before.value[: len(anew.value)] != anew.value:
            return anew
        return before.next_reissue() if self.numbering is Numbering.SUFFIXED else before


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """Why something is done although a rule bars it in principle (原则上): the bar, the reason, and who says so."""

    bar: str
    """The code of the refusal that it lifts."""
    text: str
    by: UUID
    on: date


def _choice(entry: Entry, text: str, kind: type[ChoiceT]) -> ChoiceT:
    try:
        return kind(text)
    except ValueError:
        raise MalformedRule(f"{entry.where} names {text}, which is none of {', '.join(kind)}.") from None


def _choices(entry: Entry, key: str, kind: type[ChoiceT]) -> frozenset[ChoiceT]:
    return frozenset(_choice(entry, text, kind) for text in entry.texts(key))
