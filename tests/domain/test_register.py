"""Rows of another register: read only if their parts agree, compared part by part, settled by a named officer."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from app.domain.job import WORKS, JobKind
from app.domain.job.reading import Encoding, InputFormat, Table, read_rows
from app.domain.register import (
    DiscrepancyStage,
    HeldCard,
    HeldPerson,
    HeldSince,
    Part,
    RegisterDiscrepancy,
    TakenElsewhere,
    differing,
    entry_of,
)
from app.domain.shared.access import Role
from app.domain.shared.errors import DomainError, DutiesNotSeparated, IllegalTransition
from app.domain.shared.identity import Category, CertificateNumber, CitizenNumber, Grade
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.transitions import NotYourFunction, OwnCase
from tests.builders.people import a_principal

WORK = WORKS[JobKind.REGISTER_IMPORT]
CITIZEN = CitizenNumber.of(region="990101", born_on=date(1901, 2, 3), sequence=7)
PERSON = UUID(int=7)
AREA = "65/6523/652301"
ON = date(2026, 5, 4)


def a_row(**changes: str) -> dict[str, str]:
    return {
        "name": "样本云",
        "sex": "1",
        "born_on": "19010203",
        "citizen_number": CITIZEN.value,
        "registration_code": "652301104201",
        "phone": "0994-0000000",
        "number": f"{CITIZEN.value}72",
        "issued_on": "20240131",
        "category": "7",
        "grade": "2",
        "visual": "2",
        "hearing": "0",
        "speech": "",
        "physical": "3",
        **changes,
    }


def a_person(**changes: object) -> HeldPerson:
    entry = entry_of(a_row())
    card = HeldCard(
        certificate_id=UUID(int=8),
        region=AREA,
        version=3,
        number=entry.certificate_number,
        category=entry.category,
        grade=entry.grade,
        components=entry.components,
        issued_on=entry.issued_on,
        standing="in_force",
    )
    return HeldPerson(person_id=PERSON, places=(AREA, AREA), name="样本云", card=replace(card, **changes))  # type: ignore[arg-type]


def a_discrepancy(**changes: str) -> RegisterDiscrepancy:
    entry, held = entry_of(a_row(**changes)), a_person()
    opened, _ = RegisterDiscrepancy.open(
        entry,
        held,
        differing(entry, held),
        discrepancy_id=UUID(int=9),
        job_id=UUID(int=10),
        region=AREA,
        at=datetime(2026, 5, 4, tzinfo=UTC),
        on=ON,
        by=UUID(int=11),
    )
    return opened


def test_a_row_is_read_with_its_component_grades() -> None:
    entry = entry_of(a_row())

    assert (entry.category, entry.grade) == (Category.MULTIPLE, Grade.SECOND)
    assert entry.components == {Category.VISUAL: Grade.SECOND, Category.PHYSICAL: Grade.THIRD}
    assert (entry.issued_on, entry.registration_code) == (date(2024, 1, 31), "652301104201")
    assert entry.residence_code == entry.registration_code


def test_the_bare_letter_of_old_certificates_counts_as_the_first_reissue() -> None:
    assert entry_of(a_row(number=f"{CITIZEN.value}72B")).certificate_number.suffix == "B1"


@pytest.mark.parametrize("written", ["20240131", "2024-01-31", "2024/1/31", "2024年1月31日"])
def test_days_are_read_as_people_write_them(written: str) -> None:
    assert entry_of(a_row(issued_on=written)).issued_on == date(2024, 1, 31)


def test_category_and_grade_may_be_words() -> None:
    assert entry_of(a_row(category="多重", grade="二级")).category is Category.MULTIPLE


def test_a_single_category_needs_no_component_column() -> None:
    row = a_row(number=f"{CITIZEN.value}43", category="肢体", grade="3", visual="", physical="")

    assert entry_of(row).components == {Category.PHYSICAL: Grade.THIRD}


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"name": " "}, "name"),
        ({"citizen_number": CITIZEN.value[:-1] + "0"}, "citizen_number"),
        ({"number": "99010119000101001872"}, "number"),
        ({"number": "1"}, "number"),
        ({"sex": "2"}, "sex"),
        ({"born_on": "19010204"}, "born_on"),
        ({"registration_code": "6523x"}, "registration_code"),
        ({"issued_on": "20240231"}, "issued_on"),
        ({"issued_on": ""}, "issued_on"),
        ({"category": "4"}, "category"),
        ({"grade": "1"}, "grade"),
        ({"physical": "5"}, "physical"),
        ({"physical": "0"}, "category"),
        ({"visual": "3"}, "category"),
        ({"visual": "", "physical": ""}, "category"),
    ],
)
def test_what_cannot_be_right_says_in_which_column(changes: dict[str, str], column: str) -> None:
    with pytest.raises(DomainError) as refused:
        entry_of(a_row(**changes))

    assert refused.value.pointer == f"/{column}"


def test_a_row_that_agrees_differs_in_nothing() -> None:
    assert differing(entry_of(a_row()), a_person()) == ()


def test_what_differs_is_told_part_by_part_and_masked() -> None:
    held = replace(a_person(grade=Grade.THIRD, number=CertificateNumber.parse(f"{CITIZEN.value}73")), name="样本雨")

    found = {one.part: one.masked() for one in differing(entry_of(a_row()), held)}

    assert found.keys() == {Part.NAME, Part.NUMBER, Part.GRADE}
    assert (found[Part.NAME], found[Part.GRADE]) == (("样**", "样**"), ("3", "2"))
    assert CITIZEN.value[4:16] not in "".join(found[Part.NUMBER])


def test_a_certificate_that_is_cancelled_here_is_not_the_same() -> None:
    assert [one.part for one in differing(entry_of(a_row()), a_person(standing="cancelled"))] == [Part.STANDING]


def test_of_somebody_without_a_certificate_the_name_alone_is_compared() -> None:
    nobodys = replace(a_person(), card=None)

    assert differing(entry_of(a_row()), nobodys) == ()
    assert [one.part for one in differing(entry_of(a_row(name="样本雪")), nobodys)] == [Part.NAME]


OFFICER = a_principal(Role.COUNTY_OFFICER, region=AREA)


def test_an_officer_takes_what_the_other_register_says() -> None:
    taken, event = a_discrepancy(name="样本雪").take(by=OFFICER, on=ON, words="已核对原证")

    assert (taken.stage, taken.words, event.parts) == (DiscrepancyStage.TAKEN, "已核对原证", ("name",))


def test_an_officer_keeps_what_is_held() -> None:
    kept, event = a_discrepancy(issued_on="20230131").keep(by=OFFICER, on=ON, words="导入有误")

    assert (kept.stage, event.settled_by) == (DiscrepancyStage.KEPT, OFFICER.id)


@pytest.mark.parametrize("settle", ["take", "keep"])
def test_it_is_settled_once_with_a_reason_by_an_officer_of_the_place_and_not_by_the_person(settle: str) -> None:
    open_one = a_discrepancy(name="样本雪")
    settled, _ = getattr(open_one, settle)(by=OFFICER, on=ON, words="已核对")

    with pytest.raises(IllegalTransition):
        getattr(settled, settle)(by=OFFICER, on=ON, words="已核对")
    with pytest.raises(ReasonMissing):
        getattr(open_one, settle)(by=OFFICER, on=ON, words=" ")
    with pytest.raises(NotYourFunction):
        getattr(open_one, settle)(by=a_principal(Role.COUNTY_OFFICER, region="65/6522"), on=ON, words="已核对")
    with pytest.raises(NotYourFunction):
        getattr(open_one, settle)(by=a_principal(Role.COUNTY_APPROVER, region=AREA), on=ON, words="已核对")
    with pytest.raises(OwnCase):
        getattr(open_one, settle)(by=replace(OFFICER, person_id=PERSON), on=ON, words="已核对")


def test_what_was_cancelled_here_is_not_brought_back_by_a_list() -> None:
    entry, held = entry_of(a_row()), a_person(standing="cancelled")
    cancelled = replace(a_discrepancy(), differing=differing(entry, held))

    with pytest.raises(TakenElsewhere):
        cancelled.take(by=OFFICER, on=ON, words="已核对")


def test_what_has_changed_since_is_not_overwritten() -> None:
    with pytest.raises(HeldSince):
        a_discrepancy(name="样本雪").require_held(4)


def a_table(text: str) -> Table:
    return Table.of(text.encode(), format=InputFormat.CSV, encoding=Encoding.UTF_8, work=WORK)


def test_a_table_in_the_order_of_the_export_needs_no_head() -> None:
    line = ",".join(a_row().get(column.code, "") for column in WORK.columns) + "\n"

    table = a_table(line)
    rows = read_rows(line.encode(), table, WORK.columns, after_line=0, at_most=9, is_last=True).rows

    assert (table.head_lines, rows[0].line, rows[0].problem) == (0, 1, None)
    assert entry_of(rows[0].values) == entry_of(a_row())


def test_a_head_in_chinese_names_the_columns_in_any_order() -> None:
    table = a_table("残疾人证号,姓名,身份证号,户籍地区划代码,发证日期,备注\n")

    assert table.columns == ("number", "name", "citizen_number", "registration_code", "issued_on", "")


def test_whoever_has_handed_in_the_table_does_not_take_what_it_says_and_may_keep_what_is_held() -> None:
    found = replace(a_discrepancy(name="样本雪"), opened_by=OFFICER.id)

    with pytest.raises(DutiesNotSeparated):
        found.take(by=OFFICER, on=ON, words="已核对原证")
    assert found.keep(by=OFFICER, on=ON, words="已核对原证")[0].stage is DiscrepancyStage.KEPT
    assert {one.action: one.reason_code for one in found.allowed_actions(OFFICER, on=ON)} == {
        "take": "duties_not_separated",
        "keep": None,
    }
