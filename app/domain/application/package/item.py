"""What a package is made of: services with the office that answers for each, and what must be shown for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from app.domain.benefit import Route, RuleSubjects
from app.domain.certificate import WHOLE, Business, BusinessRules, HandledAt, Way
from app.domain.entitlement import Node, node_of
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.rulebook import RulesInForce
from app.domain.shared.term import Term, joined
from app.domain.shared.wording import Wording


class CaseKind(StrEnum):
    """Which kind of case carries an item."""

    CERTIFICATE = "certificate"
    BENEFIT = "benefit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Which office answers for an item: its kind, and the level of the place."""

    kind: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageItem:
    """One service of a package, with the office that answers for it and the items whose result it builds on."""

    code: str
    wording: Wording
    case_kind: CaseKind
    lead: Lead
    depends_on: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    """How long its steps may take by promise, one term after the other; nothing is promised of the others."""
    route: Route | None = None
    """The way of a benefit; that of a certificate is the one of its business."""
    ways: Mapping[Business, Way] = field(default_factory=lambda: {Business.NEW: WHOLE})
    """Which certificate businesses may be applied for, each with the steps that it needs."""
    terms_by_business: Mapping[Business, tuple[Term, ...]] = field(default_factory=dict)
    """The terms of those steps alone."""
    crossing: frozenset[Business] = frozenset()
    """Which of them may be accepted where the person lives."""
    rules: RuleSubjects | None = None
    """Where the rules of a benefit stand."""
    declares: tuple[str, ...] = ()
    """Needs that whoever asks for the item says to have."""

    @classmethod
    def of(cls, entry: Entry, rules: RulesInForce) -> Self:
        """Read one item of a package.

        Raises:
            MalformedRule: it is of a kind that no case carries, or a step names what there is not.
            NoRuleInForce: the limit of a step is missing.
        """
        kind = entry.text("case_kind")
        if kind not in set(CaseKind):
            raise MalformedRule(f"{entry.where} has the unknown kind of case {kind}.")
        is_benefit = kind == CaseKind.BENEFIT
        lead, steps = entry.entry("lead"), entry.entries("steps")
        ways = _ways(entry, rules) if kind == CaseKind.CERTIFICATE else {}
        listed = frozenset(ways) if entry.has("businesses") else frozenset[Business]()
        return cls(
            code=entry.text("code"),
            wording=Wording.of(entry),
            case_kind=CaseKind(kind),
            lead=Lead(kind=lead.text("kind"), level=lead.text("level")),
            depends_on=entry.texts("depends_on"),
            terms=_terms(steps, rules),
            ways=ways,
            terms_by_business={
                business: _terms((step for step in steps if step.text("operation") in way.operations), rules)
                for business, way in ways.items()
            },
            crossing=frozenset(business for business in listed if BusinessRules.of(rules, business).may_cross),
            route=Route.of(steps, rules) if is_benefit else None,
            rules=_subjects(entry) if is_benefit else None,
            declares=entry.texts("declares"),
        )

    def terms_of(self, business: Business | None) -> tuple[Term, ...]:
        """How long it may take by promise; a certificate by the steps of the business alone."""
        return self.terms if business is None else self.terms_by_business.get(business, self.terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What must be shown for some items. Only what comes from the applicant may be asked of the applicant."""

    code: str
    wording: Wording
    needed_by: tuple[str, ...]
    provenance: str
    assurance: str
    held_by: str | None = None
    """Whose register holds it, or which earlier item gives it."""
    when: Node | None = None
    """Conditions under which it is needed; always, where there are none."""
    businesses: tuple[str, ...] = ()
    """The certificate businesses that need it; all, where none is named."""
    needed_at: tuple[str, ...] = ()
    """Where business must be accepted for it to be needed, whatever its condition says."""

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Read what must be shown from a package."""
        return cls(
            code=entry.text("code"),
            wording=Wording.of(entry),
            needed_by=entry.texts("needed_by"),
            provenance=entry.text("provenance"),
            assurance=entry.text("assurance"),
            held_by=_optional(entry, "from"),
            when=node_of(entry.entry("when")) if entry.has("when") else None,
            businesses=entry.texts("businesses"),
            needed_at=tuple(HandledAt(place) for place in entry.texts("needed_at")),
        )


def _ways(entry: Entry, rules: RulesInForce) -> Mapping[Business, Way]:
    try:
        named = tuple(Business(code) for code in entry.texts("businesses")) or (Business.NEW,)
    except ValueError as unknown:
        raise MalformedRule(f"{entry.where}: {unknown}.") from None
    is_listed = entry.has("businesses")
    return {business: BusinessRules.of(rules, business).way if is_listed else WHOLE for business in named}


def _terms(steps: Iterable[Entry], rules: RulesInForce) -> tuple[Term, ...]:
    return joined(Term.of(rules.rule(step.text("limit_rule"))) for step in steps if step.has("limit_rule"))


def _subjects(entry: Entry) -> RuleSubjects:
    return RuleSubjects(
        criteria=entry.text("criteria_rule"),
        appeal=entry.text("appeal_rule"),
        exclusions=_optional(entry, "exclusions_rule"),
        amount=_optional(entry, "amount_rule"),
        choices=f"{entry.text('code')}.choose_the_higher",
    )


def _optional(entry: Entry, key: str) -> str | None:
    return entry.text(key) if entry.has(key) else None
