"""Draws at any stage, and who may be drawn."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from app.domain.draw import Candidate, Doctor, Draw, DrawnFor, DrawRules, DrawStage, Institution, Wanted
from app.domain.shared.identity import Category
from tests.builders.people import (
    APPLICATION_ID,
    CASE_ID,
    COUNTY,
    COUNTY_OFFICER,
    DRAW_ID,
    EVERY_CATEGORY,
    MONDAY,
    PERSON_ID,
    VILLAGE,
    a_rule,
    rules_in_force,
)

SEED = bytes(range(32))
PUBLISHED_AT = datetime(2026, 11, 9, 2, tzinfo=UTC)
DRAWN_AT = PUBLISHED_AT + timedelta(days=7)
OFFICE_ID = COUNTY_OFFICER.memberships[0].organisation_id
DRAW_RULEBOOK = (
    a_rule("certificate.evaluation_area", "county", unit="choice"),
    a_rule("certificate.minimum_doctors", 2, unit="count"),
)
DRAW_RULES = DrawRules.of(rules_in_force(*DRAW_RULEBOOK))


def candidates(count: int = 3, *, doctors: int = 4) -> tuple[Candidate, ...]:
    """So many institutions with so many doctors each."""
    return tuple(
        Candidate(
            institution_id=UUID(int=0x1000 + number),
            doctors=tuple(UUID(int=0x10000 * number + place) for place in range(1, doctors + 1)),
        )
        for number in range(1, count + 1)
    )


def taken_for(**changes: Any) -> DrawnFor:
    settings: dict[str, Any] = {
        "case_id": CASE_ID,
        "person_id": PERSON_ID,
        "region": VILLAGE,
        "place": VILLAGE,
        "application_id": APPLICATION_ID,
        "round": 1,
    }
    return DrawnFor(**(settings | changes))


def a_draw(seed: bytes = SEED, **changes: Any) -> Draw:
    """One that was published a week before anybody came."""
    settings: dict[str, Any] = {
        "draw_id": DRAW_ID,
        "organisation_id": OFFICE_ID,
        "region": COUNTY,
        "number": 7,
        "at": PUBLISHED_AT,
    }
    return Draw.publish(seed, **(settings | changes))[0]


def drawn(seed: bytes = SEED, among: tuple[Candidate, ...] | None = None, **changes: Any) -> Draw:
    """The list is fixed, and the seed is not open yet."""
    settings: dict[str, Any] = {"rules": DRAW_RULES, "by": COUNTY_OFFICER, "on": MONDAY, "at": DRAWN_AT}
    return a_draw(seed).draw(taken_for(), candidates() if among is None else among, **(settings | changes))[0]


def revealed(seed: bytes = SEED, among: tuple[Candidate, ...] | None = None) -> Draw:
    return drawn(seed, among).reveal(seed, on=MONDAY, at=DRAWN_AT)[0]


def a_draw_at(stage: DrawStage) -> Draw:
    return {DrawStage.PUBLISHED: a_draw(), DrawStage.DRAWN: drawn(), DrawStage.REVEALED: revealed()}[stage]


def a_hospital(number: int = 1, **changes: Any) -> Institution:
    """A hospital of the county with three doctors, designated for everything."""
    settings: dict[str, Any] = {
        "id": UUID(int=0x1000 + number),
        "region": COUNTY,
        "categories": EVERY_CATEGORY,
        "visits_homes": False,
        "doctors": tuple(Doctor(account_id=UUID(int=0x10000 * number + place)) for place in (1, 2, 3)),
    }
    return Institution(**(settings | changes))


def wanted(**changes: Any) -> Wanted:
    """What somebody of the village with a physical disability asks for."""
    settings: dict[str, Any] = {
        "region": VILLAGE,
        "categories": frozenset({Category.PHYSICAL}),
        "concerned": frozenset({PERSON_ID}),
    }
    return Wanted(**(settings | changes))
