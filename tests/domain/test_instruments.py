"""The shipped instruments give the results of their published sources; a document that does not add up is refused."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.instruments import INSTRUMENTS, load_instrument, load_instruments
from app.adapters.rulebooks import RulebookRefused
from app.domain.assessment import (
    Answers,
    Instrument,
    MalformedInstrument,
    Silence,
    score,
)
from app.domain.shared.entry import MalformedRule
from tests.builders_care import BARTHEL, SELF_CARE, a_scheme, an_instrument, an_item, best_answers

SIX = ("eating", "dressing", "bed_transfer", "toileting", "indoor_walking", "bathing")

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


def answers_worth(instrument: Instrument, *points: int) -> Answers:
    """The answers to the items, in their order, that are worth these points."""
    pairs = zip(instrument.items, points, strict=True)
    given_ = {item.code: next(own.code for own in item.options if own.points == worth) for item, worth in pairs}
    return Answers.to(instrument, given_)


def any_answers(instrument: Instrument, *, silences: bool = False) -> st.SearchStrategy[dict[str, str]]:
    extra = tuple(Silence) if silences else ()
    return st.fixed_dictionaries(
        {item.code: st.sampled_from([*(option.code for option in item.options), *extra]) for item in instrument.items}
    )


@pytest.mark.parametrize(
    ("not_met", "band"),
    [
        (0, "able"),
        (1, "partial_loss"),
        (2, "partial_loss"),
        (3, "partial_loss"),
        (4, "complete_loss"),
        (5, "complete_loss"),
        (6, "complete_loss"),
    ],
)
def test_the_six_items_give_the_band_of_the_rule_by_how_many_are_not_met(not_met: int, band: str) -> None:
    answers = Answers.to(SELF_CARE, best_answers(SELF_CARE, **dict.fromkeys(SIX[:not_met], "not_met")))

    result = score(SELF_CARE, answers)

    assert (result.score, result.bands) == (not_met, {"self_care": band})


def test_it_does_not_matter_which_of_the_six_items_are_not_met() -> None:
    for first in range(4):
        answers = Answers.to(SELF_CARE, best_answers(SELF_CARE, **dict.fromkeys(SIX[first : first + 3], "not_met")))

        assert score(SELF_CARE, answers).bands == {"self_care": "partial_loss"}


def test_the_barthel_index_has_the_items_and_points_of_the_original() -> None:
    assert {item.code: {option.points for option in item.options} for item in BARTHEL.items} == BARTHEL_POINTS
    assert (BARTHEL.lowest, BARTHEL.highest) == (0, 100)


@pytest.mark.parametrize(
    ("points", "total", "bands"),
    [
        ((10, 5, 5, 10, 10, 10, 10, 15, 15, 10), 100, ("none", "none")),
        ((10, 0, 5, 10, 10, 10, 10, 15, 15, 10), 95, ("mild", "mild")),
        ((10, 5, 5, 10, 10, 10, 10, 10, 5, 0), 75, ("mild", "mild")),
        ((10, 0, 5, 10, 10, 10, 10, 10, 5, 0), 70, ("mild", "moderate")),
        ((10, 0, 5, 10, 10, 10, 5, 10, 5, 0), 65, ("mild", "moderate")),
        ((10, 0, 5, 10, 10, 10, 5, 10, 0, 0), 60, ("moderate", "moderate")),
        ((10, 0, 0, 5, 10, 10, 5, 5, 5, 0), 50, ("moderate", "moderate")),
        ((10, 0, 0, 5, 10, 10, 5, 5, 0, 0), 45, ("moderate", "severe")),
        ((10, 0, 0, 5, 10, 5, 5, 5, 0, 0), 40, ("severe", "severe")),
        ((10, 0, 0, 0, 5, 5, 0, 5, 0, 0), 25, ("severe", "severe")),
        ((5, 0, 0, 0, 5, 5, 0, 5, 0, 0), 20, ("severe", "total")),
        ((0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 0, ("severe", "total")),
    ],
)
def test_the_barthel_index_gives_the_bands_of_the_nursing_grades_and_of_the_other_scheme(
    points: tuple[int, ...], total: int, bands: tuple[str, str]
) -> None:
    result = score(BARTHEL, answers_worth(BARTHEL, *points))

    assert result.score == total
    assert (result.bands["nursing_grade"], result.bands["quarters"]) == bands


@pytest.mark.parametrize("instrument", [SELF_CARE, BARTHEL], ids=lambda instrument: instrument.code)
def test_the_shipped_instruments_say_where_they_come_from_and_by_what_right(instrument: Instrument) -> None:
    assert instrument.citation
    assert instrument.licence
    assert all(item.wording.zh and item.wording.en for item in instrument.items)


@given(any_answers(BARTHEL))
def test_a_score_of_the_barthel_index_is_a_multiple_of_five_from_zero_to_a_hundred(answers: dict[str, str]) -> None:
    total = score(BARTHEL, Answers.to(BARTHEL, answers)).score

    assert total in range(0, 101, 5)


@pytest.mark.parametrize("instrument", [SELF_CARE, BARTHEL], ids=lambda instrument: instrument.code)
@given(data=st.data())
def test_one_answer_worth_more_never_lowers_the_score_or_the_band(instrument: Instrument, data: st.DataObject) -> None:
    before = data.draw(any_answers(instrument))
    item = data.draw(st.sampled_from(instrument.items))
    worth = item.points_of(before[item.code])
    higher = data.draw(st.sampled_from([option for option in item.options if option.points >= (worth or 0)]))

    lower_result = score(instrument, Answers.to(instrument, before))
    higher_result = score(instrument, Answers.to(instrument, before | {item.code: higher.code}))

    assert (higher_result.score or 0) - (lower_result.score or 0) == higher.points - (worth or 0)
    for scheme in instrument.schemes:
        order = [band.code for band in scheme.bands]
        assert order.index(higher_result.bands[scheme.code]) >= order.index(lower_result.bands[scheme.code])


@pytest.mark.parametrize("instrument", [SELF_CARE, BARTHEL], ids=lambda instrument: instrument.code)
@given(data=st.data())
def test_whatever_the_missing_answers_turn_out_to_be_the_score_lies_in_the_range_that_was_given(
    instrument: Instrument, data: st.DataObject
) -> None:
    partial = data.draw(any_answers(instrument, silences=True))
    complete = data.draw(any_answers(instrument))
    filled = {code: complete[code] if answer in set(Silence) else answer for code, answer in partial.items()}

    early = score(instrument, Answers.to(instrument, partial))
    late = score(instrument, Answers.to(instrument, filled))

    assert late.score is not None
    assert early.lowest <= late.score <= early.highest
    assert early.bands.items() <= late.bands.items()
    assert (early.score is None) == bool(early.missing)


def test_four_items_that_are_not_met_decide_the_band_even_when_the_person_refuses_the_others() -> None:
    answers = dict.fromkeys(SIX[:4], "not_met") | dict.fromkeys(SIX[4:], "refused")

    result = score(SELF_CARE, Answers.to(SELF_CARE, answers))

    assert (result.score, result.lowest, result.highest) == (None, 4, 6)
    assert result.bands == {"self_care": "complete_loss"}


def test_a_band_that_a_missing_answer_could_change_is_not_given() -> None:
    answers = dict.fromkeys(SIX[:3], "not_met") | dict.fromkeys(SIX[3:5], "met") | {"bathing": "unknown"}

    assert score(SELF_CARE, Answers.to(SELF_CARE, answers)).bands == {}


def test_the_barthel_index_gives_no_band_before_every_item_is_answered() -> None:
    answers = best_answers(BARTHEL, walking="dependent", stairs="skipped")

    result = score(BARTHEL, Answers.to(BARTHEL, answers))

    assert (result.lowest, result.highest) == (75, 85)
    assert result.bands == {}


def written(tmp_path: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """The file of the six-item test after a change."""
    content = yaml.safe_load((INSTRUMENTS / "self_care_six.yaml").read_text(encoding="utf-8"))
    change(content)
    file = tmp_path / "changed.yaml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return file


def test_a_file_gives_its_instrument_and_a_folder_gives_all(tmp_path: Path) -> None:
    written(tmp_path, lambda content: content.update(valid_to=date(2026, 12, 31)))

    (instrument,) = load_instruments(tmp_path)

    assert instrument.valid_to == date(2026, 12, 31)
    assert load_instrument(INSTRUMENTS / "self_care_six.yaml") == SELF_CARE


def test_what_does_not_change_has_no_end_and_items_may_have_heads(tmp_path: Path) -> None:
    file = written(tmp_path, lambda content: (content.pop("validity_months"), content["items"][0].update(head="body")))

    instrument = load_instrument(file)

    assert instrument.validity_months is None
    assert instrument.heads == ("body",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda content: content.update(colour="red"), "unknown keys: colour"),
        (lambda content: content.pop("licence"), "lacks licence"),
        (lambda content: content["items"][0].update(weight=2), "unknown keys: weight"),
        (lambda content: content["items"][0]["options"][0].update(points="none"), "not of the type int"),
        (lambda content: content["items"][0]["options"][0].pop("zh"), "lacks zh"),
        (lambda content: content["schemes"][0].update(weight=2), "unknown keys: weight"),
        (lambda content: content["schemes"][0]["bands"][0].update(at_most=2), "unknown keys: at_most"),
    ],
)
def test_a_document_of_the_wrong_shape_is_refused(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], message: str
) -> None:
    with pytest.raises(MalformedRule, match=message):
        load_instrument(written(tmp_path, change))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda content: content.update(scoring="feeling"), "feeling is none of sum"),
        (lambda content: content.update(missing="guess"), "guess is none of"),
        (lambda content: content.update(used_by=["king"]), "king is none of"),
        (lambda content: content.update(purposes=[]), "names no purposes"),
        (lambda content: content["schemes"][0]["bands"][0].update(at_least=1), "must rise from 0"),
        (lambda content: content["items"][1].update(code="eating"), "two of them have one code"),
    ],
)
def test_a_document_that_does_not_hang_together_is_refused(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], message: str
) -> None:
    with pytest.raises(MalformedInstrument, match=message):
        load_instrument(written(tmp_path, change))


@pytest.mark.parametrize("text", ["- a\n- list\n", "nothing\n"])
def test_a_file_that_is_no_document_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "odd.yaml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(RulebookRefused, match=r"odd.yaml: a document is a mapping"):
        load_instrument(file)


@pytest.mark.parametrize("starts", [(), (1, 2), (0, 2, 2), (0, 3, 2), (0, 5)])
def test_bands_must_rise_from_the_lowest_score_and_begin_within_the_scores(starts: tuple[int, ...]) -> None:
    with pytest.raises(MalformedInstrument):
        an_instrument(schemes=(a_scheme(*starts),))


def test_an_item_must_leave_a_choice_and_its_answers_are_not_called_as_silences_are() -> None:
    lonely = an_item("first", 0)
    twin = an_item("first", 0, 0)

    for item in (lonely, twin):
        with pytest.raises(MalformedInstrument, match="first"):
            an_instrument(items=(item,))


@pytest.mark.parametrize("silence", Silence)
def test_no_answer_is_called_as_a_silence_is(silence: Silence, tmp_path: Path) -> None:
    file = written(tmp_path, lambda content: content["items"][0]["options"][0].update(code=silence.value))

    with pytest.raises(MalformedInstrument, match="eating"):
        load_instrument(file)
