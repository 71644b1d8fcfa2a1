"""The shared types: as strict as JSON can be, and generous to how people are called."""

from datetime import date, datetime, timedelta, timezone
from enum import IntEnum, StrEnum
from typing import Annotated, Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, JsonValue, TypeAdapter, ValidationError

from app.api.v1.schemas.types import (
    CertificateNumberText,
    CitizenNumberText,
    Code,
    Fen,
    Input,
    Instant,
    LegalDate,
    LongText,
    Output,
    PersonName,
    PhoneNumber,
    RegionCode,
    ShortText,
    Version,
)


class Grade(IntEnum):
    FIRST = 1
    SECOND = 2


class Colour(StrEnum):
    RED = "red"


class Inner(Input):
    count: int


class Everything(Input):
    count: int = 1
    share: float = 0.5
    grade: Grade | None = None
    colour: Colour | None = None
    flag: bool = False
    id: UUID | None = None
    day: LegalDate | None = None
    at: Instant | None = None
    inner: Annotated[list[Inner], Field(max_length=3)] = Field(default_factory=list)
    by_name: dict[str, Grade] = Field(default_factory=dict)
    free: dict[Code, JsonValue] = Field(default_factory=dict)


@pytest.mark.parametrize(
    "sent",
    [
        {"count": "5"},
        {"count": 5.0},
        {"count": True},
        {"share": "0.5"},
        {"grade": "1"},
        {"grade": 1.0},
        {"grade": True},
        {"grade": 3},
        {"by_name": {"a": True}},
        {"colour": "blue"},
        {"colour": 1},
        {"flag": "yes"},
        {"flag": 1},
        {"id": "01920000000070008000000000000000"},
        {"id": "{01920000-0000-7000-8000-000000000000}"},
        {"id": 5},
        {"day": 0},
        {"day": "0"},
        {"day": "2026-02-30"},
        {"day": "2026-2-3"},
        {"day": "２０２６-01-01"},
        {"day": "2026-01-01T00:00:00"},
        {"day": "1899-12-31"},
        {"day": "2200-01-01"},
        {"at": 1_700_000_000},
        {"at": "1700000000"},
        {"at": "2026-01-01"},
        {"at": "2026-01-01T00:00:00"},
        {"at": "2026-01-01 00:00:00Z"},
        {"at": "0001-01-01T00:00:00+23:59"},
        {"at": "9999-12-31T23:59:59-23:59"},
        {"inner": [{"count": "1"}]},
        {"inner": {"count": 1}},
        {"inner": [{"count": 1}] * 4},
        {"other": 1},
        {"inner": [{"count": 1, "other": 1}]},
    ],
)
def test_what_only_resembles_the_schema_is_refused(sent: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Everything.model_validate(sent)


def test_what_the_schema_says_is_taken() -> None:
    taken = Everything.model_validate(
        {
            "count": 5,
            "share": 1,
            "grade": 1,
            "colour": "red",
            "flag": True,
            "day": "2026-11-23",
            "id": "01920000-0000-7000-8000-000000000000",
            "at": "2026-11-23T09:30:00+08:00",
            "inner": [{"count": 1}],
            "by_name": {"a": 2},
            "free": {"a": [1, "x", None, 1.5, True, {"b": 1}]},
        }
    )

    assert taken.grade is Grade.FIRST
    assert taken.day == date(2026, 11, 23)
    assert taken.at == datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=8)))
    assert taken.free == {"a": [1, "x", None, 1.5, True, {"b": 1}]}


@pytest.mark.parametrize(
    "written", ["0", "1795790765", "20261123", "2026-11-23T00:00:00", " 2026-11-23", "２０２６-11-23"]
)
def test_a_day_in_a_query_is_written_as_a_day_and_as_nothing_else(written: str) -> None:
    """A query is text, which Pydantic reads more freely than JSON: digits alone it takes for seconds since 1970."""
    assert TypeAdapter(LegalDate).validate_strings("2026-11-23") == date(2026, 11, 23)
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(LegalDate).validate_python(written)

    assert refused.value.errors()[0]["type"] == "date_type"


