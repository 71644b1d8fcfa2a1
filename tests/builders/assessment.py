"""Instruments, what is answered to them, and the needs that follow."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from app.domain.assessment import (
    Answer,
    Answers,
    Assessment,
    Band,
    BandScheme,
    Evidence,
    Instrument,
    Item,
    Method,
    MissingRule,
    Need,
    NeedCode,
    Occasion,
    Option,
    Purpose,
    Scoring,
)
from app.domain.shared.access import Principal, Role
from app.domain.shared.provenance import Confidence
from app.domain.shared.wording import Wording
from tests.builders.people import (
    APPLICATION_ID,
    COMMISSIONER,
    MONDAY,
    NOW,
    PERSON_ID,
    VILLAGE,
)
from tests.builders.rules import SELF_CARE

ASSESSMENT_ID = UUID(int=0xA55)
NEED_ID = UUID(int=0x4EED)


def words(text: str = "invented") -> Wording:
    return Wording(zh=text, en=text)


def an_item(code: str, *points: int, head: str | None = None) -> Item:
    """An item whose answers are called after their points."""
    options = tuple(Option(code=f"worth_{worth}", points=worth, wording=words()) for worth in points)
    return Item(code=code, wording=words(), options=options, head=head)


def a_scheme(*starts: int, code: str = "halves") -> BandScheme:
    """Bands that begin at these scores and are called after them."""
    bands = tuple(Band(code=f"from_{start}", at_least=start, wording=words()) for start in starts)
    return BandScheme(code=code, name=words(), source="invented for the test", confidence=Confidence.LOW, bands=bands)


def an_instrument(**changes: Any) -> Instrument:
    """Two heads of an item each, worth zero to two, in bands from zero and from two."""
    settings: dict[str, Any] = {
        "code": "invented",
        "version": "1",
        "name": words(),
        "citation": "invented for the test",
        "licence": "none",
        "items": (an_item("first", 0, 1, 2, head="left"), an_item("second", 0, 1, 2, head="right")),
        "scoring": Scoring.SUM,
        "schemes": (a_scheme(0, 2),),
        "missing": MissingRule.CERTAIN_BAND,
        "used_by": frozenset({Role.COMMISSIONER}),
        "methods": frozenset(Method),
        "purposes": frozenset({Purpose.NEEDS}),
        "valid_from": date(2020, 1, 1),
    }
    return Instrument(**(settings | changes))


def an_occasion(**changes: Any) -> Occasion:
    settings: dict[str, Any] = {
        "person_id": PERSON_ID,
        "region": VILLAGE,
        "assessed_on": MONDAY,
        "method": Method.HOME_VISIT,
        "purpose": Purpose.NEEDS,
        "application_id": APPLICATION_ID,
    }
    return Occasion(**(settings | changes))


def best_answers(instrument: Instrument, **others: Answer) -> Mapping[str, Answer]:
    """The first answer to each item, which is the one of somebody who needs nothing, and others where named."""
    given: dict[str, Answer] = {}
    for item in instrument.items:
        if item.is_asked(given):
            given[item.code] = item.options[0].code
    return given | others


def an_assessment(
    instrument: Instrument = SELF_CARE,
    *,
    by: Principal = COMMISSIONER,
    occasion: Occasion | None = None,
    answers: Mapping[str, Answer] | None = None,
) -> Assessment:
    """A signed assessment of somebody who needs nothing but what the answers name."""
    given = Answers.to(instrument, best_answers(instrument, **(answers or {})))
    circumstances = occasion or an_occasion()
    return Assessment.sign(
        circumstances, given, assessment_id=ASSESSMENT_ID, instrument=instrument, by=by, at=NOW, on=MONDAY
    )[0]


def a_need(item: str = "home_care", **changes: Any) -> Need:
    settings: dict[str, Any] = {
        "id": NEED_ID,
        "person_id": PERSON_ID,
        "region": VILLAGE,
        "code": NeedCode(section="social_security", item=item),
        "evidence": (
            Evidence(
                assessment_id=ASSESSMENT_ID,
                instrument="self_care_six",
                answers={},
                bands={"self_care": "complete_loss"},
                rule="needs.proposals@CN#1",
            ),
        ),
        "application_id": APPLICATION_ID,
    }
    return Need(**(settings | changes))
