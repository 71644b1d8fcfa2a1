"""Applying once opens a case for each item, and what waits for another item waits from the start."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from app.domain.application import (
    AnswersNotRight,
    Application,
    BusinessNotOffered,
    Channel,
    ItemNotInPackage,
    Owner,
    Package,
    PlatformName,
    PlatformNameUnclear,
    PublicStatus,
    SourceNumberMissing,
    Submission,
    cases_of,
    submit,
)
from app.domain.benefit import BenefitCase, Stage
from app.domain.certificate import Business, CertificateCase
from app.domain.shared.identity import Category, MatterCode
from app.domain.shared.term import Term
from tests.builders import (
    APPLICATION_ID,
    MONDAY,
    PERSON_ID,
    SHORT_ROUTE,
    SOURCE_ID,
    VILLAGE,
    WEEKDAYS,
    a_field,
    a_package,
    a_package_item,
    a_submission,
)

CASE_IDS = {"certificate": UUID(int=1), "living_subsidy": UUID(int=2), "nursing_subsidy": UUID(int=3)}
OWNERS = dict.fromkeys(CASE_IDS, Owner(UUID(int=9), "13370303MB2317407H"))
MATTER = MatterCode("000123001000")
GIVEN: dict[str, Any] = {"case_ids": CASE_IDS, "owners": OWNERS, "calendar": WEEKDAYS}
OPTIONAL = {"is_required": False}
WITH_FORM = a_package(
    form=(
        a_field("business", "certificate", kind="choice", options=tuple(Business), **OPTIONAL),
        a_field("conditions", "certificate", kind="choices", options=("physical", "mental"), **OPTIONAL),
        a_field("phone", "certificate", "living_subsidy", kind="phone"),
    )
)


def submitted(submission: Submission, package: Package | None = None) -> Application:
    return submit(submission, package=package or a_package(), **GIVEN)[0]


def cases(submission: Submission, package: Package | None = None) -> tuple[CertificateCase | BenefitCase, ...]:
    offered = package or a_package()
    return cases_of(submitted(submission, offered), submission, package=offered)


def test_an_application_holds_each_chosen_item_with_its_case_its_owner_and_what_it_waits_for() -> None:
    application = submitted(a_submission("nursing_subsidy", "certificate"))

    assert [(item.code, item.case_id, item.owner_id, item.status, item.depends_on) for item in application.items] == [
        ("certificate", UUID(int=1), UUID(int=9), PublicStatus.SUBMITTED, ()),
        ("nursing_subsidy", UUID(int=3), UUID(int=9), PublicStatus.WAITING, ("certificate",)),
    ]
    assert application.status is PublicStatus.SUBMITTED


def test_an_application_remembers_where_it_came_from_for_ever() -> None:
    application = submitted(a_submission("certificate", source_number=" 2026-7 ", assisted_by=UUID(int=5)))

    assert (application.source_id, application.source_number) == (SOURCE_ID, "2026-7")
    assert (application.channel, application.assisted_by) == (Channel.PORTAL, UUID(int=5))
    assert (application.package_code, application.package_version) == ("test", "package.test@CN#1")


def test_each_item_is_promised_a_last_day_and_the_application_the_last_of_them() -> None:
    package = a_package(
        a_package_item("certificate", terms=(Term(5),)),
        a_package_item("living_subsidy", "certificate", terms=(Term(2),)),
        a_package_item("nursing_subsidy"),
    )

    both = submitted(a_submission("living_subsidy", "certificate"), package)
    all_three = submitted(a_submission("living_subsidy", "certificate", "nursing_subsidy"), package)

    assert [item.promised_until for item in both.items] == [date(2026, 11, 23), date(2026, 11, 25)]
    assert both.promised_until == date(2026, 11, 25)
    assert all_three.promised_until is None


def test_submission_is_a_fact_without_the_person_in_it() -> None:
    package = a_package(
        a_package_item("certificate", terms=(Term(5),)), a_package_item("living_subsidy", terms=(Term(2),))
    )

    _, event = submit(a_submission("certificate", "living_subsidy"), package=package, **GIVEN)

    assert event.name == "application.submitted"
    assert event.facts() == {
        "application_id": str(APPLICATION_ID),
        "package_code": "test",
        "package_version": "package.test@CN#1",
        "channel": "portal",
        "source_number": "INVENTED-1",
        "items": ["certificate", "living_subsidy"],
        "promised_until": "2026-11-23",
    }


def test_every_item_gets_a_case_and_what_waits_gets_one_that_waits() -> None:
    certificate, subsidy = cases(a_submission("certificate", "living_subsidy"))

    assert isinstance(certificate, CertificateCase)
    assert isinstance(subsidy, BenefitCase)
    assert (certificate.id, certificate.business) == (UUID(int=1), Business.NEW)
    assert (subsidy.id, subsidy.item, subsidy.stage) == (UUID(int=2), "living_subsidy", Stage.WAITING)
    assert (subsidy.route, subsidy.applied_on) == (SHORT_ROUTE, MONDAY)
    for case in (certificate, subsidy):
        assert (case.person_id, case.region, case.application_id) == (PERSON_ID, VILLAGE, APPLICATION_ID)


def test_a_benefit_without_the_certificate_beside_it_begins_at_once() -> None:
    (subsidy,) = cases(a_submission("living_subsidy"))

    assert subsidy.stage is Stage.SUBMITTED


def test_the_categories_that_the_person_names_go_to_the_certificate_case() -> None:
    answers = {"phone": "00000000", "business": "new", "conditions": ["physical", "mental"]}

    (certificate,) = cases(a_submission("certificate", answers=answers), WITH_FORM)

    assert isinstance(certificate, CertificateCase)
    assert certificate.declared_categories == {Category.PHYSICAL, Category.MENTAL}


def test_another_business_than_a_first_issue_is_not_offered_yet() -> None:
    answers = {"phone": "00000000", "business": "renewal"}

    with pytest.raises(BusinessNotOffered):
        cases(a_submission("certificate", answers=answers), WITH_FORM)


def test_an_answer_that_no_chosen_item_asks_for_is_refused() -> None:
    answers = {"phone": "00000000", "conditions": ["physical"]}

    with pytest.raises(AnswersNotRight, match="conditions"):
        submitted(a_submission("living_subsidy", answers=answers), WITH_FORM)


def test_what_the_package_lacks_cannot_be_submitted() -> None:
    with pytest.raises(ItemNotInPackage):
        submitted(a_submission("certificate", "lottery_win"))


@pytest.mark.parametrize("number", ["", "  "])
def test_a_client_gives_its_own_number(number: str) -> None:
    with pytest.raises(SourceNumberMissing):
        submitted(a_submission("certificate", source_number=number))


def test_answers_never_show_themselves() -> None:
    assert "+86 555" not in repr(a_submission("certificate", answers={"phone": "+86 555"}))


def test_each_item_keeps_the_names_that_the_platform_has_for_it_and_its_owners_code() -> None:
    name = PlatformName(matter_code=MATTER, source_number="B-1")

    application = submitted(a_submission("certificate", "living_subsidy", platform_names={"certificate": name}))

    certificate, subsidy = application.items
    assert (certificate.platform, certificate.owner_code) == (name, "13370303MB2317407H")
    assert subsidy.platform == PlatformName()


@pytest.mark.parametrize(
    "names",
    [
        {"nursing_subsidy": PlatformName(matter_code=MATTER)},
        dict.fromkeys(("certificate", "living_subsidy"), PlatformName(matter_code=MATTER)),
        dict.fromkeys(("certificate", "living_subsidy"), PlatformName(source_number="B-1")),
    ],
    ids=["of no item", "a matter of two items", "a number of two items"],
)
def test_a_name_of_the_platforms_belongs_to_one_item(names: dict[str, PlatformName]) -> None:
    with pytest.raises(PlatformNameUnclear):
        submitted(a_submission("certificate", "living_subsidy", platform_names=names))


def test_what_happens_to_an_item_is_told_under_the_platforms_own_names() -> None:
    name = PlatformName(matter_code=MATTER, source_number="B-1")
    application = submitted(a_submission("certificate", platform_names={"certificate": name}))

    _, (event,) = application.item_progressed("certificate", PublicStatus.IN_PROGRESS)

    assert (event.matter_code, event.source_number, event.owner_code) == (MATTER.value, "B-1", "13370303MB2317407H")