def test_a_model_made_by_hand_takes_values_of_python() -> None:
    made = Everything(grade=Grade.FIRST, id=UUID(int=1), day=date(2020, 1, 1))

    assert Everything.model_validate(made.model_dump(mode="json")) == made


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "阿依努尔·买买提",
        "𠮷野家",
        "䶮",
        "\U00031350某",
        "O'Brien-Smith",
        "ئايگۈل",
        "Ақжол",
        "尼 玛",
        "\ue123某",
        "é",
    ],
)
def test_people_are_called_what_they_are_called(name: str) -> None:
    assert TypeAdapter(PersonName).validate_python(name) == name


@pytest.mark.parametrize(
    "name",
    [
        *("", " ", "\u3000", "12", "·", "…", "张\n三", "张\t三", "张\0三", "张\u202e三", "张\u200b三", "\ufeff张三"),
        *("张\u2028三", "张\x1b[31m三", "张\ufffd", "张\ufffe", "张\U000e0041", "\ud800", "x" * 101, "张\u200d三"),
    ],
)
def test_what_cannot_be_seen_or_spoken_is_no_name(name: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(PersonName).validate_python(name)


def test_space_around_is_dropped_and_one_spelling_is_kept() -> None:
    assert TypeAdapter(PersonName).validate_python(" \u3000e\u0301 ") == "é"
    assert TypeAdapter(LongText).validate_python("one\r\ntwo\n") == "one\ntwo"


def test_lines_and_joiners_belong_in_a_long_text_only() -> None:
    assert TypeAdapter(LongText).validate_python("一\n二 👩\u200d🦽") == "一\n二 👩\u200d🦽"
    with pytest.raises(ValidationError):
        TypeAdapter(ShortText).validate_python("一\n二")


@given(st.text())
def test_a_text_that_was_taken_can_be_stored_and_sent_again(value: str) -> None:
    text = TypeAdapter(ShortText)
    try:
        taken = text.validate_python(value)
    except ValidationError:
        return

    assert 1 <= len(taken) <= 200
    assert text.validate_python(taken) == taken
    assert "\0" not in taken.encode().decode()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (PhoneNumber, "13812345678"),
        (PhoneNumber, "0994-2340000"),
        (PhoneNumber, "+8613812345678"),
        (RegionCode, "65"),
        (RegionCode, "652301104201"),
        (Code, "living_subsidy"),
        (CitizenNumberText, "99010119000101001X"),
        (CertificateNumberText, "99010119000101001X43B1"),
        (Fen, 0),
        (Version, 1),
    ],
)
def test_numbers_and_codes_are_taken_as_they_are_written(kind: Any, value: object) -> None:
    assert TypeAdapter(kind).validate_python(value) == value


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (PhoneNumber, "1381234567"),
        (PhoneNumber, "13812345678\n"),
        (PhoneNumber, "１３８１２３４５６７８"),
        (RegionCode, "6523010"),
        (RegionCode, "652301104\n"),
        (Code, "Living"),
        (Code, "a" * 65),
        (CitizenNumberText, "99010119000101001x\n"),
        (CertificateNumberText, "99010119000101001X49"),
        (Fen, -1),
        (Fen, 10**12 + 1),
        (Version, 0),
        (Version, 2**31),
    ],
)
def test_what_is_written_otherwise_is_refused(kind: Any, value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(value)


def test_every_field_of_an_answer_is_always_there() -> None:
    class Shown(Output):
        name: str
        note: str | None = None

    assert Shown.model_json_schema(mode="serialization")["required"] == ["name", "note"]


def test_the_schema_of_an_input_promises_what_it_holds() -> None:
    schema = Everything.model_json_schema()

    assert schema["additionalProperties"] is False
    assert schema["properties"]["id"]["anyOf"][0] == {"format": "uuid", "type": "string"}
    assert schema["properties"]["count"] == {"default": 1, "title": "Count", "type": "integer"}
