"""Numbers of people, certificates and organisations are right in form or refused, and never shown by accident."""

import string
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from app.domain.shared.errors import Unprocessable
from app.domain.shared.identity import (
    IDENTIFIERS,
    Category,
    CertificateNumber,
    CitizenNumber,
    Grade,
    InvalidCertificateNumber,
    InvalidCitizenNumber,
    InvalidComponents,
    InvalidMatterCode,
    InvalidOrganisationCode,
    MatterCode,
    OrganisationCode,
    Sex,
    category_of,
    check_character,
    check_digit,
    heaviest,
    mask,
)

HOLDER = CitizenNumber.parse("650000190103150193")
ORGANISATION_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

bodies = st.from_regex(r"[1-9][0-9]{16}", fullmatch=True)
components_of_a_number = {
    "region": st.integers(100000, 999999).map(str),
    "born_on": st.dates(),
    "sequence": st.integers(0, 999),
}
holders = st.builds(CitizenNumber.of, **components_of_a_number)
certificates = st.builds(
    CertificateNumber.of, holders, category=st.sampled_from(Category), grade=st.sampled_from(Grade)
)
organisation_bodies = st.from_regex(
    f"[{ORGANISATION_ALPHABET}]{{2}}[0-9]{{6}}[{ORGANISATION_ALPHABET}]{{9}}", fullmatch=True
)
components = st.dictionaries(
    st.sampled_from([category for category in Category if category is not Category.MULTIPLE]),
    st.sampled_from(Grade),
    min_size=1,
)


@given(bodies)
def test_the_check_digit_is_the_one_that_the_standard_gives(body: str) -> None:
    assert check_digit(body) == ric.calc_check_digit(f"{body}?")


@given(**components_of_a_number)
def test_a_number_made_of_parts_reads_back_as_those_parts(region: str, born_on: date, sequence: int) -> None:
    number = CitizenNumber.of(region=region, born_on=born_on, sequence=sequence)

    assert CitizenNumber.parse(number.value) == number
    assert (number.region, number.born_on) == (region, born_on)
    assert number.sex is (Sex.MALE if sequence % 2 else Sex.FEMALE)


@given(holders, st.integers(0, 17), st.sampled_from(string.digits))
def test_one_mistyped_digit_is_always_noticed(number: CitizenNumber, place: int, digit: str) -> None:
    mistyped = number.value[:place] + digit + number.value[place + 1 :]

    if mistyped == number.value:
        assert CitizenNumber.parse(mistyped) == number
    else:
        with pytest.raises(InvalidCitizenNumber):
            CitizenNumber.parse(mistyped)


@given(holders, st.integers(0, 15))
def test_two_swapped_digits_are_always_noticed(number: CitizenNumber, place: int) -> None:
    swapped = number.value[:place] + number.value[place + 1] + number.value[place] + number.value[place + 2 :]

    if swapped != number.value:
        with pytest.raises(InvalidCitizenNumber):
            CitizenNumber.parse(swapped)


@given(st.text(max_size=24))
def test_any_text_is_read_or_refused_and_never_breaks(text: str) -> None:
    for kind in IDENTIFIERS.values():
        with suppress(Unprocessable):
            assert kind.parse(text).value.isascii()


def test_a_small_x_is_taken_for_a_capital_one() -> None:
    assert CitizenNumber.parse("11010519491231002x").value == "11010519491231002X"


