"""The checks of a survey's data, as dated rules say them: what cannot be, contradicts, is missing, differs, is old."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self, TypeAlias

from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.rulebook import Ruled, RulesInForce

QUALITY, SETTLE_WITHIN = "survey.quality", "survey.settle_within"
NOT_SAID = frozenset({"skipped"})
"""Nothing was said. To refuse an answer, or not to know it, is an answer, and nobody is asked again for it."""
Answers: TypeAlias = Mapping[str, str | tuple[str, ...]]


class FindingKind(StrEnum):
    """What is the matter with the data."""

    IMPOSSIBLE = "impossible"
    """不可能: it cannot be so at the person's age."""
    CONTRADICTORY = "contradictory"
    """相互矛盾: two answers do not go together."""
    MISSING = "missing"
    """缺项: what the round is made for has no answer."""
    DIFFERS = "differs"
    """与登记不一致: the register says otherwise."""
    STALE = "stale"
    """过时: the answers are older than the round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What the checks look at: the answers of one person, and what the register holds of that person."""

    answers: Answers = field(repr=False)
    assessed_on: date
    recorded_on: date
    age: int | None = field(default=None, repr=False)
    held: frozenset[str] = field(default=frozenset(), repr=False)
    """Codes of what the register says: `economic.subsistence_allowance`, `format.braille`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check. All of what it names must be so for it to find anything."""

    code: str
    kind: FindingKind
    given: Mapping[str, tuple[str, ...]]
    """Of each item the answers of which one was given."""
    lacks: tuple[str, ...] = ()
    """Items that have no answer, one of which is enough."""
    youngest: int | None = None
    oldest: int | None = None
    held: frozenset[str] = frozenset()
    """What the register says, one of which is enough."""
    older_than_days: int | None = None

    @classmethod
    def of(cls, code: str, entry: Entry) -> Self:
        """As a rulebook says it.

        Raises:
            MalformedRule: it would find everybody, or is not of the shape of a check.
        """
        entry.require_only("kind", "given", "lacks", "youngest", "oldest", "held", "older_than_days")
        given = entry.entry("given") if entry.has("given") else None
        check = cls(
            code=code,
            kind=FindingKind(entry.text("kind")),
            given={item: given.texts(item) for item in given.fields} if given else {},
            lacks=entry.texts("lacks"),
            youngest=entry.whole("youngest") if entry.has("youngest") else None,
            oldest=entry.whole("oldest") if entry.has("oldest") else None,
            held=frozenset(entry.texts("held")),
            older_than_days=entry.whole("older_than_days") if entry.has("older_than_days") else None,
        )
        if not (check.given or check.lacks or check.older_than_days is not None):
            raise MalformedRule(f"{entry.where} asks about no answer.")
        return check

    @property
    def items(self) -> tuple[str, ...]:
        """The items that it is about."""
        return (*self.given, *self.lacks)

    def finds(self, looked: Looked) -> bool:
        """Say whether it is so of these answers; what is not known of the person finds nothing."""
        return all(self._parts(looked))

    def _parts(self, looked: Looked) -> Iterator[bool]:
        for item, answers in self.given.items():
            yield not _said(looked.answers.get(item)).isdisjoint(answers)
        if self.lacks:
            yield any(not _said(looked.answers.get(item)) - NOT_SAID for item in self.lacks)
        if self.youngest is not None:
            yield looked.age is not None and looked.age >= self.youngest
        if self.oldest is not None:
            yield looked.age is not None and looked.age <= self.oldest
        if self.held:
            yield not self.held.isdisjoint(looked.held)
        if self.older_than_days is not None:
            yield (looked.recorded_on - looked.assessed_on).days > self.older_than_days


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRules:
    """The checks of a place on a day, and how long whoever surveys has to settle what they find."""

    checks: Collection[Check]
    settle_within: Ruled[int]
    reference: str

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce, MalformedRule: one of them is missing or cannot be read.
        """
        quality = rules.entry(QUALITY)
        checks = tuple(Check.of(code, quality.value.entry(code)) for code in quality.value.fields)
        return cls(checks=checks, settle_within=rules.working_days(SETTLE_WITHIN), reference=quality.rule.reference)

    def found(self, looked: Looked) -> tuple[Check, ...]:
        """The checks that find something, in the order of the rules."""
        return tuple(check for check in self.checks if check.finds(looked))


def _said(answer: str | tuple[str, ...] | list[str] | None) -> frozenset[str]:
    if answer is None:
        return frozenset()
    return frozenset({answer}) if isinstance(answer, str) else frozenset(answer)
