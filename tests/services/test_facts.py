"""What the rules are told of a person: what is held, what follows from it, and what the person declares."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from app.domain.assessment import NeedStage
from app.domain.entitlement import DeclaredFlag
from app.domain.flag import Home, Housemate
from app.domain.person import EconomicFact, EconomicStatus, FactSource, Person, Relation
from app.domain.shared.identity import Category, Grade
from app.services.facts import Declared, components_of, flags_of, known
from app.services.ports.facts import HeldCertificate, HeldFacts
from tests.builders import MONDAY, PERSON_ID, VILLAGE
from tests.builders.rules import HERE

CERTIFICATE_ID = UUID(int=0xCE)


def a_certificate(**components: Grade) -> HeldCertificate:
    found = {Category.from_slug(slug): grade for slug, grade in components.items()}
    return HeldCertificate(
        certificate_id=CERTIFICATE_ID,
        category=Category.MULTIPLE if len(found) > 1 else next(iter(found), Category.PHYSICAL),
        grade=min(found.values(), default=Grade.THIRD),
        components=found,
    )


def held(*, born_on: date | None = date(1980, 1, 1), status: EconomicStatus | None = None, **changes: Any) -> HeldFacts:
    """Somebody of the sample village of whom nothing else is known."""
    said = (EconomicFact(status=status, source=FactSource.AUTHORITY, valid_from=date(2026, 1, 1)),) if status else ()
    settings: dict[str, Any] = {
        "person": Person(
            id=PERSON_ID, region=VILLAGE, registration_region=VILLAGE, birth_date=born_on, economic_statuses=said
        ),
        "on": MONDAY,
        "certificate": None,
        "needs": {},
        "receiving": frozenset(),
        "last_received": {},
        "providers": frozenset(),
        "home": None,
    }
    return HeldFacts(**(settings | changes))


def living_with(*, holders: int) -> Home:
    """A household with others, so many of whom hold a certificate."""
    sibling = Housemate(relation=Relation.SIBLING, born_on=date(1980, 1, 1), holds=True)
    return Home(own=Relation.SIBLING, others=(sibling,) * holders)


def test_a_need_that_is_only_proposed_is_not_known() -> None:
    stages = {
        "home_care": NeedStage.CONFIRMED,
        "day_care": NeedStage.DISMISSED,
        "sport": NeedStage.MET,
        "legal_aid": NeedStage.PROPOSED,
    }

    facts = known(held(needs=stages), rules=HERE)

    assert facts.needs == {"home_care": True, "day_care": False, "sport": False}


def test_where_projects_have_places_left_is_a_fact_and_of_all_other_services_nothing_is_known() -> None:
    facts = known(held(places={"ACC-HOME": False, "AID-FIT": True}), rules=HERE)

    assert facts.places == {"ACC-HOME": False, "AID-FIT": True}


def test_a_single_disability_is_its_own_only_component() -> None:
    certificate = HeldCertificate(
        certificate_id=CERTIFICATE_ID, category=Category.VISUAL, grade=Grade.SECOND, components={}
    )

    assert components_of(held(certificate=certificate)) == {Category.VISUAL: Grade.SECOND}


def test_without_a_certificate_nothing_is_known_of_a_disability() -> None:
    facts = known(held(), rules=HERE)

    assert facts.has_certificate is False
    assert facts.components == {}
    assert {"severe", "multiple", "elderly_disabled"}.isdisjoint(facts.flags)


def test_what_the_register_holds_outweighs_what_is_declared() -> None:
    declared = Declared(
        flags={DeclaredFlag.WILLING_TO_WORK: True}, receiving={"CARE-HOME": False, "orphan_allowance": False}
    )

    facts = known(held(receiving=frozenset({"CARE-HOME"})), declared=declared, rules=HERE)

    assert facts.receiving == {"CARE-HOME": True, "orphan_allowance": False}
    assert facts.flags["willing_to_work"] is True


@pytest.mark.parametrize(
    ("facts", "flags"),
    [
        (held(), {}),
        (held(status=EconomicStatus.LOW_INCOME), {"poor": True}),
        (held(status=EconomicStatus.ORDINARY), {"poor": False}),
        (held(home=living_with(holders=2)), {"multi_in_household": True}),
        (held(home=living_with(holders=1)), {"multi_in_household": False}),
        (
            held(certificate=a_certificate(visual=Grade.SECOND, hearing=Grade.FOURTH), born_on=date(1960, 1, 1)),
            {"elderly_disabled": True, "severe": True, "multiple": True},
        ),
        (
            held(certificate=a_certificate(physical=Grade.THIRD)),
            {"elderly_disabled": False, "severe": False, "multiple": False},
        ),
        (held(certificate=a_certificate(physical=Grade.FIRST), born_on=None), {"severe": True, "multiple": False}),
    ],
)
def test_flags_of_special_difficulty_follow_from_what_is_held(facts: HeldFacts, flags: dict[str, bool]) -> None:
    assert flags_of(facts, rules=HERE) == flags
