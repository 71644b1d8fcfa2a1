"""Flags of special difficulty (特殊困难): derived from household, certificate and registers, never typed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.person import EconomicStatus, Relation, age_on
from app.domain.shared.finding import Finding
from app.domain.shared.identity import Category, Grade
from app.domain.shared.reason import Reason


class Flag(StrEnum):
    """Kinds of special difficulty; what each means is rule data."""

    MULTI_IN_HOUSEHOLD = "multi_in_household"
    """一户多残"""
    ELDERLY_DISABLED = "elderly_disabled"
    """老残一体"""
    OLD_CARES_DISABLED = "old_cares_disabled"
    """依老养残"""
    ORPHAN_DISABLED = "orphan_disabled"
    """孤残"""
    SEVERE = "severe"
    """重残"""
    MULTIPLE = "multiple"
    """多重残疾"""
    POOR = "poor"
    """困难"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Housemate:
    """Somebody who lives with the person, as far as flags ask: nobody by name."""

    relation: Relation
    born_on: date | None
    holds: bool
    """Whether a certificate of theirs is in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """With whom the person lives."""

    own: Relation
    others: tuple[Housemate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is held of a person on a day. None, or no component, means that it is not known."""

    on: date
    born_on: date | None = None
    components: Mapping[Category, Grade]
    """The grade of each category on the certificate in force."""
    economic_status: EconomicStatus | None = None
    home: Home | None = None
    has_guardian: bool = False

    @property
    def holds(self) -> bool:
        """Say whether a certificate in force is known."""
        return bool(self.components)

    @property
    def age(self) -> int | None:
        """Completed years."""
        return None if self.born_on is None else age_on(self.born_on, self.on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """What the facts say of one flag, why, and by which version of which rule."""

    flag: Flag
    finding: Finding
    reason: Reason
    rule_version: str
