"""Whoever of the people that the seed has made holds a certificate, and its number."""

from collections.abc import Iterator
from datetime import date

from app.adapters.rulebooks import load_rulebooks
from app.domain.shared.identity import CertificateNumber, category_of, heaviest
from app.domain.shared.rulebook import Rulebook
from app.sandbox.people import Shares, SyntheticPerson, people
from app.sandbox.seed import COUNTY_PATH, SEED, villages


def holders_among(persons: int) -> Iterator[SyntheticPerson]:
    """The holders among so many people, in the order in which the seed has made them."""
    rules = Rulebook(load_rulebooks()).at(COUNTY_PATH, date(2026, 1, 1))
    made = people(persons, villages=villages(), shares=Shares.of(rules), seed=SEED)
    return (person for person in made if person.issued_on)


def certificate_number(holder: SyntheticPerson) -> CertificateNumber:
    """The number of a holder's certificate."""
    category, grade = category_of(holder.components), heaviest(holder.components)
    return CertificateNumber.of(holder.number, category=category, grade=grade)
