"""The terms by which the directory is searched: where they are taken from, their ids, and which services bear them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from app.domain.catalogue import SERVICES, TAXONOMY, Family, ServiceType, Taxonomy, service_types, taxonomies
from app.domain.shared.rulebook import RulesInForce
from app.domain.shared.wording import Wording
from app.services.need_names import need_names
from app.services.ports.directory import Filed
from app.services.ports.work import UnitOfWork

TAXONOMIES: Final = ("families", "needs", "services", "terms")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What somebody looks for in the directory; all of it together, and nothing is left out by what is not said."""

    text: str = ""
    term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    organisation_id: UUID | None = None
    modified_since: datetime | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """In small letters.

        >>> Sought(text="Care  at home").words
        ('care', 'at', 'home')
        """
        return tuple(self.text.lower().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms by which services are found, with their words; the families are the same everywhere."""

    needs: Mapping[str, Wording]
    services: tuple[ServiceType, ...]
    terms: tuple[Taxonomy, ...]


def id_of_taxonomy(name: str) -> UUID:
    """The id of where terms are taken from, which follows from its name."""
    return uuid5(NAMESPACE_URL, f"taxonomy/{name}")


def id_of_term(taxonomy: str, code: str) -> UUID:
    """The id of a term, which follows from where it is taken from and its code."""
    return uuid5(id_of_taxonomy(taxonomy), code)


async def list_directory_terms(*, uow: UnitOfWork) -> Terms:
    """The terms by which services are found, of the whole country and of every place that has its own."""
    async with uow:
        rules = _rules(uow).values()
        needs = {code: said for one in rules for code, said in need_names(one).items()}
        services = {code: kind for one in rules for code, kind in service_types(one).items()}
        terms = {term.code: term for one in rules for term in _terms(one)}
        return await uow.commit(Terms(needs=needs, services=tuple(services.values()), terms=tuple(terms.values())))


def filed(sought: Sought, *, uow: UnitOfWork) -> Filed:
    """By what the entries are chosen that somebody looks for. Of a term that there is not, there is nothing."""
    chosen = Filed(words=sought.words, organisation_id=sought.organisation_id, modified_since=sought.modified_since)
    if sought.taxonomy_id is None and sought.term_id is None:
        return chosen
    rules = _rules(uow)
    every = {taxonomy: _codes(taxonomy, rules.values()) for taxonomy in TAXONOMIES}
    if sought.taxonomy_id is not None:
        wanted = next((one for one in TAXONOMIES if id_of_taxonomy(one) == sought.taxonomy_id), None)
        chosen = _bearing(chosen, wanted, codes=every[wanted] if wanted else frozenset(), rules=rules)
    if sought.term_id is not None:
        pairs = ((taxonomy, code) for taxonomy, codes in every.items() for code in codes)
        taxonomy, code = next((pair for pair in pairs if id_of_term(*pair) == sought.term_id), (None, None))
        chosen = _bearing(chosen, taxonomy, codes=frozenset({code} if code else ()), rules=rules)
    return chosen


def _codes(taxonomy: str, rules: Iterable[RulesInForce]) -> frozenset[str]:
    """The codes of all terms of a taxonomy."""
    match taxonomy:
        case "families":
            return frozenset(Family)
        case "needs":
            return frozenset(code for one in rules for code in need_names(one))
        case "services":
            return frozenset(code for one in rules for code in service_types(one))
    return frozenset(term.code for one in rules for term in _terms(one))


def _bearing(chosen: Filed, taxonomy: str | None, *, codes: frozenset[str], rules: Mapping[str, RulesInForce]) -> Filed:
    """What is chosen and bears one of some terms of a taxonomy."""
    match taxonomy:
        case "needs":
            return replace(chosen, needs=codes if chosen.needs is None else chosen.needs & codes)
        case "services" | "terms":
            held = chosen.codes
            bearing = {place: _services(taxonomy, codes, one) for place, one in rules.items()}
            return replace(
                chosen, codes=bearing if held is None else {place: held[place] & bearing[place] for place in bearing}
            )
    return replace(chosen, families=codes if chosen.families is None else chosen.families & codes)


def _services(taxonomy: str, codes: frozenset[str], rules: RulesInForce) -> frozenset[str]:
    """The services that bear one of some terms by the rules of a place."""
    if taxonomy == "services":
        return codes & service_types(rules).keys()
    return frozenset(service for term in _terms(rules) if term.code in codes for service in term.services)


def _terms(rules: RulesInForce) -> tuple[Taxonomy, ...]:
    return taxonomies(rules) if rules.has(TAXONOMY) else ()


def _rules(uow: UnitOfWork) -> Mapping[str, RulesInForce]:
    """What holds in every place that says something of services itself."""
    places = sorted({rule.region for rule in uow.rulebook if rule.subject.startswith((SERVICES, TAXONOMY))})
    return {place: uow.rulebook.at(place, uow.today) for place in places}
