"""An assessment is scored by the service, signed once and never changed."""

from dataclasses import FrozenInstanceError, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.assessment import (
    AnotherInstrument,
    AnswerNotInInstrument,
    Answers,
    Assessment,
    AssessmentDateImpossible,
    CorrectedBefore,
    CorrectionReason,
    Instrument,
    InstrumentNotFound,
    InstrumentNotSuitable,
    Instruments,
    MalformedInstrument,
    Method,
    MissingRule,
    Purpose,
    score,
)
from app.domain.shared.access import Principal, Role
from app.domain.shared.errors import DutiesNotSeparated
from app.domain.shared.events import Event
from app.domain.shared.reason import Reason
from app.domain.shared.transitions import NotYourFunction
from tests.builders import (
    APPLICATION_ID,
    ELSEWHERE,
    MONDAY,
    PERSON_ID,
    REVIEWER,
    a_principal,
)
from tests.builders.assessment import ASSESSMENT_ID, an_assessment, an_instrument, an_occasion, best_answers
from tests.builders.people import COMMISSIONER, NOW
from tests.builders.rules import BARTHEL, SELF_CARE

LATER = MONDAY + timedelta(days=3)


def test_an_item_that_is_not_mentioned_was_skipped() -> None:
    answers = Answers.to(an_instrument(), {"second": "refused"})

    assert answers.given == {"first": "skipped", "second": "refused"}


@pytest.mark.parametrize(
    ("given_", "pointer"), [({"third": "worth_1"}, "/answers"), ({"first": "worth_9"}, "/answers/first")]
)
def test_an_answer_that_the_instrument_does_not_have_is_refused(given_: dict[str, str], pointer: str) -> None:
    with pytest.raises(AnswerNotInInstrument) as refusal:
        Answers.to(an_instrument(), given_)

    assert refusal.value.pointer == pointer


def test_a_complete_result_says_its_score_its_heads_and_its_band_and_how_they_came_about() -> None:
    result = score(an_instrument(), Answers.to(an_instrument(), {"first": "worth_2", "second": "worth_1"}))

    assert (result.score, result.heads, result.missing) == (3, {"left": 2, "right": 1}, ())
    assert result.explanation == (
        Reason(code="assessment.score", parameters={"score": 3, "highest": 4}),
        Reason(code="assessment.band", parameters={"scheme": "halves", "band": "from_2"}),
    )


def test_a_result_with_silences_says_what_is_missing_and_between_what_the_score_lies() -> None:
    result = score(an_instrument(), Answers.to(an_instrument(), {"first": "worth_1"}))

    assert (result.score, result.heads, result.missing) == (None, {"left": 1, "right": None}, ("second",))
    assert result.explanation == (
        Reason(code="assessment.items_missing", parameters={"count": 1, "unanswered": ("second",)}),
        Reason(code="assessment.score_between", parameters={"lowest": 1, "highest": 3}),
        Reason(code="assessment.band_open", parameters={"scheme": "halves"}),
    )


def test_where_the_manual_wants_all_answers_there_is_no_band_without_them() -> None:
    strict = an_instrument(missing=MissingRule.NO_BAND)

    assert score(strict, Answers.to(strict, {"first": "worth_2"})).bands == {}
    assert score(an_instrument(), Answers.to(strict, {"first": "worth_2"})).bands == {"halves": "from_2"}


@given(st.fixed_dictionaries({}, optional={"first": st.sampled_from(["worth_0", "worth_2", "unknown"])}))
def test_the_score_of_the_heads_is_the_score_of_the_whole(given_: dict[str, str]) -> None:
    result = score(an_instrument(), Answers.to(an_instrument(), given_ | {"second": "worth_1"}))

    heads = [worth for worth in result.heads.values() if worth is not None]
    assert (len(heads) == 2) == (result.score is not None)
    assert result.score in {None, sum(heads)}


def sign(instrument: Instrument = SELF_CARE, *, by: Principal = COMMISSIONER, **occasion: Any) -> Assessment:
    return an_assessment(instrument, by=by, occasion=an_occasion(**occasion))


def test_a_signed_assessment_says_by_whom_how_what_for_and_until_when_it_may_be_relied_on() -> None:
    assessment = an_assessment(answers={"eating": "not_met"})

    assert assessment.result.bands == {"self_care": "partial_loss"}
    assert (assessment.assessor_id, assessment.signed_at) == (COMMISSIONER.id, NOW)
    assert assessment.organisation_id in COMMISSIONER.organisation_ids
    assert (assessment.application_id, assessment.version) == (APPLICATION_ID, 1)
    assert assessment.valid_until == date(2027, 11, 16)
    assert assessment.occasion == an_occasion()


def test_a_signed_assessment_never_changes_and_does_not_show_health_data_in_logs() -> None:
    assessment = an_assessment(answers={"eating": "not_met"})

    with pytest.raises(FrozenInstanceError):
        assessment.version = 2  # type: ignore[misc]
    assert "not_met" not in repr(assessment)
    assert "partial_loss" not in repr(assessment)


