"""One thing more in an open application: it waits, is promised and is asked for as if it had been chosen at once."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from app.domain.application import (
    Addition,
    AnswersNotRight,
    Application,
    DependencyNotThere,
    ItemAlreadyThere,
    ItemNotInPackage,
    Owner,
    Package,
    PlatformName,
    PlatformNameUnclear,
    PublicStatus,
    answers_of,
    case_of,
    with_item,
)
from app.domain.benefit import BenefitCase, Stage
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.identity import MatterCode
from app.domain.shared.term import Term
from app.domain.shared.transitions import NotYourFunction
from tests.builders import (
    CIVIL_AFFAIRS,
    MONDAY,
    OWN_WORD,
    TOWNSHIP_OFFICER,
    VILLAGE,
    WEEKDAYS,
    a_field,
    a_package,
    a_package_item,
    an_application,
    an_item,
)

OFFICE = Owner(UUID(int=9), "13370303MB2317407H")
OWNERS = dict.fromkeys(("certificate", "living_subsidy", "nursing_subsidy", "employment_help"), OFFICE)
ALONE = an_application(an_item("certificate", PublicStatus.IN_PROGRESS))


def an_addition(item: str = "living_subsidy", **changes: Any) -> Addition:
    usual: dict[str, Any] = {"case_id": UUID(int=77), "owners": OWNERS, "at": datetime(2026, 11, 16, 2, tzinfo=UTC)}
    return Addition(item=item, on=MONDAY, **(usual | changes))


def added(
    application: Application = ALONE, addition: Addition | None = None, *, package: Package | None = None
) -> Application:
    return with_item(
        application,
        addition or an_addition(),
        package=package or a_package(),
        by=TOWNSHIP_OFFICER,
        word=OWN_WORD,
        calendar=WEEKDAYS,
    )[0]


def test_it_comes_after_the_others_and_waits_for_what_it_builds_on() -> None:
    item = added().items[-1]

    assert (item.code, item.case_id, item.owner_id, item.owner_code) == (
        "living_subsidy",
        UUID(int=77),
        OFFICE.id,
        OFFICE.code,
    )
    assert (item.status, item.depends_on) == (PublicStatus.WAITING, ("certificate",))


def test_what_is_granted_already_is_not_waited_for() -> None:
    application = an_application(
        an_item("certificate", PublicStatus.GRANTED), an_item("nursing_subsidy", PublicStatus.IN_PROGRESS)
    )

    item = added(application).items[-1]

    assert (item.status, item.depends_on) == (PublicStatus.SUBMITTED, ())


def test_what_it_builds_on_may_be_held_from_elsewhere() -> None:
    application = an_application(an_item("employment_help", PublicStatus.IN_PROGRESS))

    item = added(application, an_addition(held=("certificate",))).items[-1]

    assert item.status is PublicStatus.SUBMITTED


@pytest.mark.parametrize(
    "there", [(), (an_item("certificate", PublicStatus.REFUSED),), (an_item("certificate", PublicStatus.WITHDRAWN),)]
)
def test_without_what_it_builds_on_it_is_not_added_but_said_what_is_lacking(there: tuple[Any, ...]) -> None:
    application = an_application(*there, an_item("employment_help", PublicStatus.IN_PROGRESS))

    with pytest.raises(DependencyNotThere) as refused:
        added(application)

    assert refused.value.facts == {"lacking": ["certificate"]}


@pytest.mark.parametrize("status", sorted(PublicStatus))
def test_nothing_is_added_to_an_application_that_has_ended_and_to_any_other_it_is(status: PublicStatus) -> None:
    if status in {PublicStatus.DRAFT, PublicStatus.PARTLY_GRANTED}:
        return
    application = an_application(an_item("certificate", status))

    if status.is_finished:
        with pytest.raises(IllegalTransition):
            added(application)
    else:
        assert len(added(application).items) == 2


def test_what_is_there_or_was_is_not_added_again() -> None:
    there = an_application(an_item("certificate"), an_item("living_subsidy", PublicStatus.WITHDRAWN))

    for item in ("certificate", "living_subsidy"):
        with pytest.raises(ItemAlreadyThere):
            added(there, an_addition(item))


def test_only_what_the_package_of_the_application_offers_is_added() -> None:
    with pytest.raises(ItemNotInPackage) as refused:
        added(addition=an_addition("employment_help"))

    assert refused.value.pointer == "/item"


def test_whoever_may_not_act_for_the_person_adds_nothing() -> None:
    elsewhere = replace(ALONE, region="65/6523/652302")

    for by, application in ((CIVIL_AFFAIRS, ALONE), (TOWNSHIP_OFFICER, elsewhere)):
        with pytest.raises(NotYourFunction):
            with_item(application, an_addition(), package=a_package(), by=by, word=OWN_WORD, calendar=WEEKDAYS)


TIMED = a_package(
    a_package_item("certificate", terms=(Term(5),)),
    a_package_item("living_subsidy", "certificate", terms=(Term(2),)),
    a_package_item("nursing_subsidy"),
)


@pytest.mark.parametrize(
    ("promised", "end"),
    [
        (date(2026, 11, 23), date(2026, 11, 25)),
        (date(2026, 11, 2), date(2026, 11, 18)),
        (None, None),
    ],
)
def test_it_is_promised_a_day_after_what_it_waits_for_and_from_today_where_that_is_late(
    promised: date | None, end: date | None
) -> None:
    application = an_application(replace(an_item("certificate"), promised_until=promised))

    grown = added(application, package=TIMED)

    assert (grown.items[-1].promised_until, grown.promised_until) == (end, end)


def test_an_item_of_which_nothing_is_promised_leaves_the_whole_without_a_promise() -> None:
    application = an_application(replace(an_item("certificate"), promised_until=date(2026, 11, 23)))

    assert added(application, an_addition("nursing_subsidy"), package=TIMED).promised_until is None


WITH_FORM = a_package(
    form=(a_field("phone", "certificate", "living_subsidy", kind="phone"), a_field("payment_channel", "living_subsidy"))
)


def test_what_was_answered_before_is_not_asked_again() -> None:
    addition = an_addition(answers={"payment_channel": "card"}, said_before={"phone": "0994-1", "conditions": []})

    assert answers_of(addition, package=WITH_FORM) == {"phone": "0994-1", "payment_channel": "card"}
    added(addition=addition, package=WITH_FORM)


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({}, {"pointer": "/answers/payment_channel", "code": "missing"}),
        ({"payment_channel": 3}, {"pointer": "/answers/payment_channel", "code": "not_a_text"}),
        ({"payment_channel": "card", "shoe": 1}, {"pointer": "/answers/shoe", "code": "unknown_field"}),
        ({"payment_channel": "card", "phone": "0994-2"}, {"pointer": "/answers/phone", "code": "said_otherwise"}),
    ],
)
def test_what_is_answered_is_held_to_the_form_and_to_what_was_said_before(
    answers: dict[str, Any], error: dict[str, str]
) -> None:
    addition = an_addition(answers=answers, said_before={"phone": "0994-0000000"})

    with pytest.raises(AnswersNotRight) as refused:
        added(addition=addition, package=WITH_FORM)

    assert error in refused.value.facts["errors"]  # type: ignore[operator]


@pytest.mark.parametrize("tried", ["0994-0000000", "0994-2"], ids=["the same", "another"])
def test_an_answer_that_was_given_to_somebody_else_is_not_found_by_trying(tried: str) -> None:
    answers = {"payment_channel": "card", "phone": tried}
    addition = an_addition(answers=answers, said_before={"phone": "0994-0000000"}, hidden=("phone",))

    with pytest.raises(AnswersNotRight) as refused:
        added(addition=addition, package=WITH_FORM)

    assert refused.value.facts["errors"] == [{"pointer": "/answers/phone", "code": "said_elsewhere"}]


def test_two_items_do_not_bear_one_name_of_the_platforms() -> None:
    name = PlatformName(matter_code=MatterCode("000123001000"))
    application = an_application(replace(an_item("certificate"), platform=name))

    with pytest.raises(PlatformNameUnclear):
        added(application, an_addition(platform=name))


@pytest.mark.parametrize("held", [(), ("certificate",)])
def test_its_case_begins_as_at_submission_on_the_day_on_which_it_is_asked_for(held: tuple[str, ...]) -> None:
    application = ALONE if not held else an_application(an_item("employment_help", PublicStatus.IN_PROGRESS))
    addition = an_addition(held=held)

    case = case_of(added(application, addition), addition, package=a_package())

    assert isinstance(case, BenefitCase)
    assert (case.id, case.item, case.region, case.applied_on) == (UUID(int=77), "living_subsidy", VILLAGE, MONDAY)
    assert case.stage is (Stage.SUBMITTED if held else Stage.WAITING)


def test_that_it_was_added_is_a_fact_without_the_person_in_it() -> None:
    _, event = with_item(ALONE, an_addition(), package=TIMED, by=TOWNSHIP_OFFICER, word=OWN_WORD, calendar=WEEKDAYS)

    assert event.name == "application.item_added"
    assert event.facts() == {
        "application_id": str(ALONE.id),
        "item": "living_subsidy",
        "matter_code": None,
        "source_number": None,
        "owner_code": OFFICE.code,
        "added_by": str(TOWNSHIP_OFFICER.id),
        "capacity": "person",
        "said_by": None,
        "item_status": "waiting",
        "status": "in_progress",
        "promised_until": None,
    }
