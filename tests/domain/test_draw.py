"""A draw is committed to before there is a case, taken once, and its result follows from seed, case and list alone."""

import hashlib
import hmac
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.draw import Candidate, Draw, DrawStage, NobodyEligible, SeedNotCommitted, commitment_of, digest_of
from app.domain.draw.algorithm import WORDS, index_of
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.transitions import NotYourFunction
from tests.builders import APPROVER, CASE_ID, COUNTY_OFFICER, MONDAY, PERSON_ID, VILLAGE
from tests.builders.draw import DRAW_RULES, DRAWN_AT, PUBLISHED_AT, SEED, a_draw, candidates, drawn, revealed, taken_for

CRITICAL = {4: 28.0, 9: 39.0}
"""Chi-square by degrees of freedom, which a fair draw exceeds once in 80,000 times; the seeds stay the same."""


def seeds(count: int) -> list[bytes]:
    return [hashlib.sha256(number.to_bytes(4, "big")).digest() for number in range(count)]


def chi_square(counts: Counter[UUID], *, among: int, draws: int) -> float:
    expected = draws / among
    return sum((count - expected) ** 2 / expected for count in counts.values()) + (among - len(counts)) * expected


def institution_of(draw: Draw) -> UUID:
    assert draw.outcome
    return draw.outcome.institution_id


def test_what_is_published_is_the_digest_of_the_seed_and_nothing_of_the_seed() -> None:
    draw, event = Draw.publish(
        SEED, draw_id=CASE_ID, organisation_id=CASE_ID, region=VILLAGE, number=1, at=PUBLISHED_AT
    )

    assert draw.commitment == hashlib.sha256(SEED).hexdigest() == event.commitment
    assert SEED.hex() not in repr(draw)
    assert (draw.stage, draw.person_id, draw.case_id, draw.list_digest) == (DrawStage.PUBLISHED, None, None, None)


def test_the_list_is_fixed_before_the_seed_is_known() -> None:
    fixed, event = a_draw().draw(taken_for(), candidates(), rules=DRAW_RULES, by=COUNTY_OFFICER, on=MONDAY, at=DRAWN_AT)

    assert (fixed.stage, fixed.seed, fixed.outcome) == (DrawStage.DRAWN, None, None)
    assert (event.list_digest, event.eligible, event.drawn_by) == (digest_of(candidates()), 3, COUNTY_OFFICER.id)
    assert (fixed.person_id, fixed.region) == (PERSON_ID, VILLAGE)


def test_the_result_names_one_of_the_list_and_as_many_of_its_doctors_as_must_sign() -> None:
    draw = revealed()

    assert draw.outcome
    chosen = next(one for one in candidates() if one.institution_id == draw.outcome.institution_id)
    assert len(set(draw.outcome.doctors)) == 2
    assert set(draw.outcome.doctors) <= set(chosen.doctors)
    assert draw.rule_versions == DRAW_RULES.references


def test_the_result_is_what_the_guide_says_for_whoever_writes_it_elsewhere() -> None:
    draw = revealed()
    lines = sorted(f"{one.institution_id} {' '.join(map(str, sorted(one.doctors)))}\n" for one in candidates())
    digest = hashlib.sha256("".join(lines).encode()).hexdigest()
    context = f"yian-draw-1\n{draw.id}\n7\n{CASE_ID}\nevaluation\n1\n2\n{digest}"

    code = hmac.digest(SEED, f"{context}\ninstitution\n0".encode(), "sha256")

    assert draw.outcome
    assert draw.outcome.ticket == code.hex()
    assert draw.outcome.institution_id == candidates()[int.from_bytes(code[:8], "big") % 3].institution_id


def test_the_order_in_which_the_list_is_told_changes_nothing() -> None:
    assert revealed(among=candidates()[::-1]) == revealed()


def test_another_seed_than_the_one_that_was_committed_to_reveals_nothing() -> None:
    with pytest.raises(SeedNotCommitted):
        drawn().reveal(bytes(32), on=MONDAY, at=DRAWN_AT)


def test_a_commitment_that_is_not_older_than_the_draw_draws_nothing() -> None:
    with pytest.raises(SeedNotCommitted):
        drawn(at=PUBLISHED_AT)


def test_from_an_empty_list_nobody_is_drawn() -> None:
    with pytest.raises(NobodyEligible):
        drawn(among=())


def test_only_a_county_officer_draws() -> None:
    with pytest.raises(NotYourFunction):
        drawn(by=APPROVER)


@pytest.mark.parametrize("made", [drawn, revealed])
def test_what_was_taken_is_not_taken_again(made: Callable[[], Draw]) -> None:
    with pytest.raises(IllegalTransition):
        made().draw(taken_for(), candidates(), rules=DRAW_RULES, by=COUNTY_OFFICER, on=MONDAY, at=DRAWN_AT)


@pytest.mark.parametrize("made", [a_draw, revealed])
def test_a_seed_is_opened_once_and_only_after_the_list_is_fixed(made: Callable[[], Draw]) -> None:
    with pytest.raises(IllegalTransition):
        made().reveal(SEED, on=MONDAY, at=DRAWN_AT + timedelta(hours=1))


@pytest.mark.slow
def test_each_institution_is_as_likely_as_any_other() -> None:
    counts = Counter(institution_of(revealed(seed, candidates(5))) for seed in seeds(5_000))

    assert chi_square(counts, among=5, draws=5_000) < CRITICAL[4]


@pytest.mark.slow
def test_each_pair_of_doctors_is_as_likely_as_any_other() -> None:
    pairs = Counter(
        UUID(int=min(pair).int ^ max(pair).int << 64)
        for seed in seeds(5_000)
        if (outcome := revealed(seed, candidates(1, doctors=5)).outcome) and (pair := outcome.doctors)
    )

    assert chi_square(pairs, among=10, draws=5_000) < CRITICAL[9]


@pytest.mark.slow
def test_who_stands_where_in_the_list_tells_nothing_of_who_is_drawn() -> None:
    """One line more makes another list, and all are drawn anew: nobody's lot moves with it in one direction."""
    before = [institution_of(revealed(seed, candidates(4))) for seed in seeds(2_000)]
    after = [institution_of(revealed(seed, candidates(5))) for seed in seeds(2_000)]

    of_first = Counter(now for then, now in zip(before, after, strict=True) if then == candidates()[0].institution_id)
    assert chi_square(of_first, among=5, draws=of_first.total()) < CRITICAL[4]


@given(st.binary(min_size=32, max_size=32), st.integers(min_value=1, max_value=WORDS))
def test_an_index_lies_below_the_length_of_the_list(seed: bytes, among: int) -> None:
    assert 0 <= index_of(seed, "context", "label", among=among) < among


def test_words_of_the_last_incomplete_stretch_are_passed_over() -> None:
    """A remainder alone would draw the lower half twice as often; so long a list shows it."""
    among = WORDS // 3 * 2
    low = sum(index_of(seed, "context", "label", among=among) < among // 2 for seed in seeds(2_000))

    assert 900 < low < 1_100


def test_the_digest_of_a_list_changes_with_each_doctor_in_it() -> None:
    one = candidates(1)[0]
    fewer = Candidate(institution_id=one.institution_id, doctors=one.doctors[1:])

    assert len({digest_of([one]), digest_of([fewer]), digest_of([]), commitment_of(b"")}) == 3
