"""An application is as its items are: what one result sets free begins, and what it leaves stranded is asked about."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from app.domain.application import (
    LIFECYCLE,
    Action,
    Application,
    ItemNotFound,
    NotAnItemStatus,
    PublicStatus,
    Told,
    told_of,
    told_of_item,
)
from app.domain.shared.access import Role
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.reason import Reason
from app.domain.shared.transitions import NotYourFunction
from tests.builders import APPLICATION_ID, CITIZEN, MONDAY, OWN_WORD, a_principal, an_application, an_item

GRANTED, REFUSED, WITHDRAWN = PublicStatus.GRANTED, PublicStatus.REFUSED, PublicStatus.WITHDRAWN
WAITING, IN_PROGRESS = PublicStatus.WAITING, PublicStatus.IN_PROGRESS
ACTION_NEEDED, SUBMITTED = PublicStatus.ACTION_NEEDED, PublicStatus.SUBMITTED


def statuses(application: Application) -> dict[str, PublicStatus]:
    return {item.code: item.status for item in application.items}


def progressed(code: str, status: PublicStatus, application: Application | None = None) -> Application:
    return (application or an_application()).item_progressed(code, status)[0]


def an_application_at(status: PublicStatus) -> Application:
    if status is PublicStatus.DRAFT:
        return replace(an_application(), items=())
    if status is PublicStatus.PARTLY_GRANTED:
        return an_application(an_item("certificate", GRANTED), an_item("living_subsidy", REFUSED))
    return an_application(an_item("certificate", status))


def test_an_item_that_progresses_changes_itself_and_with_it_the_application() -> None:
    application, (event,) = an_application().item_progressed("certificate", ACTION_NEEDED)

    assert statuses(application)["certificate"] is ACTION_NEEDED
    assert application.version == 1
    assert event.name == "application.item_progressed"
    assert event.facts() == {
        "application_id": str(APPLICATION_ID),
        "item": "certificate",
        "matter_code": None,
        "source_number": None,
        "owner_code": None,
        "item_status": "action_needed",
        "status_reason": None,
        "status": "action_needed",
        "is_finished": False,
    }


def test_a_granted_item_sets_free_those_that_wait_for_it() -> None:
    application = progressed("certificate", GRANTED)

    assert [item.code for item in application.released_by("certificate")] == ["living_subsidy", "nursing_subsidy"]


def test_an_item_that_waits_for_two_is_set_free_by_the_second() -> None:
    application = an_application(
        an_item("certificate", GRANTED),
        an_item("training", IN_PROGRESS),
        an_item("placement", WAITING, "certificate", "training"),
    )

    assert application.released_by("certificate") == ()
    assert [item.code for item in progressed("training", GRANTED, application).released_by("training")] == ["placement"]


def test_what_does_not_wait_or_waits_for_something_else_is_not_set_free() -> None:
    application = an_application(
        an_item("certificate", GRANTED),
        an_item("training", GRANTED),
        an_item("living_subsidy", IN_PROGRESS, "certificate"),
        an_item("placement", WAITING, "training"),
    )

    assert application.released_by("certificate") == ()


@pytest.mark.parametrize("end", [REFUSED, WITHDRAWN])
def test_what_waits_for_something_that_ended_without_success_is_asked_about_and_not_refused(end: PublicStatus) -> None:
    application = progressed("certificate", end)

    assert statuses(application) == {
        "certificate": end,
        "living_subsidy": ACTION_NEEDED,
        "nursing_subsidy": ACTION_NEEDED,
    }
    assert application.status is ACTION_NEEDED
    assert application.released_by("certificate") == ()


def test_each_item_that_is_stranded_has_an_event_of_its_own_once() -> None:
    refused, (first, *stranded) = an_application().item_progressed("certificate", REFUSED)
    _, again = refused.item_progressed("certificate", WITHDRAWN)

    assert first.item == "certificate"
    assert [(event.name, event.item, event.facts()["waits_for"]) for event in stranded] == [
        ("application.item_stranded", "living_subsidy", "certificate"),
        ("application.item_stranded", "nursing_subsidy", "certificate"),
    ]
    assert {event.item_status for event in stranded} == {ACTION_NEEDED}
    assert len(again) == 1


def test_one_refusal_does_not_fail_the_rest() -> None:
    application = an_application(an_item("living_subsidy", IN_PROGRESS), an_item("nursing_subsidy", IN_PROGRESS))

    refused = progressed("living_subsidy", REFUSED, application)

    assert statuses(refused) == {"living_subsidy": REFUSED, "nursing_subsidy": IN_PROGRESS}
    assert progressed("nursing_subsidy", GRANTED, refused).status is PublicStatus.PARTLY_GRANTED


def test_an_item_that_is_not_there_does_not_progress() -> None:
    with pytest.raises(ItemNotFound):
        an_application().item_progressed("pension_premium", GRANTED)


@pytest.mark.parametrize("status", [PublicStatus.DRAFT, PublicStatus.PARTLY_GRANTED])
def test_an_item_never_stands_as_only_an_application_can(status: PublicStatus) -> None:
    with pytest.raises(NotAnItemStatus):
        an_application().item_progressed("certificate", status)


def test_an_item_is_found_by_the_case_that_carries_it() -> None:
    application = an_application()

    assert application.item_of(application.item("living_subsidy").case_id).code == "living_subsidy"
    with pytest.raises(ItemNotFound):
        application.item_of(UUID(int=0))


def test_what_happens_to_an_application_belongs_to_its_own_story() -> None:
    assert an_application().application_id == APPLICATION_ID


def test_no_duty_of_an_application_is_kept_apart_from_another() -> None:
    assert (LIFECYCLE.apart, an_application().done) == (frozenset(), ())


def test_withdrawing_takes_back_what_is_open_and_leaves_what_is_decided() -> None:
    application, event = progressed("certificate", GRANTED).withdraw(by=CITIZEN, on=MONDAY, word=OWN_WORD)

    assert statuses(application) == {
        "certificate": GRANTED,
        "living_subsidy": WITHDRAWN,
        "nursing_subsidy": WITHDRAWN,
    }
    assert (application.status, application.is_finished, application.open_items) == (GRANTED, True, ())
    assert event.facts() == {
        "application_id": str(APPLICATION_ID),
        "withdrawn_by": str(CITIZEN.id),
        "capacity": "person",
        "said_by": None,
        "items": ["living_subsidy", "nursing_subsidy"],
        "status": "granted",
    }


@pytest.mark.parametrize("status", PublicStatus)
def test_every_status_role_and_action_is_as_the_table_says(status: PublicStatus) -> None:
    for role in Role:
        application = an_application_at(status)
        somebody = a_principal(role)
        step = LIFECYCLE.steps[Action.WITHDRAW]

        answers = application.allowed_actions(somebody, on=MONDAY)

        assert application.status is status
        assert [answer.action for answer in answers] == ["add_item", "withdraw"]
        assert {answer.allowed for answer in answers} == {role in step.roles and status in step.sources}
        if role not in step.roles:
            with pytest.raises(NotYourFunction):
                application.withdraw(by=somebody, on=MONDAY, word=OWN_WORD)
        elif status.is_finished:
            with pytest.raises(IllegalTransition):
                application.withdraw(by=somebody, on=MONDAY, word=OWN_WORD)
        else:
            assert application.withdraw(by=somebody, on=MONDAY, word=OWN_WORD)[0].open_items == ()


def test_a_person_is_told_how_the_whole_stands_and_how_much_of_it_is_done() -> None:
    assert told_of(progressed("certificate", GRANTED)) == Told(
        explanation=Reason(code="status.application.waiting", parameters={"finished": 1, "items": 3}),
        next_action=Reason(code="next.application.waiting"),
    )


def test_a_person_is_told_what_an_item_waits_for() -> None:
    application = an_application()

    assert told_of_item(application, application.item("living_subsidy")) == Told(
        explanation=Reason(
            code="status.benefit.waiting", parameters={"item": "living_subsidy", "needed": ("certificate",)}
        ),
        next_action=Reason(code="next.benefit.waiting", parameters={"item": "living_subsidy"}),
    )


def test_a_person_is_told_when_an_item_cannot_begin() -> None:
    application = progressed("certificate", REFUSED)

    told = told_of_item(application, application.item("living_subsidy"))

    assert (told.explanation.code, told.next_action.code) == ("status.stranded", "next.stranded")


def test_an_item_that_waits_for_nothing_more_names_nothing() -> None:
    application = an_application(an_item("certificate", GRANTED), an_item("living_subsidy", SUBMITTED, "certificate"))

    told = told_of_item(application, application.item("living_subsidy"))

    assert (told.explanation.code, told.explanation.parameters["needed"]) == ("status.benefit.submitted", ())


def test_the_day_of_withdrawal_does_not_matter_to_what_is_withdrawn() -> None:
    assert an_application().withdraw(by=CITIZEN, on=date(2030, 1, 1), word=OWN_WORD)[0].status is WITHDRAWN