@pytest.mark.parametrize("region", ["650000", "652321", "510200", "999999"])
def test_the_region_is_not_looked_up_because_abolished_codes_live_on(region: str) -> None:
    assert CitizenNumber.of(region=region, born_on=date(1903, 5, 6), sequence=12).region == region


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "18 characters"),
        ("65000019010315019", "18 characters"),
        ("6500001901031501933", "18 characters"),
        (" 650000190103150193", "18 characters"),
        ("650000190103150193\n", "18 characters"),
        ("050000190103150193", "18 characters"),
        ("６50000190103150193", "18 characters"),
        ("65000019010315X193", "18 characters"),
        ("650000190103150194", "check digit"),
        ("65000019010315019X", "check digit"),
        ("65000019010229001" + check_digit("65000019010229001"), "does not exist"),
        ("65000019011301001" + check_digit("65000019011301001"), "does not exist"),
        ("65000000000101001" + check_digit("65000000000101001"), "does not exist"),
    ],
)
def test_an_impossible_citizen_number_is_refused_without_being_repeated(text: str, complaint: str) -> None:
    with pytest.raises(InvalidCitizenNumber, match=complaint) as refused:
        CitizenNumber.parse(text)

    assert refused.value.code == "invalid_citizen_number"
    assert not text or text not in refused.value.detail
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


@pytest.mark.parametrize("body", ["", "0" * 17, "6500001901031501", "65000019010315019X"])
def test_a_check_digit_is_made_from_seventeen_digits_only(body: str) -> None:
    with pytest.raises(InvalidCitizenNumber, match="seventeen"):
        check_digit(body)


@pytest.mark.parametrize(
    ("on", "age"),
    [(date(1901, 3, 15), 0), (date(1902, 3, 14), 0), (date(1902, 3, 15), 1), (date(2026, 12, 31), 125)],
)
def test_a_year_of_age_is_completed_on_the_birthday(on: date, age: int) -> None:
    assert HOLDER.age_on(on) == age


def test_nobody_has_an_age_before_being_born() -> None:
    with pytest.raises(InvalidCitizenNumber, match="future"):
        HOLDER.age_on(date(1901, 3, 14))


@given(certificates)
def test_a_certificate_number_reads_back_as_holder_category_and_grade(number: CertificateNumber) -> None:
    assert CertificateNumber.parse(number.value.lower()) == number
    assert number.value == f"{number.citizen_number.value}{number.category.value}{number.grade.value}"
    assert len(number.value) == 20


def test_each_loss_counts_the_suffix_up() -> None:
    first = CertificateNumber.of(HOLDER, category=Category.MENTAL, grade=Grade.SECOND)

    second, third = first.next_reissue(), first.next_reissue().next_reissue()

    assert (first.suffix, second.suffix, third.suffix) == ("", "B1", "B2")
    assert CertificateNumber.parse(f"{first.value}B9").next_reissue().suffix == "B10"
    assert (second.citizen_number, second.category, second.grade) == (HOLDER, Category.MENTAL, Grade.SECOND)


def test_the_bare_suffix_of_old_certificates_is_read_as_the_first_reissue() -> None:
    assert CertificateNumber.parse(f"{HOLDER.value}62B").value == f"{HOLDER.value}62B1"


def test_the_suffix_ends_at_ninety_nine() -> None:
    with pytest.raises(InvalidCertificateNumber, match="new issue"):
        CertificateNumber.parse(f"{HOLDER.value}62B99").next_reissue()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "category from 1 to 7"),
        (f"{HOLDER.value}", "category from 1 to 7"),
        (f"{HOLDER.value}02", "category from 1 to 7"),
        (f"{HOLDER.value}82", "category from 1 to 7"),
        (f"{HOLDER.value}60", "grade from 1 to 4"),
        (f"{HOLDER.value}65", "grade from 1 to 4"),
        (f"{HOLDER.value}62B0", "B1 to B99"),
        (f"{HOLDER.value}62B100", "B1 to B99"),
        (f"{HOLDER.value}62C1", "B1 to B99"),
        ("12345619701111001343", "check digit does not fit. Compare the number with the certificate"),
        ("65000019010229001" + check_digit("65000019010229001") + "11", "does not exist"),
    ],
)
def test_an_impossible_certificate_number_is_refused_without_being_repeated(text: str, complaint: str) -> None:
    with pytest.raises(InvalidCertificateNumber, match=complaint) as refused:
        CertificateNumber.parse(text)

    assert refused.value.code == "invalid_certificate_number"
    assert not text or text not in refused.value.detail


