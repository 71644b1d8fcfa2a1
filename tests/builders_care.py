"""Builders of what leads from needs to delivery: assessments, needs, plans, services, facts and referrals."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from app.adapters.instruments import load_instruments
from app.adapters.rulebooks import load_rulebooks
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
from app.domain.catalogue import Family, ProviderKind, Service
from app.domain.delivery_finding import DeliveryFinding, DeliveryFindingKind, DeliveryFindingStage, Noticed
from app.domain.person import EconomicStatus
from app.domain.plan import (
    Duty,
    Goal,
    PathItem,
    Plan,
    PlanContent,
    PlanRules,
    PlanStage,
    Rhythm,
    Situation,
    Supervision,
    SupervisionKind,
    obligation,
)
from app.domain.plan.events import PlanDrafted
from app.domain.referral import Delivery, Offer, Referral, ReferralRules, ReferralStage
from app.domain.referral.events import ReferralOffered
from app.domain.shared.access import Principal, Role
from app.domain.shared.identity import Grade
from app.domain.shared.provenance import Confidence
from app.domain.shared.quantity import Quantity, Unit
from app.domain.shared.rulebook import Rulebook
from app.domain.shared.wording import Wording
from tests.builders import APPLICATION_ID, COUNTY, MONDAY, PERSON_ID, TOWNSHIP, VILLAGE, WEEKDAYS, a_principal

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


PLAN_ID = UUID(int=0x91A)
ITEM_ID = UUID(int=0x17E)
SERVICE_ID = UUID(int=0x5E4)
PLAN_RULES = PlanRules.of(HERE)
OWED = obligation(Situation(grade=Grade.FIRST), PLAN_RULES)
NOT_KNOWN_TO_BE_OWED = obligation(Situation(), PLAN_RULES)
NOT_OWED = obligation(
    Situation(
        economic_status=EconomicStatus.ORDINARY,
        grade=Grade.FOURTH,
        flags=dict.fromkeys(PLAN_RULES.grounds.value.flags, False),
    ),
    PLAN_RULES,
)
REFERRAL_RULES = ReferralRules.of(HERE)
IN_A_YEAR = date(2027, 11, 15)


def an_item_of_the_path(**changes: Any) -> PathItem:
    """Twelve sessions for the need, seen to by the provider."""
    settings: dict[str, Any] = {
        "id": ITEM_ID,
        "need_id": NEED_ID,
        "service_id": SERVICE_ID,
        "quantity": Quantity(amount=12, unit=Unit.SESSION),
        "rhythm": Rhythm.MONTHLY,
        "starts_on": MONDAY,
        "ends_on": IN_A_YEAR,
        "duties": (Duty(organisation_id=PROVIDER_ID, what="每月上门一次", due_on=IN_A_YEAR),),
    }
    return PathItem(**(settings | changes))


def a_goal(**changes: Any) -> Goal:
    settings: dict[str, Any] = {
        "statement": "自己能洗澡",
        "measure": "洗澡一项不再需要帮助",
        "due_on": IN_A_YEAR,
        "item_ids": (ITEM_ID,),
    }
    return Goal(**(settings | changes))


def a_content(**changes: Any) -> PlanContent:
    """All four parts, for a year."""
    visit = Supervision(kind=SupervisionKind.VISIT, organisation_id=UUID(int=0x10C), first_on=MONDAY, every_months=3)
    settings: dict[str, Any] = {
        "starts_on": MONDAY,
        "ends_on": IN_A_YEAR,
        "review_on": date(2027, 5, 17),
        "assessment_ids": (ASSESSMENT_ID,),
        "path": (an_item_of_the_path(),),
        "supervision": (visit,),
        "goals": (a_goal(),),
    }
    return PlanContent(**(settings | changes))


def drafted(content: PlanContent | None = None, **changes: Any) -> tuple[Plan, PlanDrafted]:
    """A plan that the commissioner has just drawn up."""
    settings: dict[str, Any] = {
        "plan_id": PLAN_ID,
        "person_id": PERSON_ID,
        "region": VILLAGE,
        "revision": 1,
        "by": COMMISSIONER,
        "on": MONDAY,
        "rules": PLAN_RULES,
        "owed": OWED,
        "confirmed_needs": {NEED_ID},
        "application_id": APPLICATION_ID,
    }
    return Plan.draft(content or a_content(), **(settings | changes))


def a_plan(stage: PlanStage = PlanStage.DRAFTED, **changes: Any) -> Plan:
    """A plan at a stage; its drafting is on record."""
    return replace(drafted()[0], stage=stage, **changes)


def an_offer(**changes: Any) -> Offer:
    settings: dict[str, Any] = {
        "person_id": PERSON_ID,
        "region": VILLAGE,
        "need_id": NEED_ID,
        "service_id": SERVICE_ID,
        "provider_id": PROVIDER_ID,
        "planned": Quantity(amount=12, unit=Unit.SESSION),
        "plan_id": PLAN_ID,
        "plan_item_id": ITEM_ID,
        "application_id": APPLICATION_ID,
    }
    return Offer(**(settings | changes))


def offered(offer: Offer | None = None, **changes: Any) -> tuple[Referral, ReferralOffered]:
    """A referral that the commissioner has just offered."""
    settings: dict[str, Any] = {
        "referral_id": REFERRAL_ID,
        "by": COMMISSIONER,
        "at": NOW,
        "on": MONDAY,
        "rules": REFERRAL_RULES,
        "calendar": WEEKDAYS,
    }
    return Referral.offer(offer or an_offer(), **(settings | changes))


def sessions(amount: int = 1, *, on: date = MONDAY) -> Delivery:
    return Delivery(on=on, quantity=Quantity(amount=amount, unit=Unit.SESSION))


DELIVERED_TO = {ReferralStage.DELIVERED, ReferralStage.CONFIRMED, ReferralStage.OVERRIDDEN}


def a_referral(stage: ReferralStage = ReferralStage.OFFERED, **changes: Any) -> Referral:
    """A referral at a stage, that went its ordinary way there as far as there is one."""
    referral = offered(an_offer(**changes))[0]
    if stage in {ReferralStage.ACCEPTED, ReferralStage.PAUSED, *DELIVERED_TO}:
        referral = referral.accept(by=PROVIDER, on=MONDAY, begins_on=MONDAY)[0]
    if stage in DELIVERED_TO:
        referral = referral.deliver(by=PROVIDER, on=MONDAY, deliveries=(sessions(),), calendar=WEEKDAYS)[0]
    return replace(referral, stage=stage)


def a_service(**changes: Any) -> Service:
    settings: dict[str, Any] = {
        "id": SERVICE_ID,
        "organisation_id": PROVIDER_ID,
        "code": "CARE-HOME",
        "family": Family.HOME_CARE,
        "name": words("居家照料"),
        "description": words("上门照料"),
        "provider_kind": ProviderKind.SOCIAL,
        "region": COUNTY,
        "meets": frozenset({"home_care"}),
    }
    return Service(**(settings | changes))


def a_finding(stage: DeliveryFindingStage = DeliveryFindingStage.OPEN, **changes: Any) -> DeliveryFinding:
    """More was recorded than was planned."""
    record = UUID(int=0xDE1)
    noticed = Noticed(kind=DeliveryFindingKind.MORE_THAN_PLANNED, deliveries=(record,), planned=12, delivered=13)
    settings: dict[str, Any] = {
        "id": UUID(int=0xF1D),
        "person_id": PERSON_ID,
        "region": VILLAGE,
        "referral_id": REFERRAL_ID,
        "service_id": SERVICE_ID,
        "provider_id": PROVIDER_ID,
        "noticed": noticed,
        "raised_on": MONDAY,
        "raised_at": NOW,
        "stage": stage,
    }
    return DeliveryFinding(**(settings | changes))
