"""A region is found by code, path and name, and knows what lies in what."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.shared.provenance import Confidence
from app.domain.shared.region import (
    NATIONAL,
    InvalidRegionCode,
    Level,
    Region,
    RegionNotFound,
    Regions,
    ancestors_of,
    code_of,
    contains,
    level_of,
    path_of,
    trimmed,
)

CHANGJI = "65/6523/652301"
codes = st.sampled_from([2, 4, 6, 9, 12]).flatmap(
    lambda length: st.text("0123456789", min_size=length, max_size=length)
)


def a_region(
    code: str,
    name: str,
    *,
    valid_from: date = date(2000, 1, 1),
    valid_to: date | None = None,
    aliases: tuple[str, ...] = (),
) -> Region:
    return Region(
        code=code,
        name=name,
        name_en=name,
        source="invented for the test",
        confidence=Confidence.HIGH,
        valid_from=valid_from,
        valid_to=valid_to,
        aliases=aliases,
    )


REGIONS = Regions(
    [
        a_region("652301107", "佃坝镇", aliases=("佃镇镇",)),
        a_region("652301104", "大西渠镇", valid_from=date(2020, 1, 1)),
        a_region("652301104", "大西渠乡", valid_to=date(2019, 12, 31)),
        a_region("652301", "昌吉市"),
        a_region("652302", "阜康市", valid_to=date(2024, 12, 31)),
        a_region("652302001", "佃坝镇"),
        a_region("65", "新疆维吾尔自治区"),
    ]
)


@given(codes)
def test_a_path_ends_with_its_code_and_lies_in_every_ancestor(code: str) -> None:
    path = path_of(code)

    assert code_of(path) == code
    assert next(ancestors_of(path)) == path
    assert all(contains(area, path) for area in ancestors_of(path))
    assert [code_of(area) for area in ancestors_of(path)][-2:] == [code[:2], ""]


@given(codes, codes)
def test_an_area_contains_a_region_when_its_code_begins_the_code_of_the_region(area: str, code: str) -> None:
    assert contains(path_of(area), path_of(code)) == code.startswith(area)


def test_a_county_does_not_contain_another_whose_code_only_begins_alike() -> None:
    assert not contains("65/6523/652301", "65/6523/6523010")


def test_the_country_contains_everything() -> None:
    assert contains(NATIONAL, CHANGJI)
    assert not contains(CHANGJI, NATIONAL)


def test_the_length_of_a_code_tells_its_level() -> None:
    assert [level_of(code) for code in ("65", "6523", "652301", "652301104", "652301104201")] == list(Level)


@pytest.mark.parametrize("code", ["", "6", "65230", "65230a", "６５", "6523011042011", "65/6523"])
def test_a_code_of_another_length_or_with_letters_is_refused(code: str) -> None:
    with pytest.raises(InvalidRegionCode, match="digits"):
        path_of(code)


@pytest.mark.parametrize(
    ("code", "short"),
    [
        ("650000000000", "65"),
        ("652300000000", "6523"),
        ("652301", "652301"),
        ("652301000000", "652301"),
        ("652301100000", "652301100"),
        ("652301104201", "652301104201"),
    ],
)
def test_the_zeros_that_fill_a_code_up_are_trimmed(code: str, short: str) -> None:
    assert trimmed(code) == short


@pytest.mark.parametrize("code", ["000000", "65230110420", "1234567"])
def test_what_is_no_code_cannot_be_trimmed_to_one(code: str) -> None:
    with pytest.raises(InvalidRegionCode):
        trimmed(code + "x")


def test_a_code_answers_with_its_newest_entry_or_the_one_of_the_day() -> None:
    assert REGIONS.by_code("652301104").name == "大西渠镇"
    assert REGIONS.by_code("652301104", on=date(2019, 12, 31)).name == "大西渠乡"
    assert REGIONS.by_code("652301104", on=date(2020, 1, 1)).name == "大西渠镇"


@pytest.mark.parametrize(("code", "on"), [("110101", None), ("652302", date(2025, 1, 1)), ("65", date(1999, 1, 1))])
def test_an_unknown_or_abolished_code_is_not_found(code: str, on: date | None) -> None:
    with pytest.raises(RegionNotFound):
        REGIONS.by_code(code, on=on)


def test_a_misprinted_name_finds_the_region_that_was_meant() -> None:
    assert [region.code for region in REGIONS.named("佃镇镇")] == ["652301107"]


def test_a_name_that_repeats_is_narrowed_by_area_and_day() -> None:
    assert [region.code for region in REGIONS.named("佃坝镇")] == ["652301107", "652302001"]
    assert [region.code for region in REGIONS.named("佃坝镇", within=CHANGJI)] == ["652301107"]
    assert REGIONS.named("大西渠乡", on=date(2026, 1, 1)) == ()
    assert REGIONS.named("nowhere") == ()


def test_children_lie_exactly_one_level_below() -> None:
    assert [region.name for region in REGIONS.children(CHANGJI, on=date(2026, 1, 1))] == ["大西渠镇", "佃坝镇"]
    assert [region.code for region in REGIONS.children(NATIONAL)] == ["65"]


def test_all_entries_are_listed_by_code_and_first_day() -> None:
    assert [region.name for region in REGIONS][:4] == ["新疆维吾尔自治区", "昌吉市", "大西渠乡", "大西渠镇"]
