"""Strategies of rules and of people: trees of every kind of condition, and facts of which some are not known."""

from collections.abc import Mapping, Sequence
from datetime import date

from hypothesis import strategies as st

from app.domain.entitlement import DeclaredFlag, Facts
from app.domain.entitlement.conditions import KINDS
from app.domain.person import EconomicStatus
from app.domain.shared.entry import RuleValue
from app.domain.shared.identity import Category, Grade

CODES = ("a", "b", "c", "d")
AREAS = ("", "65", "65/6523", "65/6523/652301", "11")
PLACES = ("65", "65/6523/652301", "65/6523/652301/652301104", "65/65231", "11/1101")
DAYS = (date(2026, 11, 26), date(2024, 2, 29), date(2025, 2, 28), date(2026, 3, 31))
BIRTHDAYS = (date(2004, 2, 29), date(2006, 11, 26))
SLUGS = tuple(category.slug for category in Category)
SINGLE_DAYS = st.dates(date(2022, 12, 1), date(2026, 11, 26))


def several(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(tuple)


def ages() -> st.SearchStrategy[dict[str, RuleValue]]:
    years = st.integers(0, 60)
    days = st.sampled_from([{}, {"reference_day": "01-01"}, {"reference_day": "08-31"}])
    bounds = st.one_of(
        years.map(lambda low: {"at_least": low}),
        years.map(lambda high: {"at_most": high}),
        st.tuples(years, st.integers(0, 20)).map(lambda both: {"at_least": both[0], "at_most": sum(both)}),
    )
    return st.tuples(bounds, days).map(lambda parts: {**parts[0], **parts[1]})


KEYS: Mapping[str, st.SearchStrategy[dict[str, RuleValue]]] = {
    "age_between": ages(),
    "category_in": st.fixed_dictionaries({"categories": several(SLUGS)}),
    "certificate_in_force": st.just({}),
    "diagnosis_present": st.fixed_dictionaries({"categories": several(SLUGS)}),
    "economic_status_in": st.fixed_dictionaries({"statuses": several([status.value for status in EconomicStatus])}),
    "flag_present": st.fixed_dictionaries({"flags": several((*CODES, DeclaredFlag.EARNS_INCOME.value))}),
    "grade_at_most": st.fixed_dictionaries({"grade": st.sampled_from(Grade).map(int)}),
    "interval_since": st.fixed_dictionaries({"benefits": several(CODES), "months": st.integers(1, 36)}),
    "need_present": st.fixed_dictionaries({"needs": several(CODES)}),
    "not_receiving": st.fixed_dictionaries({"benefits": several(CODES)}),
    "quota_left": st.fixed_dictionaries({"services": several(CODES)}),
    "registered_in": st.fixed_dictionaries({"area": st.sampled_from(AREAS)}),
    "residing_in": st.fixed_dictionaries({"area": st.sampled_from(AREAS)}),
}
assert KEYS.keys() == KINDS.keys()


def leaves() -> st.SearchStrategy[RuleValue]:
    """A condition of any kind."""
    return st.one_of(*(st.tuples(st.just(kind), keys).map(_condition) for kind, keys in KEYS.items()))


def _condition(parts: tuple[str, dict[str, RuleValue]]) -> RuleValue:
    kind, said = parts
    return {"kind": kind, **said}


def trees() -> st.SearchStrategy[RuleValue]:
    """Conditions combined by all, any, not and at least so many."""

    def combined(branches: st.SearchStrategy[RuleValue]) -> st.SearchStrategy[RuleValue]:
        some = st.lists(branches, min_size=1, max_size=4).map(tuple)
        counted = some.flatmap(lambda of: st.integers(1, len(of)).map(lambda count: {"count": count, "of": of}))
        return st.one_of(
            some.map(lambda of: {"all": of}),
            some.map(lambda of: {"any": of}),
            branches.map(lambda of: {"not": of}),
            counted.map(lambda group: {"at_least": group}),
        )

    return st.recursive(leaves(), combined, max_leaves=8)


def known(codes: Sequence[str] = CODES) -> st.SearchStrategy[dict[str, bool]]:
    """Of some codes whether they are so."""
    return st.dictionaries(st.sampled_from(codes), st.booleans())


def people(on: date, *, services: Sequence[str] = CODES) -> st.SearchStrategy[Facts]:
    """Somebody on a day; what is known of projects is known of these services."""
    return st.builds(
        Facts,
        on=st.just(on),
        has_certificate=st.sampled_from([True, False, None]),
        components=st.dictionaries(st.sampled_from(Category), st.sampled_from(Grade), max_size=2),
        grade=st.none() | st.sampled_from(Grade),
        birth_date=st.none() | st.dates(date(1966, 1, 1), on) | st.sampled_from(BIRTHDAYS),
        economic_status=st.none() | st.sampled_from(EconomicStatus),
        registration_region=st.sampled_from(PLACES),
        residence_region=st.sampled_from(PLACES),
        diagnoses=st.dictionaries(st.sampled_from(Category), st.booleans(), max_size=3),
        needs=known(),
        receiving=known(),
        last_received=st.dictionaries(st.sampled_from(services), st.none() | SINGLE_DAYS),
        flags=known(),
        places=known(services),
    )