def test_the_sample_printed_in_the_regulation_would_need_another_check_digit() -> None:
    assert check_digit("12345619701111001") == "7"


@given(organisation_bodies)
def test_the_check_character_is_the_one_that_the_standard_gives(body: str) -> None:
    code = OrganisationCode.of(body)

    assert check_character(body) == uscc.calc_check_digit(body)
    assert OrganisationCode.parse(code.value.lower()) == code
    assert code.region == body[2:8]


def test_the_code_printed_by_a_real_federation_is_accepted() -> None:
    assert OrganisationCode.parse("13370303MB2317407H").region == "370303"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "18 digits and capital letters"),
        ("13370303MB231740", "18 digits and capital letters"),
        ("1337030IMB2317407H", "18 digits and capital letters"),
        ("13370303OB2317407H", "18 digits and capital letters"),
        ("13370303MB2317407", "check character"),
        ("13370303MB2317407J", "check character"),
        ("13370303MB2317407H0", "check character"),
    ],
)
def test_an_impossible_organisation_code_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(InvalidOrganisationCode, match=complaint) as refused:
        OrganisationCode.parse(text)

    assert refused.value.code == "invalid_organisation_code"


@given(certificates)
def test_printing_a_number_shows_neither_its_holder_nor_the_disability(number: CertificateNumber) -> None:
    shown = f"{number} {number!r} {number.citizen_number} {number.citizen_number!r}"

    assert number.value[3:17] not in shown
    assert number.masked() == number.citizen_number.masked() + "**"
    assert number.next_reissue().masked().endswith("****")


@given(st.text(max_size=40))
def test_a_mask_keeps_the_length_and_at_most_four_characters(value: str) -> None:
    shown = mask(value)

    assert len(shown) == len(value)
    assert all(a in {b, "*"} for a, b in zip(shown, value, strict=True))
    assert sum(1 for character in shown if character != "*") <= 4


def test_an_organisation_code_can_be_masked_as_well() -> None:
    assert OrganisationCode.parse("13370303MB2317407H").masked() == "133**************H"


@given(components)
def test_several_components_make_a_multiple_disability_of_the_heaviest_grade(found: dict[Category, Grade]) -> None:
    expected = Category.MULTIPLE if len(found) > 1 else next(iter(found))

    assert category_of(found) is expected
    assert all(heaviest(found) <= grade for grade in found.values())
    assert heaviest(found) in found.values()


@pytest.mark.parametrize("found", [{}, {Category.MULTIPLE: Grade.FIRST}])
def test_nothing_and_multiple_itself_are_not_components(found: dict[Category, Grade]) -> None:
    for calculation in (heaviest, category_of):
        with pytest.raises(InvalidComponents, match="Name"):
            calculation(found)


def test_categories_and_grades_carry_their_legal_names_and_their_words_in_rule_data() -> None:
    assert "".join(category.chinese for category in Category) == "视力听力言语肢体智力精神多重"
    assert "".join(grade.chinese for grade in Grade) == "一级二级三级四级"
    assert [Category.from_slug(category.slug) for category in Category] == list(Category)


def test_every_scheme_of_numbers_has_its_class() -> None:
    assert {scheme: kind.scheme for scheme, kind in IDENTIFIERS.items()} == {scheme: scheme for scheme in IDENTIFIERS}


@pytest.mark.parametrize("digits", ["", "00"], ids=["implementation code", "with the handled matter"])
@given(organisation_bodies)
def test_an_implementation_code_says_whose_matter_it_is(digits: str, body: str) -> None:
    code = OrganisationCode.of(body)

    assert MatterCode.parse(f"{code.value.lower()}3000123001000{digits}").organisation_code == code


@pytest.mark.parametrize("text", ["", "123456789", "1" * 41, "00012300100-", "事项", "13370303MB2317407X3000123001000"])
def test_what_cannot_be_a_matter_code_is_refused(text: str) -> None:
    with pytest.raises(InvalidMatterCode):
        MatterCode.parse(text)
