"""Conditions on age, place, household and what the person declares."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from app.domain.entitlement.facts import DeclaredFlag, Facts
from app.domain.person import EconomicStatus
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.finding import Finding, any_of, finding_of
from app.domain.shared.reason import Parameter, Reason
from app.domain.shared.region import contains

_COMMON_YEAR = 2001


@dataclass(frozen=True, slots=True)
class AgeBetween:
    """The completed years of age, both bounds included and either optional."""

    at_least: int | None
    at_most: int | None
    reference_day: tuple[int, int] | None
    """Month and day of the running year on which the age is counted; without it, on the day in question."""

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Read it from a rule."""
        entry.require_only("kind", "at_least", "at_most", "reference_day")
        low, high = (entry.whole(key) if entry.has(key) else None for key in ("at_least", "at_most"))
        if low is None and high is None:
            raise MalformedRule(f"{entry.where} has no bound.")
        if low is not None and high is not None and low > high:
            raise MalformedRule(f"{entry.where} has its bounds in the wrong order.")
        return cls(low, high, _month_and_day(entry) if entry.has("reference_day") else None)

    @property
    def code(self) -> str:
        """A single bound has a sentence of its own."""
        if self.at_least is None:
            return "age_at_most"
        return "age_at_least" if self.at_most is None else "age_between"

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """The bounds that there are."""
        bounds = {"at_least": self.at_least, "at_most": self.at_most}
        return {name: bound for name, bound in bounds.items() if bound is not None}

    def finding(self, facts: Facts, /) -> Finding:
        """By the age on the day, or on the reference day of its year; settled where all possible ages say the same."""
        fits = {self._covers(age) for age in facts.ages_on(self.reference_day)}
        return finding_of(fits.pop() if len(fits) == 1 else None)

    def change(self, _facts: Facts, /) -> None:
        """Nobody's to change."""

    def _covers(self, age: int) -> bool:
        return (self.at_least is None or self.at_least <= age) and (self.at_most is None or age <= self.at_most)


@dataclass(frozen=True, slots=True)
class RegisteredIn:
    """The household register lies in the area."""

    area: str
    code = "registered_in"

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Read it from a rule."""
        entry.require_only("kind", "area")
        return cls(entry.text("area"))

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Which area."""
        return {"area": self.area}

    def finding(self, facts: Facts, /) -> Finding:
        """By the path of the register."""
        place = facts.registration_region
        return finding_of(None if place is None else contains(self.area, place))

    def change(self, _facts: Facts, /) -> Reason:
        """Apply where one is registered, or move the register."""
        return Reason(code="remedy.registered_in", parameters=self.parameters)


@dataclass(frozen=True, slots=True)
class ResidingIn:
    """The person lives in the area."""

    area: str
    code = "residing_in"

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Read it from a rule."""
        entry.require_only("kind", "area")
        return cls(entry.text("area"))

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Which area."""
        return {"area": self.area}

    def finding(self, facts: Facts, /) -> Finding:
        """By the path of the residence."""
        place = facts.residence_region
        return finding_of(None if place is None else contains(self.area, place))

    def change(self, _facts: Facts, /) -> Reason:
        """Ask where one lives, or move."""
        return Reason(code="remedy.residing_in", parameters=self.parameters)


@dataclass(frozen=True, slots=True)
class EconomicStatusIn:
    """Civil affairs list the household so."""

    statuses: frozenset[EconomicStatus]
    code = "economic_status_in"

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Read it from a rule."""
        entry.require_only("kind", "statuses")
        statuses = entry.texts("statuses")
        if not statuses or not set(EconomicStatus).issuperset(statuses):
            raise MalformedRule(f"{entry.where} names no economic status, or one that there is not.")
        return cls(frozenset(EconomicStatus(status) for status in statuses))

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Which lists."""
        return {"statuses": tuple(status.value for status in EconomicStatus if status in self.statuses)}

    def finding(self, facts: Facts, /) -> Finding:
        """By the surest source that there is."""
        status = facts.economic_status
        return finding_of(None if status is None else status in self.statuses)

    def change(self, _facts: Facts, /) -> Reason:
        """Ask civil affairs to look at how the household stands."""
        return Reason(code="remedy.economic_status_in", parameters=self.parameters)


@dataclass(frozen=True, slots=True)
class FlagPresent:
    """One of these flags is set: derived from household and registers, or declared by the person."""

    flags: tuple[str, ...]
    code = "flag_present"

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Read it from a rule."""
        entry.require_only("kind", "flags")
        return cls(entry.texts("flags"))

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Which flags."""
        return {"flags": self.flags}

    def finding(self, facts: Facts, /) -> Finding:
        """Met by any of them."""
        return any_of(finding_of(facts.flags.get(flag)) for flag in self.flags)

    def change(self, _facts: Facts, /) -> Reason | None:
        """What a person declares the person may declare anew; what is derived is nobody's to change."""
        declared = tuple(flag for flag in self.flags if flag in set(DeclaredFlag))
        return Reason(code="remedy.flag_present", parameters={"flags": declared}) if declared else None


def _month_and_day(entry: Entry) -> tuple[int, int]:
    text = entry.text("reference_day")
    try:
        day = date.fromisoformat(f"{_COMMON_YEAR}-{text}")
    except ValueError:
        raise MalformedRule(f"{entry.where}: {text} is no month and day that every year has.") from None
    return day.month, day.day
