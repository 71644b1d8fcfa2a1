"""The shipped instruments give the results of their published sources, and their golden vectors notice mistakes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.golden_vectors import vectors_of
from app.adapters.instruments import INSTRUMENTS as FOLDER
from app.domain.assessment import Answer, AnswerNotInInstrument, Answers, Instrument, Item, Silence, Words, score
from app.tools.bench.instruments import bite_of
from tests.builders.assessment import best_answers
from tests.builders.rules import BARTHEL, INSTRUMENTS, SELF_CARE

ALL = pytest.mark.parametrize("instrument", list(INSTRUMENTS), ids=lambda instrument: instrument.code)
LTC = INSTRUMENTS.version("ltc_2021", "2021")
SURVEY = INSTRUMENTS.version("basic_situation", "2026")
SCORED = [instrument for instrument in INSTRUMENTS if instrument is not SURVEY]
EACH_SCORED = pytest.mark.parametrize("instrument", SCORED, ids=lambda instrument: instrument.code)
SAID = (Silence.SKIPPED, Silence.REFUSED, Silence.UNKNOWN)
SIX = tuple(item.code for item in SELF_CARE.items)

# The points of the ten items, from the original paper of 1965.
BARTHEL_POINTS = {
    "feeding": {10, 5, 0},
    "bathing": {5, 0},
    "grooming": {5, 0},
    "dressing": {10, 5, 0},
    "bowels": {10, 5, 0},
    "bladder": {10, 5, 0},
    "toileting": {10, 5, 0},
    "transfer": {15, 10, 5, 0},
    "walking": {15, 10, 5, 0},
    "stairs": {10, 5, 0},
}


def any_answers(instrument: Instrument, *, silences: bool = False) -> st.SearchStrategy[dict[str, Answer]]:
    extra = tuple(silence.value for silence in SAID) if silences else ()
    return st.fixed_dictionaries(
        {item.code: st.sampled_from([*(option.code for option in item.options), *extra]) for item in instrument.items}
    )


@ALL
def test_the_golden_vectors_hold(instrument: Instrument) -> None:
    vectors = vectors_of(FOLDER / f"{instrument.code}.yaml")

    assert vectors
    assert [complaint for vector in vectors if (complaint := vector.complaint(instrument))] == []


@pytest.mark.slow
@ALL
def test_the_golden_vectors_notice_every_small_mistake_in_the_data(instrument: Instrument) -> None:
    bite = bite_of(instrument, vectors_of(FOLDER / f"{instrument.code}.yaml"))

    assert bite.mutants == bite.killed + bite.refused
    assert bite.killed > 0


@ALL
def test_the_shipped_instruments_say_where_they_come_from_and_by_what_right(instrument: Instrument) -> None:
    assert instrument.citation
    assert instrument.licence
    assert all(reading.source for reading in instrument.readings)
    assert all(item.wording.zh and item.wording.en for item in instrument.items)


def test_the_shipped_instruments_have_the_items_of_their_sources() -> None:
    sizes = {instrument.code: len(instrument.items) for instrument in INSTRUMENTS}

    assert sizes == {
        "barthel": 10,
        "basic_situation": 41,
        "lawton": 8,
        "ltc_2021": 17,
        "self_care_six": 6,
        "wg_ss": 6,
        "whodas_12": 12,
    }
    assert [len([item for item in LTC.items if item.head == head]) for head in LTC.heads] == [10, 4, 3]
    assert len(SURVEY.heads) == 8


def test_the_barthel_index_has_the_items_and_points_of_the_original() -> None:
    assert {item.code: {option.points for option in item.options} for item in BARTHEL.items} == BARTHEL_POINTS


def test_the_scale_of_the_who_comes_without_its_words() -> None:
    whodas = INSTRUMENTS.version("whodas_12", "2.0")

    assert whodas.words is Words.LICENSED
    assert (whodas.lowest, whodas.highest) == (0, 48)
    assert all("licence holder" in item.wording.en for item in whodas.items)


def test_what_is_doubtful_in_the_long_term_care_standard_is_marked_so() -> None:
    assert {reading.code: reading.confidence.value for reading in LTC.readings} == {
        "adl": "high",
        "cognition": "doubtful",
        "perception": "doubtful",
        "level": "doubtful",
    }


def test_which_items_are_not_met_does_not_matter() -> None:
    for first in range(4):
        answers = Answers.to(SELF_CARE, best_answers(SELF_CARE, **dict.fromkeys(SIX[first : first + 3], "not_met")))

        assert score(SELF_CARE, answers).bands == {"self_care": "partial_loss"}


@EACH_SCORED
@settings(max_examples=30)
@given(data=st.data())
def test_a_score_lies_within_its_bounds_and_one_answer_worth_more_never_lowers_it(
    instrument: Instrument, data: st.DataObject
) -> None:
    before = data.draw(any_answers(instrument))
    item = data.draw(st.sampled_from(instrument.items))
    worth = item.points_of(before[item.code]) or 0
    higher = data.draw(st.sampled_from([option for option in item.options if option.points >= worth]))

    low = score(instrument, Answers.to(instrument, before))
    high = score(instrument, Answers.to(instrument, before | {item.code: higher.code}))

    assert instrument.lowest <= (low.score or 0) <= (high.score or 0) <= instrument.highest
    for scheme in instrument.schemes:
        order = [band.code for band in scheme.bands]
        assert order.index(high.bands[scheme.code]) >= order.index(low.bands[scheme.code])
    for matrix in instrument.matrices:
        levels = [level.code for level in matrix.bands]
        assert levels.index(high.bands[matrix.code]) <= levels.index(low.bands[matrix.code])
    for cut_off in instrument.cut_offs:
        findings = [level.code for level in cut_off.bands]
        assert findings.index(high.bands[cut_off.code]) >= findings.index(low.bands[cut_off.code])


@EACH_SCORED
@settings(max_examples=30)
@given(data=st.data())
def test_whatever_the_missing_answers_turn_out_to_be_nothing_that_was_said_before_is_wrong(
    instrument: Instrument, data: st.DataObject
) -> None:
    partial = data.draw(any_answers(instrument, silences=True))
    complete = data.draw(any_answers(instrument))
    filled = {code: complete[code] if answer in SAID else answer for code, answer in partial.items()}

    early = score(instrument, Answers.to(instrument, partial))
    late = score(instrument, Answers.to(instrument, filled))

    assert early.lowest <= late.lowest == late.highest <= early.highest
    assert early.bands.items() <= late.bands.items()
    assert (early.filled_hundredths is not None) == (0 < len(early.missing) <= instrument.fills_at_most)
    assert late.missing == ()


@given(any_answers(BARTHEL))
def test_a_score_of_the_barthel_index_is_a_multiple_of_five(answers: dict[str, Answer]) -> None:
    assert score(BARTHEL, Answers.to(BARTHEL, answers)).score in range(0, 101, 5)


def some_of(item: Item, data: st.DataObject) -> Answer:
    """An answer to an item; several where it takes several."""
    together = [option.code for option in item.options if not option.stands_alone]
    if item.takes_several:
        return tuple(data.draw(st.lists(st.sampled_from(together), min_size=1, unique=True)))
    return data.draw(st.sampled_from(together))


@settings(max_examples=15)
@given(st.data())
def test_whoever_answers_what_is_asked_in_the_survey_misses_nothing_and_is_asked_nothing_else(
    data: st.DataObject,
) -> None:
    given_: dict[str, Answer] = {}
    for item in SURVEY.items:
        if item.is_asked(given_):
            given_[item.code] = some_of(item, data)

    answers = Answers.to(SURVEY, given_)

    assert score(SURVEY, answers).missing == ()
    assert {code for code, answer in answers.given.items() if answer == Silence.NOT_ASKED} == {
        item.code for item in SURVEY.items if item.code not in given_
    }


def test_only_the_service_says_that_an_item_was_not_asked() -> None:
    with pytest.raises(AnswerNotInInstrument):
        Answers.to(SELF_CARE, {"eating": Silence.NOT_ASKED})
