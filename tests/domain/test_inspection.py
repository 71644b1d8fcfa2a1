"""The lot falls on a record of a delivery; a named human who has no part in it says what was found."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from app.domain.inspection import (
    InspectionMethod,
    InspectionOutcome,
    InspectionStage,
    NotIndependent,
    Result,
)
from app.domain.shared.access import Membership, Role
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.transitions import OwnCase
from tests.builders import MONDAY, PERSON_ID, TOWNSHIP, TOWNSHIP_OFFICER
from tests.builders.report import an_inspection_at

SEEN = Result(method=InspectionMethod.VISIT, outcome=InspectionOutcome.DIFFERS, words="本人说只来了半小时")
OPEN = an_inspection_at(InspectionStage.OPEN)


def test_an_officer_says_what_was_found_and_the_words_stay_with_it() -> None:
    ended, event = OPEN.record(SEEN, by=TOWNSHIP_OFFICER, on=MONDAY)

    assert (ended.stage, ended.result, ended.inspected) == (InspectionStage.DONE, SEEN, OPEN.inspected)
    assert event.facts() == {
        "inspection_id": str(OPEN.id),
        "outcome": "differs",
        "inspected_by": str(TOWNSHIP_OFFICER.id),
        "inspected_on": "2026-11-16",
    }
    assert "半小时" not in repr(ended)


def test_neither_who_referred_the_person_nor_who_serves_the_provider_inspects_nor_the_person() -> None:
    serves = Membership(
        organisation_id=OPEN.inspected.provider_id,
        role=Role.TOWNSHIP_OFFICER,
        region=TOWNSHIP,
        valid_from=date(2020, 1, 1),
    )
    with pytest.raises(NotIndependent):
        OPEN.record(SEEN, by=replace(TOWNSHIP_OFFICER, id=UUID(int=8)), on=MONDAY)
    with pytest.raises(NotIndependent):
        OPEN.record(SEEN, by=replace(TOWNSHIP_OFFICER, memberships=(serves,)), on=MONDAY)
    with pytest.raises(OwnCase):
        OPEN.record(SEEN, by=replace(TOWNSHIP_OFFICER, person_id=PERSON_ID), on=MONDAY)


def test_a_result_without_words_is_refused() -> None:
    with pytest.raises(ReasonMissing):
        replace(SEEN, words="")
