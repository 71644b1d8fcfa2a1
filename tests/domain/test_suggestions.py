"""Entitled but not asked for: shown where something speaks for it, and never where something speaks against it."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.application import Likelihood, Outlook, Package, suggestions_of
from app.domain.entitlement import Facts
from app.domain.person import EconomicStatus
from app.domain.shared.finding import Finding
from app.domain.shared.identity import Category, Grade
from tests.builders import VILLAGE
from tests.builders.rules import BOOK

HERE = BOOK.at(VILLAGE, date(2026, 11, 16))
FIVE = Package.of("disability_services", HERE)
HOLDER: dict[str, Any] = {"has_certificate": True, "components": {Category.PHYSICAL: Grade.SECOND}, "age": 42}
NOTHING_ELSE = {"work_injury_nursing_fee": False, "orphan_allowance": False}


def suggested(*chosen: str, **facts: Any) -> list[str]:
    return [one.item for one in suggestions(*chosen, **facts)]


def suggestions(*chosen: str, **facts: Any) -> tuple[Outlook, ...]:
    return suggestions_of(FIVE, Facts(**facts), chosen=chosen, rules=HERE)


def test_nothing_is_suggested_of_whom_nothing_is_known() -> None:
    assert suggested("certificate") == []


def test_what_is_likely_comes_first() -> None:
    found = suggestions(
        "nursing_subsidy",
        **HOLDER,
        economic_status=EconomicStatus.SUBSISTENCE_ALLOWANCE,
        receiving=NOTHING_ELSE,
    )

    assert (found[0].item, found[0].likelihood) == ("living_subsidy", Likelihood.LIKELY)
    assert [reason.source for reason in found[0].reasons if reason.finding is Finding.MET]


def test_what_was_chosen_or_is_received_is_not_suggested() -> None:
    poor = {**HOLDER, "economic_status": EconomicStatus.SUBSISTENCE_ALLOWANCE}

    assert "living_subsidy" in suggested(**poor)
    assert "living_subsidy" not in suggested("living_subsidy", **poor)
    assert "living_subsidy" not in suggested(**poor, receiving={"living_subsidy": True})


def test_whoever_holds_a_certificate_is_not_sent_for_another() -> None:
    assert "certificate" not in suggested(**HOLDER)


@given(
    has_certificate=st.none() | st.booleans(),
    grade=st.none() | st.sampled_from(Grade),
    age=st.none() | st.integers(0, 110),
    economic_status=st.none() | st.sampled_from(EconomicStatus),
    needs=st.dictionaries(st.just("long_term_care"), st.booleans()),
)
def test_nothing_is_suggested_that_something_speaks_against_or_nothing_for(**facts: Any) -> None:
    for one in suggestions(**facts):
        assert one.likelihood is not Likelihood.UNLIKELY
        assert any(reason.finding is Finding.MET for reason in one.reasons)
