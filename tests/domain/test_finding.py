"""Three values: what is not known settles nothing, and is never held against anybody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.shared.finding import Finding, all_of, any_of, at_least, finding_of, opposite

MET, NOT_MET, UNKNOWN = Finding.MET, Finding.NOT_MET, Finding.UNKNOWN
findings = st.lists(st.sampled_from(Finding))


@given(findings)
def test_all_and_any_are_each_others_opposite(several: list[Finding]) -> None:
    assert all_of(several) is opposite(any_of(opposite(finding) for finding in several))
    assert all_of(several) is all_of(reversed(several))


@given(findings)
def test_all_is_met_only_if_nothing_else_is_found(several: list[Finding]) -> None:
    assert (all_of(several) is MET) == all(finding is MET for finding in several)
    assert (all_of(several) is NOT_MET) == (NOT_MET in several)


@given(findings, st.integers(1, 8))
def test_so_many_are_met_only_if_they_are_however_the_unknown_turns_out(several: list[Finding], count: int) -> None:
    worst, best = several.count(MET), several.count(MET) + several.count(UNKNOWN)

    assert (at_least(count, several) is MET) == (worst >= count)
    assert (at_least(count, several) is NOT_MET) == (best < count)


@pytest.mark.parametrize(("fact", "finding"), [(True, MET), (False, NOT_MET), (None, UNKNOWN)])
def test_a_fact_that_is_not_known_is_not_held_against_anybody(fact: bool | None, finding: Finding) -> None:  # noqa: FBT001
    assert finding_of(fact) is finding
