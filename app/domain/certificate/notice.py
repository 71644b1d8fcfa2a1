"""The public notice of a conclusion: its days, what stands on it, and what the public has said against it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Self
from uuid import UUID

from app.domain.certificate.refusals import NoticeNotUp
from app.domain.shared.identity import Category, Grade
from app.domain.shared.rulebook import RulesInForce
from app.domain.shared.stated import Stated

FIELDS = "certificate.notice_fields"
HIDES = "certificate.notice_hides_name_for"
HIDDEN = "***"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The public notice of a conclusion (公示): when it was put up, and the last day on which the public may object."""

    posted_on: date
    last_day: date

    def is_up(self, on: date) -> bool:
        """Say whether it is up on a day: it comes down by itself after the last one."""
        return self.posted_on <= on <= self.last_day

    @property
    def stated(self) -> Stated:
        """What a decision says of it."""
        return {"notice_last_day": self.last_day.isoformat()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """What somebody of the public has said against a conclusion; who it was is not kept."""

    text: str = field(repr=False)
    recorded_by: UUID
    recorded_on: date
    finding: str = field(default="", repr=False)
    """What the federation has found, where the objection is not so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSheet:
    """What is put up in the village or the community: no more than the rules of the place name; nothing afterwards."""

    last_day: date | None = None
    """None while the notice is not up: before it was posted, and after its last day."""
    name: str | None = None
    village: str | None = None
    """The path of the place."""
    category: Category | None = None
    grade: Grade | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRules:
    """What stands on a notice.

    Source: 残疾人证管理办法 (2017), art. 9(3); 个人信息保护法 art. 6; 精神卫生法 art. 4.
    """

    fields: frozenset[str]
    hides_name_for: frozenset[Category]

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read it from the rules in force.

        Raises:
            NoRuleInForce: one of them is missing.
        """
        hidden = rules.entry(HIDES).value.texts("categories")
        return cls(
            fields=frozenset(rules.texts(FIELDS).value),
            hides_name_for=frozenset(Category.from_slug(slug) for slug in hidden),
        )

    def name_shown(self, name: str, found: frozenset[Category]) -> str:
        """The name with all but its first character hidden; wholly, where the category tells too much."""
        return HIDDEN if found & self.hides_name_for else f"{name[:1]}**"


def require_notice_up(notice: Notice | None, *, on: date) -> None:
    """Hold what is said against a notice to the days on which it is up.

    Raises:
        NoticeNotUp: it is not up on the day.
    """
    if notice is None or not notice.is_up(on):
        raise NoticeNotUp("The notice is up from the day on which it was posted until its last day, and not otherwise.")
