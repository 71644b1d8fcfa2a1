"""Which papers and records an application needs: the union over its items, each once, under its conditions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.application.package import Evidence, Package
from app.domain.benefit import BenefitFacts, Finding, judged
from app.domain.certificate import Business
from app.domain.person import Person
from app.domain.shared.identity import Category, Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One entry of a package's list, with those of the chosen items that need it."""

    entry: Evidence
    items: tuple[str, ...]


def documents_of(
    package: Package, items: tuple[str, ...], *, answers: Mapping[str, object], person: Person, on: date
) -> tuple[Document, ...]:
    """What the chosen items need, by what is known of the person and was answered.

    A condition that cannot be told yet asks for nothing: nobody has to show what is perhaps not needed.

    Source: 国令第716号 art. 7.
    """
    facts = _facts(answers, person=person, on=on)
    business = str(answers.get("business", Business.NEW.value))
    return tuple(_documents(package, items, facts=facts, business=business))


def _documents(package: Package, items: tuple[str, ...], *, facts: BenefitFacts, business: str) -> Iterator[Document]:
    for entry in package.evidence:
        needing = tuple(item for item in items if item in entry.needed_by)
        is_of_business = not entry.businesses or business in entry.businesses
        if needing and is_of_business and _is_met(entry, facts):
            yield Document(entry=entry, items=needing)


def _is_met(entry: Evidence, facts: BenefitFacts) -> bool:
    return entry.when is None or judged(entry.when, facts, source=entry.code).finding is Finding.MET


def _facts(answers: Mapping[str, object], *, person: Person, on: date) -> BenefitFacts:
    """The facts that conditions of papers ask for. Whoever applies has no grade yet, and no condition asks for one."""
    named = answers.get("conditions")
    slugs = named if isinstance(named, list | tuple) else ()
    return BenefitFacts(
        components={Category.from_slug(str(slug)): Grade.FOURTH for slug in slugs},
        age=person.age_on(on),
        economic_status=person.economic_status_on(on),
        registration_region=person.registration_region,
    )
