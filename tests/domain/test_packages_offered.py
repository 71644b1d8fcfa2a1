"""The packages that the product brings, of five, three and twelve items: every choice of items hangs together."""

from collections.abc import Iterator
from datetime import date
from itertools import chain, combinations

import pytest

from app.domain.application import Package, PackageItem, promise_of
from app.domain.benefit import BenefitRules
from app.domain.entitlement import Facts
from app.domain.organisation import OrganisationKind
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.provenance import Confidence
from app.domain.shared.region import Level
from tests.builders.rules import BOOK

TODAY = date(2026, 11, 26)
PLACES = {"652301": 5, "652302": 3, "652323": 12}
CALENDAR = WorkingCalendar.of_region(BOOK, "65/6523")


def path(place: str) -> str:
    return f"65/6523/{place}"


def package_of(place: str, on: date = TODAY) -> Package:
    return Package.of("disability_services", BOOK.at(path(place), on))


def choices_of(package: Package) -> Iterator[tuple[PackageItem, ...]]:
    sizes = range(1, len(package.items) + 1)
    return chain.from_iterable(combinations(package.items, size) for size in sizes)


@pytest.mark.parametrize(("place", "size"), PLACES.items())
def test_a_package_has_as_many_items_as_its_place_offers(place: str, size: int) -> None:
    package = package_of(place)

    assert len(package.items) == size
    assert sum(1 for _ in choices_of(package)) == 2**size - 1


@pytest.mark.parametrize("place", PLACES)
def test_form_and_documents_of_every_choice_are_the_unions_of_those_of_its_items(place: str) -> None:
    package = package_of(place)
    alone = {item.code: package.chosen([item.code]) for item in package.items}
    codes = [*(field.code for field in package.form), *(shown.code for shown in package.evidence)]
    order = {code: number for number, code in enumerate(codes)}

    for items in choices_of(package):
        selection = package.chosen([item.code for item in items])

        fields, documents = [one.code for one in selection.form], [one.code for one in selection.evidence]
        assert set(fields) == {field.code for item in items for field in alone[item.code].form}
        assert set(documents) == {shown.code for item in items for shown in alone[item.code].evidence}
        assert fields == sorted(set(fields), key=order.__getitem__)
        assert documents == sorted(set(documents), key=order.__getitem__)


@pytest.mark.parametrize("place", PLACES)
def test_in_every_choice_each_item_comes_after_what_it_waits_for_and_waits_for_nothing_else(place: str) -> None:
    package = package_of(place)

    for items in choices_of(package):
        codes = {item.code for item in items}
        selection = package.chosen(codes)

        seen: set[str] = set()
        for item in selection.items:
            assert set(selection.waits_for(item)) == set(item.depends_on) & codes
            assert seen.issuperset(selection.waits_for(item))
            seen.add(item.code)
        assert seen == selection.codes == codes


@pytest.mark.parametrize("place", PLACES)
def test_every_choice_is_promised_an_end_that_is_later_the_more_is_chosen(place: str) -> None:
    package = package_of(place)
    ends = {
        frozenset(item.code for item in items): promise_of(
            package.chosen([item.code for item in items]), on=TODAY, calendar=CALENDAR
        ).end
        for items in choices_of(package)
    }

    for codes, end in ends.items():
        assert end is not None
        assert end > TODAY
        for left_out in codes if len(codes) > 1 else ():
            assert (ends[codes - {left_out}] or TODAY) <= end


@pytest.mark.parametrize("place", PLACES)
def test_every_item_has_an_office_that_there_is_limits_conditions_and_an_appeal(place: str) -> None:
    rules = BOOK.at(path(place), TODAY)

    for item in package_of(place).items:
        assert OrganisationKind(item.lead.kind)
        assert Level(item.lead.level)
        assert item.terms
        if item.rules is not None:
            read = BenefitRules.of(item.rules, rules)
            assert read.proposal(Facts()).reasons
            assert read.appeal.value.days > 0


@pytest.mark.parametrize("place", ["652302", "652323"])
def test_what_no_place_has_published_is_an_example_and_says_so(place: str) -> None:
    rule = BOOK.at(path(place), TODAY).rule("package.disability_services")
    own = [rule for rule in BOOK if rule.region == path(place)]

    assert rule in own
    assert {one.confidence for one in own} == {Confidence.DOUBTFUL}
    assert all("perational example of the sandbox" in (one.note or "") for one in own)


def test_the_twelve_hold_the_five_and_the_five_hold_the_three() -> None:
    three, five, twelve = ({item.code for item in package_of(place).items} for place in ("652302", "652301", "652323"))

    assert three < five < twelve


def test_what_a_package_was_in_the_year_before_is_still_to_be_read() -> None:
    before, since = package_of("652301", date(2025, 12, 31)), package_of("652301", date(2026, 1, 1))

    assert (before.version[-2:], since.version[-2:]) == ("#1", "#2")
    assert not any(field.required_when for field in before.form)
    assert {field.code for field in since.form if field.required_when} == {"guardian_name", "guardian_relation"}


def test_without_a_diagnosis_or_certificate_to_wait_for_an_item_begins_at_once() -> None:
    twelve = package_of("652323")

    at_once = {item.code for item in twelve.items if not item.depends_on}

    assert at_once == {"certificate", "child_rehabilitation", "legal_aid", "education_aid"}
