"""Builders of what leads from needs to delivery: assessments, needs, plans, services, facts and referrals."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from app.adapters.instruments import load_instruments
from app.adapters.rulebooks import load_rulebooks
from app.domain.assessment import (
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
from app.domain.entitlement import Facts
from app.domain.person import EconomicStatus
from app.domain.shared.access import Principal, Role
from app.domain.shared.identity import Category, Grade
from app.domain.shared.reason import Reason
from app.domain.shared.rulebook import Rulebook
from app.domain.shared.wording import Wording
from tests.builders import APPLICATION_ID, COUNTY, MONDAY, PERSON_ID, TOWNSHIP, VILLAGE, a_principal

INSTRUMENTS = load_instruments()
RULES = Rulebook(load_rulebooks())
HERE = RULES.at(COUNTY, MONDAY)

COMMISSIONER = a_principal(Role.COMMISSIONER, region=VILLAGE)
PROVIDER = a_principal(Role.PROVIDER, region=COUNTY)
PROVIDER_ID = next(iter(PROVIDER.organisation_ids))
GUARDIAN_ID = UUID(int=0x9F)
GUARDIAN = a_principal(Role.CITIZEN, number=0x9F, memberships=(), person_id=GUARDIAN_ID)
SOMEBODY_ELSE = a_principal(Role.CITIZEN, number=0xAA, memberships=(), person_id=UUID(int=0xAA))
ANOTHER_OFFICER = a_principal(Role.TOWNSHIP_OFFICER, number=0x77, region=TOWNSHIP)

ASSESSMENT_ID = UUID(int=0xA55)
NEED_ID = UUID(int=0x4EED)
REFERRAL_ID = UUID(int=0x4EF)
NOW = datetime(2026, 11, 16, 2, tzinfo=UTC)

SELF_CARE = INSTRUMENTS.in_use("self_care_six", on=MONDAY)
BARTHEL = INSTRUMENTS.in_use("barthel", on=MONDAY)


def words(text: str = "invented") -> Wording:
    return Wording(zh=text, en=text)


def an_item(code: str, *points: int, head: str | None = None) -> Item:
    """An item whose answers are called after their points."""
    options = tuple(Option(code=f"worth_{worth}", points=worth, wording=words()) for worth in points)
    return Item(code=code, wording=words(), options=options, head=head)


def a_scheme(*starts: int, code: str = "halves") -> BandScheme:
    """Bands that begin at these scores and are called after them."""
    bands = tuple(Band(code=f"from_{start}", at_least=start, wording=words()) for start in starts)
    return BandScheme(code=code, source="invented for the test", bands=bands)


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


def best_answers(instrument: Instrument, **others: str) -> Mapping[str, str]:
    """The first answer to each item, which is the one of somebody who needs nothing, and others where named."""
    return {item.code: item.options[0].code for item in instrument.items} | others


def an_assessment(
    instrument: Instrument = SELF_CARE,
    *,
    by: Principal = COMMISSIONER,
    occasion: Occasion | None = None,
    answers: Mapping[str, str] | None = None,
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


def some_facts(**changes: Any) -> Facts:
    """A grown-up with a certificate for a severe physical disability, whose household receives the allowance."""
    settings: dict[str, Any] = {
        "has_certificate": True,
        "components": {Category.PHYSICAL: Grade.SECOND},
        "birth_date": date(1984, 2, 29),
        "economic_status": EconomicStatus.SUBSISTENCE_ALLOWANCE,
        "registration_region": VILLAGE,
        "residence_region": VILLAGE,
        "receiving": dict.fromkeys(("work_injury_nursing_fee", "orphan_allowance", "ACC-HOME"), False),
    }
    return Facts(**(settings | changes))


def _codes(reason: Reason, name: str) -> tuple[str, ...]:
    codes = reason.parameters[name]
    assert isinstance(codes, tuple)
    return codes


def _born(facts: Facts, reason: Reason) -> Facts:
    years = reason.parameters.get("at_least", reason.parameters.get("at_most"))
    assert isinstance(years, int)
    return replace(facts, birth_date=date(MONDAY.year - years, 1, 1))


def _graded(facts: Facts, reason: Reason) -> Facts:
    grade = Grade(int(str(reason.parameters["grade"])))
    return replace(facts, grade=grade, components=dict.fromkeys(facts.components, grade))


def _of_category(facts: Facts, reason: Reason) -> Facts:
    category = Category.from_slug(_codes(reason, "categories")[0])
    return replace(facts, components={category: facts.heaviest or Grade.FOURTH})


def _listed(facts: Facts, reason: Reason) -> Facts:
    return replace(facts, economic_status=EconomicStatus(_codes(reason, "statuses")[0]))


def _not_listed(facts: Facts, reason: Reason) -> Facts:
    status = facts.economic_status
    is_listed = status is None or status in _codes(reason, "statuses")
    return replace(facts, economic_status=EconomicStatus.ORDINARY) if is_listed else facts


def _flagged(facts: Facts, reason: Reason) -> Facts:
    return replace(facts, flags={**facts.flags, **dict.fromkeys(_codes(reason, "flags"), True)})


def _in_need(facts: Facts, reason: Reason) -> Facts:
    return replace(facts, needs={**facts.needs, **dict.fromkeys(_codes(reason, "needs"), True)})


def _without(facts: Facts, reason: Reason) -> Facts:
    return replace(facts, receiving={**facts.receiving, **dict.fromkeys(_codes(reason, "benefits"), False)})


_AFTER: Mapping[str, Callable[[Facts, Reason], Facts]] = {
    "age_at_least": _born,
    "age_at_most": _born,
    "age_between": _born,
    "category_in": _of_category,
    "certificate_in_force": lambda facts, _: replace(facts, has_certificate=True),
    "diagnosis_present": lambda facts, _: replace(facts, diagnoses={Category.VISUAL: True}),
    "economic_status_in": _listed,
    "flag_present": _flagged,
    "grade_at_most": _graded,
    "need_present": _in_need,
    "not_receiving": _without,
}


def after(facts: Facts, remedy: Reason) -> Facts:
    """The facts once somebody did what a remedy says, or showed the evidence and it turned out well."""
    if remedy.code == "counter_evidence.economic_status_in":
        return _not_listed(facts, remedy)
    return _AFTER[remedy.code.partition(".")[2]](facts, remedy)
