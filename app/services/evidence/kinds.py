"""Which kinds of evidence there are in a place: the lists of all packages that are offered there."""

from collections.abc import Mapping
from functools import lru_cache

from app.domain.application import Evidence, Package
from app.domain.evidence import EvidenceKind, EvidenceKindUnknown
from app.domain.shared.rulebook import RulesInForce

PACKAGES = "package."


def kind_of(entry: Evidence) -> EvidenceKind:
    """The kind that an entry of a package's list describes."""
    return EvidenceKind.listed(
        entry.code,
        wording=entry.wording,
        provenance=entry.provenance,
        assurance=entry.assurance,
        held_by=entry.held_by,
    )


@lru_cache(maxsize=256)
def kinds_in(rules: RulesInForce) -> Mapping[str, EvidenceKind]:
    """All kinds by their code, read once for a region and a day."""
    packages = (Package.of(rule.subject.removeprefix(PACKAGES), rules) for rule in rules.under(PACKAGES))
    return {entry.code: kind_of(entry) for package in packages for entry in package.evidence}


def known_kind(code: str, rules: RulesInForce) -> EvidenceKind:
    """The kind of a code.

    Raises:
        EvidenceKindUnknown: no package that is offered here lists it.
    """
    found = kinds_in(rules).get(code)
    if found is None:
        raise EvidenceKindUnknown(
            "No package that is offered here lists this kind. Choose one of the `evidence` of a package.",
            pointer="/kind",
        )
    return found
