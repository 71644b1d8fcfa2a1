"""A limit of time as the rules set it: what sets it off and ends it, when it stands still, what follows at its end."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from app.domain.shared.access import Role
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.rulebook import Rule, RulesInForce
from app.domain.shared.term import Term
from app.domain.shared.wording import Wording

CERTIFICATE = "certificate"
"""The kind of case that ends in a certificate."""
_KEYS = (
    *("code", "zh", "en", "cases", "handling", "starts_with", "ends_with", "after_notice", "limit_rule"),
    *("extension_rule", "extended_by", "stands_still", "on_expiry"),
)


class ClockKind(StrEnum):
    """Who has set the limit."""

    STATUTORY = "statutory"
    """法定时限: the law."""
    PROMISED = "promised"
    """承诺时限: the office, which promises to be quicker than the law."""


class OnExpiry(StrEnum):
    """What follows when a limit runs out. Never a refusal: that waits for a human."""

    ESCALATE = "escalate"
    """Whoever supervises the office is told."""
    DEEMED_ACCEPTED = "deemed_accepted"
    """视为受理: the law takes the application as accepted."""
    DEEMED_GRANTED = "deemed_granted"
    """视为批准: a rule takes it as granted."""
    INACTIVE = "inactive"
    """It rests until the person answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandStill:
    """A time that is not counted: from one step of the case to another, and why."""

    why: str
    since: str
    until: str
    source: str
    or_until: str | None = None
    """A step by which what it waits for is given up, so that the time is counted again from there."""

    @classmethod
    def of(cls, entry: Entry, rules: RulesInForce) -> Self | None:
        """Read it; None where a rule says that here the time counts all the same.

        Raises:
            MalformedRule: a key is missing or misspelt.
        """
        entry.require_only("why", "since", "until", "source", "or_until", "unless_rule")
        if entry.has("unless_rule") and rules.flag(entry.text("unless_rule")).value:
            return None
        return cls(
            why=entry.text("why"),
            since=entry.text("since"),
            until=entry.text("until"),
            source=entry.text("source"),
            or_until=entry.text("or_until") if entry.has("or_until") else None,
        )

    def is_over_with(self, step: str) -> bool:
        """Say whether a step ends it."""
        return step in {self.until, self.or_until}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One limit of one kind of case. A clock keeps the limit that it was started with, whatever the rules say later.

    Raises:
        MalformedRule: its extension is counted in other days than the limit itself.
    """

    code: str
    wording: Wording
    kind: ClockKind
    term: Term
    rule: str
    """The reference of the rule that gives the days."""
    source: str
    starts_with: frozenset[str]
    """Actions of a case that set it off; `submit` is the submission itself."""
    ends_with: frozenset[str]
    """Actions that end it; so does everything that finishes the case."""
    is_after_notice: bool = False
    """It is set off by a public notice, and counted from that notice's last day."""
    still: tuple[StandStill, ...] = ()
    on_expiry: OnExpiry = OnExpiry.ESCALATE
    extension: Term | None = None
    """By how much it may be extended, once; None where it may not."""
    extension_rule: str | None = None
    extended_by: frozenset[Role] = frozenset()

    def __post_init__(self) -> None:
        """Refuse days that cannot be added up."""
        if self.extension and self.extension.kind is not self.term.kind:
            raise MalformedRule(f"{self.extension_rule} is not in the days of {self.rule}.")

    @classmethod
    def of(cls, entry: Entry, rules: RulesInForce) -> Self:
        """Read a limit of the law out of a rulebook.

        Raises:
            MalformedRule: a key is missing or misspelt, or names what there is not.
            NoRuleInForce: a rule that it names is missing for the region and the day.
        """
        entry.require_only(*_KEYS)
        rule = rules.rule(entry.text("limit_rule"))
        extension = rules.rule(entry.text("extension_rule")) if entry.has("extension_rule") else None
        return cls(
            code=entry.text("code"),
            wording=Wording.of(entry),
            kind=ClockKind.STATUTORY,
            term=Term.of(rule),
            rule=rule.reference,
            source=rule.source,
            starts_with=frozenset(entry.texts("starts_with")),
            ends_with=frozenset(entry.texts("ends_with")),
            is_after_notice=entry.has("after_notice") and entry.flag("after_notice"),
            still=still_of(entry.entries("stands_still"), rules),
            on_expiry=_on_expiry(entry),
            extension=Term.of(extension) if extension else None,
            extension_rule=extension.reference if extension else None,
            extended_by=_roles(entry),
        )

    @classmethod
    def promised(cls, step: Entry, rule: Rule, *, starts_with: frozenset[str], ends_with: frozenset[str]) -> Self:
        """The limit within which an office promises to take a step of a package."""
        return cls(
            code=step.text("code"),
            wording=Wording.of(step),
            kind=ClockKind.PROMISED,
            term=Term.of(rule),
            rule=rule.reference,
            source=rule.source,
            starts_with=starts_with,
            ends_with=ends_with,
        )


def still_of(entries: Iterable[Entry], rules: RulesInForce) -> tuple[StandStill, ...]:
    """The times that are not counted, as a list of a rulebook gives them."""
    read = (StandStill.of(entry, rules) for entry in entries)
    return tuple(still for still in read if still)


def _on_expiry(entry: Entry) -> OnExpiry:
    """What follows. Category and grade are for doctors alone: no certificate is granted by the passing of time."""
    told = entry.text("on_expiry")
    if told not in set(OnExpiry) or (told == OnExpiry.DEEMED_GRANTED and CERTIFICATE in entry.texts("cases")):
        raise MalformedRule(f"{entry.where} cannot end so: {told}.")
    return OnExpiry(told)


def _roles(entry: Entry) -> frozenset[Role]:
    if unknown := set(entry.texts("extended_by")) - set(Role):
        raise MalformedRule(f"{entry.where} names roles that there are not: {', '.join(sorted(unknown))}.")
    return frozenset(Role(role) for role in entry.texts("extended_by"))
