"""A log says what happened and never to whom, on one line, whoever wrote it."""

import io
import logging
import random
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest
import structlog
import uvicorn

from app.adapters.crypto import Sensitive
from app.adapters.logging import REDACTED, configure_logging, redacted
from tests.adapters.log_stream import a_number, lines_of, logging_to


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    with logging_to(io.StringIO()) as stream:
        yield stream


@dataclass(frozen=True)
class Applicant:
    name: str


HIDDEN = {
    "a bearer token": "Authorization: Bearer abcdefghijkl",
    "a token by itself": "got eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln",
    "a basic credential": "basic dXNlcjpwYXNz",
    "a password in a URL": "postgresql://app:geheim@localhost/yian",
    "a mobile number": "call 138-1234 5678 now",
    "a mobile number of China": "打13812345678吧",
    "an identity number of 15 digits": "was 990101000101001 then",
}


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN.keys())
def test_what_looks_like_a_credential_or_a_number_of_a_person_is_hidden(text: str) -> None:
    shown = redacted(text)

    assert REDACTED in shown
    for secret in ("abcdefghijkl", "eyJ", "dXNlcjpwYXNz", "geheim", "5678", "990101"):
        assert secret not in shown


@pytest.mark.parametrize(
    "key",
    [
        *(
            "name",
            "Name",
            "applicant_name",
            "givenName",
            "phone",
            "guardian_phone",
            "citizen_number",
            "X-Citizen-Number",
        ),
        *(
            "certificate_number",
            "certificateNumber",
            "authorization",
            "Authorization",
            "cookie",
            "Set-Cookie",
            "password",
        ),
        *(
            "client_secret",
            "access_token",
            "body",
            "query",
            "email",
            "home_address",
            "date_of_birth",
            "姓名",
            "联系电话"[2:],
        ),
    ],
)
def test_what_stands_under_a_personal_key_is_hidden_whatever_it_is(key: str) -> None:
    for value in ("张三", 5, None, ["张三"], {"any": "张三"}):
        assert redacted({key: value, "deeper": [{key: value}]}) == {key: REDACTED, "deeper": [{key: REDACTED}]}


class Status(StrEnum):
    OPEN = "open"


PLAIN = {
    "a code": ("certificate_case.approved", "certificate_case.approved"),
    "an id": (UUID("01890000-0000-7000-8000-000000000001"), "01890000-0000-7000-8000-000000000001"),
    "an id of digits alone": ("13812345-6781-1111-8111-138123456789", "13812345-6781-1111-8111-138123456789"),
    "an instant": (datetime(2026, 3, 2, 8, 0, 0, 123456, tzinfo=UTC), "2026-03-02 08:00:00.123456+00:00"),
    "a day": (date(2026, 3, 2), "2026-03-02"),
    "a status": (Status.OPEN, "open"),
    "a count": (12345, 12345),
    "a duration": (0.1 + 0.2, 0.3),
    "a truth": (True, True),
    "nothing": (None, None),
    "an amount": (Decimal("12.50"), "12.50"),
    "a region": ("65/6523/652301/652301104/652301104201", "65/6523/652301/652301104/652301104201"),
    "keys that only sound personal": ({"route_name": "x", "token_id": "y"}, {"route_name": "x", "token_id": "y"}),
    "no number": (float("nan"), "nan"),
}


@pytest.mark.parametrize(("value", "shown"), PLAIN.values(), ids=PLAIN.keys())
def test_what_is_no_personal_data_stays_readable(value: object, shown: object) -> None:
    assert redacted(value) == shown


def test_an_object_is_shown_by_its_class_alone() -> None:
    assert redacted({"held": Applicant("张三"), "wrapped": Sensitive("张三")}) == {
        "held": "<Applicant>",
        "wrapped": "***",
    }


def test_a_line_says_when_how_grave_and_in_which_request(log: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(request_id="r-1"):
        structlog.get_logger().warning("request", route="/v1/cases/{case_id}", status=200, ms=1.25)

    (line,) = lines_of(log)
    assert datetime.fromisoformat(line.pop("timestamp")).tzinfo is not None
    assert line == {
        "event": "request",
        "level": "warning",
        "request_id": "r-1",
        "route": "/v1/cases/{case_id}",
        "status": 200,
        "ms": 1.25,
    }


def test_a_line_below_the_level_is_not_written() -> None:
    with logging_to(io.StringIO(), level="WARNING") as stream:
        structlog.get_logger().info("quiet")
        logging.getLogger("asyncpg").info("quiet")

    assert stream.getvalue() == ""


def test_a_crash_tells_where_it_happened_and_not_with_what(log: io.StringIO) -> None:
    _fail_over("王五")

    exception = lines_of(log)[0]["exception"]
    assert "ZeroDivisionError: division by zero" in exception
    assert f"{__file__}:" in exception
    assert "in _divide" in exception
    assert "caused by builtins.LookupError: no person named ? here" in exception
    assert not any(name in log.getvalue() for name in ("张三", "李四", "王五", "\\u5f20"))


def _fail_over(name: str) -> None:
    try:
        _divide(name)
    except ZeroDivisionError:
        structlog.get_logger().exception("failed")


def _divide(name: str) -> None:
    try:
        _look_up()
    except LookupError as error:
        raise ZeroDivisionError("division by zero") from error


def _look_up() -> None:
    raise LookupError("no person named 张三 here\nDETAIL: 李四")


def test_a_line_holds_no_line_break_and_survives_a_lone_surrogate(log: io.StringIO) -> None:
    structlog.get_logger().info("a\nb\u2028c\ud800", value="\x00")

    assert len(log.getvalue().splitlines()) == 1
    assert lines_of(log)[0]["event"] == "a\nb\u2028c\ud800"


def test_a_crash_of_a_thread_is_a_line_too(log: io.StringIO) -> None:
    number = a_number(random.Random(1))

    thread = threading.Thread(target=int, args=(f"{number}?",))
    thread.start()
    thread.join()

    assert lines_of(log)[0]["event"] == "A thread has crashed."
    assert number[6:17] not in log.getvalue()


def test_an_interrupt_is_no_crash(log: io.StringIO) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert log.getvalue() == ""


def test_uvicorn_writes_no_access_log_and_its_errors_are_lines_of_ours() -> None:
    async def application(scope: object, receive: object, send: object) -> None: ...

    with logging_to(io.StringIO()) as stream:
        uvicorn.Config(application, log_config=None)
        logging.getLogger("uvicorn.access").info("GET /people")
        logging.getLogger("uvicorn.error").info("Started")

        assert not logging.getLogger("uvicorn.access").hasHandlers()
    assert [(line["event"], line["logger"], line["level"]) for line in lines_of(stream)] == [
        ("Started", "uvicorn.error", "info")
    ]


def test_configuring_twice_writes_once(log: io.StringIO) -> None:
    configure_logging("INFO", stream=log)

    logging.getLogger("asyncpg").warning("once")

    assert len(lines_of(log)) == 1
