"""Which documents a choice of items asks for: their union, each once, and whether it is needed for just this person."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.application.form import APPLICANT
from app.domain.application.package import Evidence, Selection
from app.domain.benefit import Finding
from app.domain.entitlement import Facts, evaluate
from app.domain.shared.identity import Category


class Necessity(StrEnum):
    """Whether a document is needed for somebody."""

    NEEDED = "needed"
    NOT_NEEDED = "not_needed"
    UNKNOWN = "unknown"
    """It depends on what is not known."""


NECESSITIES = {
    Finding.MET: Necessity.NEEDED,
    Finding.NOT_MET: Necessity.NOT_NEEDED,
    Finding.UNKNOWN: Necessity.UNKNOWN,
}
"""Whether something is needed, by what was found of its condition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One entry of a package's list, with those of the chosen items that need it."""

    entry: Evidence
    items: tuple[str, ...]
    necessity: Necessity

    @property
    def is_the_applicants(self) -> bool:
        """Say whether the applicant has it to show, where it is needed or may be.

        Source: 国令第716号 art. 7: what offices hold, or can have by sharing, is not asked for.
        """
        return self.entry.provenance == APPLICANT and self.necessity is not Necessity.NOT_NEEDED


def documents_of(
    selection: Selection, facts: Facts, *, business: str | None, handled_at: str | None = None
) -> tuple[Document, ...]:
    """The documents of the chosen items together, for a certificate business and where it is accepted, as far as known.

    A condition that cannot be told yet asks for nothing: nobody has to show what is perhaps not needed.
    """
    return tuple(
        Document(
            entry=entry,
            items=tuple(item.code for item in selection.items if item.code in entry.needed_by),
            necessity=necessity_of(entry, facts, business=business, handled_at=handled_at),
        )
        for entry in selection.evidence
    )


def necessity_of(entry: Evidence, facts: Facts, *, business: str | None, handled_at: str | None = None) -> Necessity:
    """Whether a document is needed, by the certificate business, where it is accepted, and its conditions."""
    if entry.businesses and business is not None and business not in entry.businesses:
        return Necessity.NOT_NEEDED
    if handled_at in entry.needed_at:
        return Necessity.NEEDED
    condition = Finding.MET if entry.when is None else evaluate(entry.when, facts)
    if condition is Finding.MET and entry.businesses and business is None:
        return Necessity.UNKNOWN
    return NECESSITIES[condition]


def categories_named(answers: Mapping[str, object]) -> frozenset[Category]:
    """The categories that the applicant wants to be evaluated in, for conditions that ask for a category."""
    named = answers.get("conditions")
    return (
        frozenset(Category.from_slug(str(slug)) for slug in named) if isinstance(named, list | tuple) else frozenset()
    )