def test_the_event_of_a_signature_carries_neither_score_nor_answer_nor_person() -> None:
    answers = Answers.to(SELF_CARE, best_answers(SELF_CARE))

    _, event = Assessment.sign(
        an_occasion(), answers, assessment_id=ASSESSMENT_ID, instrument=SELF_CARE, by=COMMISSIONER, at=NOW, on=MONDAY
    )

    assert event.facts() == {
        "assessment_id": str(ASSESSMENT_ID),
        "instrument": "self_care_six",
        "instrument_version": "2021",
        "purpose": "needs",
        "assessed_by": str(COMMISSIONER.id),
        "assessed_on": "2026-11-16",
    }


def test_an_assessment_may_be_relied_on_from_its_day_until_its_validity_ends() -> None:
    assessment = sign(assessed_on=date(2026, 5, 31))

    assert assessment.is_valid_on(date(2026, 5, 31))
    assert assessment.is_valid_on(date(2027, 5, 31))
    assert not assessment.is_valid_on(date(2027, 6, 1))
    assert not assessment.is_valid_on(date(2026, 5, 30))
    assert sign(an_instrument()).is_valid_on(date(2126, 1, 1))


@pytest.mark.parametrize("by", [REVIEWER, a_principal(Role.COMMISSIONER, region=ELSEWHERE)])
def test_only_the_roles_that_the_instrument_names_assess_each_in_the_own_area(by: Principal) -> None:
    with pytest.raises(NotYourFunction):
        sign(by=by)


def test_nobody_assesses_the_own_person() -> None:
    with pytest.raises(DutiesNotSeparated):
        sign(by=replace(COMMISSIONER, person_id=PERSON_ID))


def test_an_assessment_is_not_dated_in_the_future() -> None:
    assert sign(assessed_on=MONDAY).assessed_on == MONDAY
    with pytest.raises(AssessmentDateImpossible):
        sign(assessed_on=MONDAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("instrument", "occasion", "pointer"),
    [
        (SELF_CARE, {"purpose": Purpose.EDUCATION}, "/purpose"),
        (BARTHEL, {"method": Method.PHONE}, "/method"),
        (SELF_CARE, {"assessed_on": date(2021, 6, 30)}, "/instrument_version"),
    ],
)
def test_an_instrument_serves_its_own_purposes_methods_and_days_only(
    instrument: Instrument, occasion: dict[str, Any], pointer: str
) -> None:
    with pytest.raises(InstrumentNotSuitable) as refusal:
        sign(instrument, **occasion)

    assert refusal.value.pointer == pointer


def corrected(
    old: Assessment, instrument: Instrument = SELF_CARE, *, corrected_by: UUID | None = None
) -> tuple[Assessment, Event]:
    answers = Answers.to(instrument, best_answers(instrument))
    return old.correct(
        answers,
        reason=CorrectionReason.MISRECORDED,
        corrected_by=corrected_by,
        assessment_id=UUID(int=0xA56),
        instrument=instrument,
        by=COMMISSIONER,
        at=NOW,
        on=LATER,
    )


def test_a_correction_is_a_new_assessment_of_the_same_occasion_that_names_the_old() -> None:
    old = an_assessment(answers={"eating": "not_met"})

    new, event = corrected(old)

    assert (new.id, new.corrects, new.correction_reason) == (UUID(int=0xA56), old.id, CorrectionReason.MISRECORDED)
    assert new.occasion == old.occasion
    assert new.result.bands == {"self_care": "able"}
    assert old.result.bands == {"self_care": "partial_loss"}
    assert event.name == "assessment.corrected"
    assert event.facts()["corrects"] == str(old.id)


def test_an_assessment_is_corrected_once_and_then_the_new_one_is() -> None:
    with pytest.raises(CorrectedBefore, match="Correct that one"):
        corrected(an_assessment(), corrected_by=UUID(int=0xA57))


@pytest.mark.parametrize("instrument", [BARTHEL, replace(SELF_CARE, version="2030")], ids=["another", "version"])
def test_a_correction_keeps_the_instrument_and_its_version(instrument: Instrument) -> None:
    with pytest.raises(AnotherInstrument):
        corrected(an_assessment(), instrument)


def test_an_assessor_takes_the_latest_version_in_use_and_old_results_are_read_in_theirs() -> None:
    old = an_instrument(version="1", valid_from=date(2000, 1, 1), valid_to=date(2026, 12, 31))
    new = an_instrument(version="2", valid_from=date(2026, 11, 1))
    library = Instruments([new, old])

    assert list(library) == [old, new]
    assert library.in_use("invented", on=MONDAY) is new
    assert library.in_use("invented", on=date(2026, 10, 31)) is old
    assert library.version("invented", "1") is old


def test_an_instrument_that_is_not_there_is_not_found() -> None:
    library = Instruments([an_instrument()])

    with pytest.raises(InstrumentNotFound):
        library.version("invented", "9")
    with pytest.raises(InstrumentNotFound):
        library.in_use("invented", on=date(2019, 12, 31))
    with pytest.raises(InstrumentNotFound):
        library.in_use("another", on=MONDAY)


def test_a_version_is_one_document() -> None:
    with pytest.raises(MalformedInstrument, match="invented version 1"):
        Instruments([an_instrument(), an_instrument()])
