"""What one application may ask for together, as data: items and what they wait for, one form, and the evidence."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from app.domain.application.form import FormField
from app.domain.application.package.item import Evidence, PackageItem
from app.domain.application.package.order import in_order
from app.domain.shared.entry import MalformedRule
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

    def held_up_by(self, codes: Collection[str]) -> frozenset[str]:
        """These items, and all that wait for one of them, be it by way of others."""
        held_up = set(codes)
        for item in self.items:
            if not held_up.isdisjoint(self.waits_for(item)):
                held_up.add(item.code)
        return frozenset(held_up)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A bundle that one application asks for, such as 残疾人服务“一件事”.

    Source: 国发〔2024〕3号; which items it holds differs from place to place.

    Raises:
        MalformedRule: two items, fields or documents have one code; an item waits for what the package lacks, or for
            itself in a circle; a field or document is needed by nothing that is there.
    """

    code: str
    version: str
    """The reference of the rule that describes it."""
    wording: Wording
    items: tuple[PackageItem, ...]
    form: tuple[FormField, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        """Refuse items that no order can hold, and questions of which nobody knows what they are for."""
        in_order(self.items, where=self.version)
        _require_distinct(self.form, where=self.version)
        _require_distinct(self.evidence, where=self.version)
        codes = {item.code for item in self.items}
        asked_for: tuple[FormField | Evidence, ...] = (*self.form, *self.evidence)
        for asked in asked_for:
            if not asked.needed_by or not codes.issuperset(asked.needed_by):
                raise MalformedRule(f"{self.version}: {asked.code} is needed by no item, or by one that is not there.")
        for field in self.form:
            _require_known_occasion(field, self.form, where=self.version)

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
        items = tuple(item for item in in_order(self.items, where=self.version) if item.code in wanted)
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
        items=tuple(PackageItem.of(entry, rules) for entry in ruled.value.entries("items")),
        form=tuple(FormField.of(entry) for entry in ruled.value.entries("form")),
        evidence=tuple(Evidence.of(entry) for entry in ruled.value.entries("evidence")),
    )


def _require_distinct(asked: tuple[FormField, ...] | tuple[Evidence, ...], *, where: str) -> None:
    if twice := sorted(code for code, times in Counter(one.code for one in asked).items() if times > 1):
        raise MalformedRule(f"{where} asks twice for {', '.join(twice)}.")


def _require_known_occasion(field: FormField, form: tuple[FormField, ...], *, where: str) -> None:
    occasion = field.required_when
    if occasion is None:
        return
    options = next((other.options for other in form if other.code == occasion.field and other.kind == "choice"), ())
    if not occasion.answers or not set(options).issuperset(occasion.answers):
        raise MalformedRule(f"{where}: {field.code} is required when {occasion.field} says what it cannot say.")
