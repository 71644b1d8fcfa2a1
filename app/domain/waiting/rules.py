"""Who comes first, and from how many places a time is told: taken from the rulebook for a region and a day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from app.domain.shared.rulebook import RulesInForce

HEAD_START, OUTLOOK = "waiting.head_start", "waiting.outlook"


class Urgency(StrEnum):
    """How soon a need must be met, as a commissioner finds it with the person."""

    ROUTINE = "routine"
    """一般"""
    SOON = "soon"
    """较急"""
    URGENT = "urgent"
    """紧急"""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRules:
    """Head starts in days: special difficulty and urgency count as if somebody had waited so much longer.

    Ageing needs no rule of its own: whoever waits gains a day each day, and a head start is bounded. So whoever has
    waited longer than `longest` comes before everybody who comes new, whatever their flags: nobody starves.

    Source: 昌市政办发〔2020〕53号 二 for hardship first; the figures are assumptions.
    """

    special_flags: frozenset[str]
    special_days: int
    urgency_days: Mapping[Urgency, int]
    window_days: int
    """Over how many days it is counted how many people got a place."""
    fewest_placed: int
    """Of fewer than these no time is told."""
    rule_versions: tuple[str, ...]

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: one of them is missing for the region and the day.
        """
        head_start, outlook = rules.entry(HEAD_START), rules.entry(OUTLOOK)
        urgency = head_start.value.entry("urgency")
        return cls(
            special_flags=frozenset(head_start.value.texts("special_flags")),
            special_days=head_start.value.whole("special_days"),
            urgency_days={one: urgency.whole(one) for one in Urgency},
            window_days=outlook.value.whole("window_days"),
            fewest_placed=outlook.value.whole("fewest_placed"),
            rule_versions=(head_start.reference, outlook.reference),
        )

    @property
    def longest(self) -> int:
        """The longest head start that there is, in days."""
        return self.special_days + max(self.urgency_days.values())

    def special_of(self, flags: Collection[str]) -> tuple[str, ...]:
        """Those flags that are special difficulty here."""
        return tuple(sorted(self.special_flags.intersection(flags)))

    def head_start_of(self, flags: Collection[str], urgency: Urgency) -> int:
        """How many days somebody counts as having waited longer."""
        special = self.special_days if self.special_of(flags) else 0
        return special + self.urgency_days[urgency]
