"""Conditions on needs, and on what the person receives already or has received."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from app.domain.entitlement.facts import Facts
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.finding import Finding, all_of, any_of, finding_of, opposite
from app.domain.shared.reason import Parameter, Reason
from app.domain.shared.span import months_after


@dataclass(frozen=True, slots=True)
class NeedPresent:
    """One of these needs of the catalogue is confirmed."""

    needs: tuple[str, ...]
    code = "need_present"

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Read it from a rule."""
        entry.require_only("kind", "needs")
        return cls(entry.texts("needs"))

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Which needs."""
        return {"needs": self.needs}

    def finding(self, facts: Facts, /) -> Finding:
        """Met by any of them."""
        return any_of(finding_of(facts.needs.get(need)) for need in self.needs)

    def change(self, _facts: Facts, /) -> Reason:
        """Ask for the need to be assessed anew."""
        return Reason(code="remedy.need_present", parameters=self.parameters)


@dataclass(frozen=True, slots=True)
class NotReceiving:
    """None of these services or benefits is being received."""

    benefits: tuple[str, ...]
    code = "not_receiving"

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Read it from a rule."""
        entry.require_only("kind", "benefits")
        return cls(entry.texts("benefits"))

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Which benefits."""
        return {"benefits": self.benefits}

    def finding(self, facts: Facts, /) -> Finding:
        """One that is being received settles it."""
        return opposite(any_of(finding_of(facts.receiving.get(benefit)) for benefit in self.benefits))

    def change(self, facts: Facts, /) -> Reason:
        """Choose this one instead of those that are being received."""
        received = tuple(benefit for benefit in self.benefits if facts.receiving.get(benefit))
        return Reason(code="remedy.not_receiving", parameters={"benefits": received})


@dataclass(frozen=True, slots=True)
class IntervalSince:
    """So many months have passed since any of these was last received, or none ever was."""

    benefits: tuple[str, ...]
    months: int
    code = "interval_since"

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Read it from a rule."""
        entry.require_only("kind", "benefits", "months")
        months = entry.whole("months")
        if months < 1:
            raise MalformedRule(f"{entry.where}: an interval is a month or more.")
        return cls(entry.texts("benefits"), months)

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Since what, and how long."""
        return {"benefits": self.benefits, "months": self.months}

    def finding(self, facts: Facts, /) -> Finding:
        """By when each of them was last received."""
        return all_of(self._has_passed(benefit, facts) for benefit in self.benefits)

    def change(self, facts: Facts, /) -> Reason:
        """Wait until the interval has passed."""
        received = (facts.last_received.get(benefit) for benefit in self.benefits)
        until = max((months_after(last, self.months) for last in received if last is not None), default=date.min)
        return Reason(code="remedy.interval_since", parameters={"until": until.isoformat()})

    def _has_passed(self, benefit: str, facts: Facts) -> Finding:
        if facts.on is None or benefit not in facts.last_received:
            return Finding.UNKNOWN
        last = facts.last_received[benefit]
        return finding_of(last is None or months_after(last, self.months) <= facts.on)


@dataclass(frozen=True, slots=True)
class QuotaLeft:
    """A project for one of these services has a place left where the person lives; unknown where none is open."""

    services: tuple[str, ...]
    code = "quota_left"

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Read it from a rule."""
        entry.require_only("kind", "services")
        return cls(entry.texts("services"))

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Of which services."""
        return {"benefits": self.services}

    def finding(self, facts: Facts, /) -> Finding:
        """Met by any of them."""
        return any_of(finding_of(facts.places.get(service)) for service in self.services)

    def change(self, _facts: Facts, /) -> None:
        """Nobody's to change."""
