"""What was measured is held to the standard's tables: it warns with the clause, and never says a grade."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.certificate import AdaptiveBehaviour, Grading, Measure, Measurements
from app.domain.shared.identity import Category, Grade
from app.domain.shared.reason import Reason
from tests.builders.rules import BOOK

GRADING = Grading.of(BOOK.at("", date(2026, 11, 26)))
OUTSIDE, NOT_CONCLUDED = "grading.outside_the_band", "grading.within_a_band_and_not_concluded"
A, F, H, S = Measure.ACUITY, Measure.FIELD_DEGREES, Measure.HEARING_DB, Measure.SPEECH_CLARITY_PERCENT
IQ, DQ = Measure.INTELLIGENCE_QUOTIENT, Measure.DEVELOPMENT_QUOTIENT
ADULT, CHILD = 30, 5


def warned(found: Mapping[Category, int], *, age: int | None = ADULT, **measured: str) -> list[str]:
    return [warning.code for warning in warnings(found, age=age, **measured)]


def warnings(found: Mapping[Category, int], *, age: int | None = ADULT, **measured: str) -> tuple[Reason, ...]:
    behaviour = measured.pop("behaviour", None)
    taken = Measurements(
        numbers={Measure(name): Decimal(value) for name, value in measured.items()},
        adaptive_behaviour=AdaptiveBehaviour(behaviour) if behaviour else None,
    )
    return GRADING.warnings({category: Grade(grade) for category, grade in found.items()}, taken, age=age)


@pytest.mark.parametrize(
    ("category", "measure", "values"),
    [
        (Category.VISUAL, A, {1: ["0", "0.019"], 2: ["0.02", "0.049"], 3: ["0.05", "0.099"], 4: ["0.1", "0.299"]}),
        (Category.VISUAL, F, {1: ["0", "4.9"], 2: ["5", "9.9"]}),
        (Category.HEARING, H, {1: ["91", "120"], 2: ["81", "90"], 3: ["61", "80"], 4: ["41", "60"]}),
        (Category.SPEECH, S, {1: ["0", "10"], 2: ["11", "25"], 3: ["26", "45"], 4: ["46", "65"]}),
        (Category.INTELLECTUAL, IQ, {1: ["19"], 2: ["20", "34"], 3: ["35", "49"], 4: ["50", "69"]}),
        (Category.PHYSICAL, Measure.LEG_LENGTH_DIFFERENCE_MM, {4: ["50"]}),
        (Category.PHYSICAL, Measure.KYPHOSIS_DEGREES, {4: ["71"]}),
        (Category.PHYSICAL, Measure.SCOLIOSIS_DEGREES, {4: ["46"]}),
        (Category.PHYSICAL, Measure.ADULT_HEIGHT_MM, {4: ["1300"]}),
    ],
)
def test_each_row_of_the_standard_agrees_with_its_own_grade_and_no_other(
    category: Category, measure: Measure, values: dict[int, list[str]]
) -> None:
    for grade in Grade:
        for row, measured in values.items():
            for value in measured:
                expected = [] if row == grade else [OUTSIDE]
                assert warned({category: grade}, age=ADULT, **{measure.value: value}) == expected, (grade, value)


@pytest.mark.parametrize(
    ("category", "measure", "value"),
    [
        (Category.VISUAL, A, "0.3"),
        (Category.VISUAL, F, "10"),
        (Category.HEARING, H, "40"),
        (Category.SPEECH, S, "66"),
        (Category.INTELLECTUAL, IQ, "70"),
        (Category.PHYSICAL, Measure.LEG_LENGTH_DIFFERENCE_MM, "49"),
        (Category.PHYSICAL, Measure.KYPHOSIS_DEGREES, "70"),
        (Category.PHYSICAL, Measure.SCOLIOSIS_DEGREES, "45"),
        (Category.PHYSICAL, Measure.ADULT_HEIGHT_MM, "1301"),
    ],
)
def test_what_lies_beyond_the_last_row_agrees_with_no_grade(category: Category, measure: Measure, value: str) -> None:
    assert all(warned({category: grade}, age=ADULT, **{measure.value: value}) == [OUTSIDE] for grade in Grade)
    assert warned({}, age=ADULT, **{measure.value: value}) == []


def test_a_field_below_ten_degrees_is_blindness_whatever_the_acuity() -> None:
    assert warned({Category.VISUAL: 2}, acuity="0.2", field_degrees="9") == []
    assert warned({Category.VISUAL: 4}, acuity="0.2", field_degrees="9") == [OUTSIDE]
    assert warned({Category.VISUAL: 4}, acuity="0.2", field_degrees="60") == []


@pytest.mark.parametrize(
    ("value", "grade"), [("25", 1), ("26", 2), ("39", 2), ("40", 3), ("54", 3), ("55", 4), ("71", 4)]
)
def test_below_seventy_two_the_quotient_of_development_settles_it(value: str, grade: int) -> None:
    mild = AdaptiveBehaviour.MILD

    assert warned({Category.INTELLECTUAL: grade}, age=CHILD, development_quotient=value, behaviour=mild) == []


def test_from_seventy_two_the_behaviour_of_a_child_settles_it() -> None:
    measured = {"development_quotient": "73", "behaviour": AdaptiveBehaviour.MODERATE}

    assert warned({Category.INTELLECTUAL: 3}, age=CHILD, **measured) == []
    assert warned({Category.INTELLECTUAL: 4}, age=CHILD, **measured) == [OUTSIDE]


def test_where_quotient_and_behaviour_differ_the_behaviour_counts_from_seven_years() -> None:
    measured = {"intelligence_quotient": "60", "behaviour": AdaptiveBehaviour.SEVERE}

    assert warned({Category.INTELLECTUAL: 2}, age=7, **measured) == []
    assert warned({Category.INTELLECTUAL: 4}, age=7, **measured) == [OUTSIDE]


def test_behaviour_supports_mental_disability_and_points_to_no_other_category() -> None:
    assert warned({Category.MENTAL: 1}, behaviour=AdaptiveBehaviour.PROFOUND) == []
    assert warned({Category.MENTAL: 2}, behaviour=AdaptiveBehaviour.PROFOUND) == [OUTSIDE]


@pytest.mark.parametrize(("age", "grade", "expected"), [(2, 4, True), (3, 4, False), (2, 3, False)])
def test_children_under_three_have_no_fourth_grade_of_hearing(age: int, grade: int, *, expected: bool) -> None:
    assert ("grading.too_young_for_the_grade" in warned({Category.HEARING: grade}, age=age)) is expected


@pytest.mark.parametrize(("age", "expected"), [(2, True), (3, False), (None, False)])
def test_children_under_three_are_not_graded_for_speech(age: int | None, *, expected: bool) -> None:
    assert ("grading.too_young_for_speech" in warned({Category.SPEECH: 1}, age=age)) is expected


def test_a_measurement_within_a_band_asks_why_the_category_was_not_concluded() -> None:
    (warning,) = warnings({Category.VISUAL: 1}, acuity="0", hearing_db="95")

    assert warning.code == NOT_CONCLUDED
    assert warning.parameters["category"] == "hearing"
    assert warning.parameters["clause"] == "5.3"


@given(
    found=st.dictionaries(st.sampled_from([*Category][:-1]), st.sampled_from(Grade), max_size=3),
    measured=st.builds(
        Measurements,
        numbers=st.dictionaries(st.sampled_from(Measure), st.decimals(0, 2000, places=2), max_size=6),
        adaptive_behaviour=st.none() | st.sampled_from(AdaptiveBehaviour),
    ),
    age=st.none() | st.integers(0, 110),
)
def test_a_warning_never_says_a_grade(found: dict[Category, Grade], measured: Measurements, age: int | None) -> None:
    raised = GRADING.warnings(found, measured, age=age)

    told = {key for warning in raised for key in warning.parameters}
    assert told <= {"category", "clause", "measures", "rule", "years"}


@given(found=st.dictionaries(st.sampled_from([*Category][:-1]), st.sampled_from(Grade)), age=st.integers(3, 110))
def test_who_measured_nothing_is_not_warned(found: dict[Category, Grade], age: int) -> None:
    assert GRADING.warnings(found, Measurements(), age=age) == ()
