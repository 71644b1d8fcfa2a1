"""The rules of a benefit as a package names them in a place on a day."""

from functools import lru_cache

from app.domain.application import Package, PackageItem
from app.domain.benefit import BenefitRules
from app.domain.shared.entry import MalformedRule
from app.domain.shared.rulebook import RulesInForce


@lru_cache(maxsize=1024)
def offer_of(item: str, in_force: RulesInForce) -> tuple[Package, PackageItem]:
    """The item as a package holds it.

    Raises:
        MalformedRule: no package in force here holds it.
    """
    for rule in in_force.under("package."):
        package = Package.of(rule.subject.removeprefix("package."), in_force)
        for one in package.items:
            if one.code == item:
                return package, one
    raise MalformedRule(f"No package in force holds {item}.")


def rules_of(item: str, in_force: RulesInForce) -> BenefitRules:
    """The rules of an item.

    Raises:
        MalformedRule: no package in force here names any.
    """
    _, offered = offer_of(item, in_force)
    if offered.rules is None:
        raise MalformedRule(f"No package in force names the rules of {item}.")
    return BenefitRules.of(offered.rules, in_force)
