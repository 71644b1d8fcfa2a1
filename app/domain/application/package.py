"""What one application may ask for together, as data: items and what they wait for, one form, and the evidence."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.domain.application.form import FormField
from app.domain.benefit import Route, RuleSubjects
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.errors import NotFound, Unprocessable
from app.domain.shared.rulebook import RulesInForce
from app.domain.shared.wording import Wording


class PackageNotFound(NotFound):
    """No package of this code is offered in the place on the day."""

    code = "package_not_found"
    title = "This package is not offered here"


class ItemNotInPackage(Unprocessable):
    """Something is asked for that the package does not hold."""

    code = "item_not_in_package"
    title = "The package has no such item"


class NothingChosen(Unprocessable):
    """An application asks for nothing."""

    code = "nothing_chosen"
    title = "Choose at least one item"


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
    route: Route | None = None
    """The way of a benefit; a certificate's is fixed by law."""
    rules: RuleSubjects | None = None
    """Where the rules of a benefit stand."""


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
    when: Entry | None = None
    """Conditions under which it is needed; always, where there are none."""
    businesses: tuple[str, ...] = ()
    """The certificate businesses that need it; all, where none is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The chosen items, each after what it builds on, with the unions of their form and evidence."""

    items: tuple[PackageItem, ...]
    form: tuple[FormField, ...]
    evidence: tuple[Evidence, ...]

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the chosen items."""
        return frozenset(item.code for item in self.items)

    def waits_for(self, item: PackageItem) -> tuple[str, ...]:
        """The chosen items that an item waits for. What was not chosen is held already, or is checked later."""
        return tuple(code for code in item.depends_on if code in self.codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A bundle that one application asks for, such as 残疾人服务“一件事”.

    Source: 国发〔2024〕3号; which items it holds differs from place to place.

    Raises:
        MalformedRule: two items have one code, or an item waits for what the package lacks, or for itself in a circle.
    """

    code: str
    version: str
    """The reference of the rule that describes it."""
    wording: Wording
    items: tuple[PackageItem, ...]
    form: tuple[FormField, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        """Refuse items that no order can hold."""
        if len({item.code for item in self.items}) != len(self.items):
            raise MalformedRule(f"{self.version} has two items of one code.")
        _in_order(self.items, where=self.version)

    @staticmethod
    def of(code: str, rules: RulesInForce) -> "Package":
        """Read a package as it is offered in the region on the day.

        Raises:
            PackageNotFound: it is not offered there and then.
            MalformedRule: the data is not of the form that the README of the rulebooks describes.
            NoRuleInForce: a rule that it names is missing.
        """
        return _package(code, rules)

    def chosen(self, codes: Collection[str]) -> Selection:
        """The part of the package that an application asks for.

        Raises:
            NothingChosen: no item is asked for.
            ItemNotInPackage: one is asked for that the package lacks.
        """
        wanted = frozenset(codes)
        if not wanted:
            raise NothingChosen("Choose at least one item of the package.", pointer="/items")
        if unknown := sorted(wanted - {item.code for item in self.items}):
            raise ItemNotInPackage(f"The package has no {', '.join(unknown)}. Leave it out.", pointer="/items")
        items = tuple(item for item in _in_order(self.items, where=self.version) if item.code in wanted)
        return Selection(
            items=items,
            form=tuple(field for field in self.form if wanted.intersection(field.needed_by)),
            evidence=tuple(evidence for evidence in self.evidence if wanted.intersection(evidence.needed_by)),
        )


@lru_cache(maxsize=256)
def _package(code: str, rules: RulesInForce) -> Package:
    """Reading a package takes as long as all the rest of a submission, and a day's rules never change."""
    subject = f"package.{code}"
    if not rules.has(subject):
        raise PackageNotFound(f"No package {code} is offered here. Look at /v1/packages for those that are.")
    ruled = rules.entry(subject)
    return Package(
        code=ruled.value.text("code"),
        version=ruled.reference,
        wording=Wording.of(ruled.value),
        items=tuple(_item(entry, rules) for entry in ruled.value.entries("items")),
        form=tuple(FormField.of(entry) for entry in ruled.value.entries("form")),
        evidence=tuple(_evidence(entry) for entry in ruled.value.entries("evidence")),
    )


def _in_order(items: Iterable[PackageItem], *, where: str) -> tuple[PackageItem, ...]:
    """The items as they stand, except that each comes after all that it waits for."""
    ordered: list[PackageItem] = []
    waiting = list(items)
    while waiting:
        placed = {item.code for item in ordered}
        ready = [item for item in waiting if placed.issuperset(item.depends_on)]
        if not ready:
            stuck = ", ".join(item.code for item in waiting)
            raise MalformedRule(f"{where} has items that wait for one another or for what is not there: {stuck}.")
        ordered += ready
        waiting = [item for item in waiting if not placed.issuperset(item.depends_on)]
    return tuple(ordered)


def _item(entry: Entry, rules: RulesInForce) -> PackageItem:
    code, kind = entry.text("code"), entry.text("case_kind")
    if kind not in set(CaseKind):
        raise MalformedRule(f"{entry.where} has the unknown kind of case {kind}.")
    is_benefit = kind == CaseKind.BENEFIT
    lead = entry.entry("lead")
    return PackageItem(
        code=code,
        wording=Wording.of(entry),
        case_kind=CaseKind(kind),
        lead=Lead(kind=lead.text("kind"), level=lead.text("level")),
        depends_on=entry.texts("depends_on"),
        route=Route.of(entry.entries("steps"), rules) if is_benefit else None,
        rules=_subjects(entry) if is_benefit else None,
    )


def _subjects(entry: Entry) -> RuleSubjects:
    return RuleSubjects(
        criteria=entry.text("criteria_rule"),
        appeal=entry.text("appeal_rule"),
        exclusions=_optional(entry, "exclusions_rule"),
        amount=_optional(entry, "amount_rule"),
        choices=f"{entry.text('code')}.choose_the_higher",
    )


def _evidence(entry: Entry) -> Evidence:
    return Evidence(
        code=entry.text("code"),
        wording=Wording.of(entry),
        needed_by=entry.texts("needed_by"),
        provenance=entry.text("provenance"),
        assurance=entry.text("assurance"),
        held_by=_optional(entry, "from"),
        when=entry.entry("when") if entry.has("when") else None,
        businesses=entry.texts("businesses"),
    )


def _optional(entry: Entry, key: str) -> str | None:
    return entry.text(key) if entry.has(key) else None
