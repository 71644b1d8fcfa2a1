"""10,000 identity numbers go into the log by every way there is, and none comes out."""

import io
import json
import logging
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.crypto import Sensitive
from app.adapters.logging import REDACTED, redacted
from tests.adapters.log_stream import a_number, logging_to

SEED = 20260302
MISFIT = "%d of %s"  # asks for other arguments than it is given


@dataclass(frozen=True)
class Applicant:
    number: str


class Unwilling:
    def __init__(self, number: str) -> None:
        self.number = number

    def __repr__(self) -> str:
        raise ValueError(self.number)


def _raise(failure: BaseException, cause: BaseException | None) -> None:
    raise failure from cause


def raised(failure: BaseException, cause: BaseException | None = None) -> BaseException:
    try:
        _raise(failure, cause)
    except BaseException as caught:  # noqa: BLE001 - whatever it was told to raise
        return caught
    return failure


def deep(number: str) -> Any:
    nest: Any = number
    for _ in range(20):
        nest = {"in": [nest, (nest,)]} if len(str(nest)) < 500 else {"in": nest}
    return nest


def full_width(number: str) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in number)


def log_in_handling(number: str) -> None:
    in_a_local_variable = number
    try:
        try:
            int(f"{in_a_local_variable}?")
        except ValueError:
            _fail(number)
    except KeyError:
        structlog.get_logger().exception("failed", number_seen=in_a_local_variable)
        logging.getLogger("uvicorn.error").exception("failed for %s", number)


def _fail(number: str) -> None:
    raise KeyError(number)


def log_in_context(number: str) -> None:
    with structlog.contextvars.bound_contextvars(subject=number, nested={"a": [number]}):
        structlog.get_logger().info("bound")


PLACES: list[Callable[[str], object]] = [
    lambda n: structlog.get_logger().info(n),
    lambda n: structlog.get_logger().info(f"残疾人{n}已提交"),
    lambda n: structlog.get_logger().info("x" * 8180 + n),
    lambda n: structlog.get_logger().info("x", value=n, other=n.lower()),
    lambda n: structlog.get_logger().info("x", citizen_number=n, subject={"citizenNumber": n, "given-name": n}),
    lambda n: structlog.get_logger().info("x", **{n: 1, "nested": {n: {n: n}}}),
    lambda n: structlog.get_logger().info("x", items=[n, (n, {n}), frozenset({n})], deep=deep(n)),
    lambda n: structlog.get_logger().info("x", digits=int(n[:17]), less=-int(n[:17]), real=float(n[:17]), text=n[:17]),
    lambda n: structlog.get_logger().info("x", raw=n.encode(), more=bytearray(n.encode()), money=Decimal(n[:17])),
    lambda n: structlog.get_logger().info(
        "x", url=f"https://y.example/v1/people/{n}?q={n}&n={n}", path=PurePosixPath(n)
    ),
    lambda n: structlog.get_logger().info(
        "x", certificate=f"{n}43", reissued=f"{n}43B1", before=f"no{n}", after=f"{n}no"
    ),
    lambda n: structlog.get_logger().info(
        "x", spaced=f"{n[:6]} {n[6:14]} {n[14:]}", dashed=f"{n[:6]}-{n[6:14]}-{n[14:17]}-{n[17:]}"
    ),
    lambda n: structlog.get_logger().info("x", wide=full_width(n), escaped=json.dumps({"n": n}), quoted=repr([n])),
    lambda n: structlog.get_logger().info("x", held=Applicant(n), unwilling=Unwilling(n), wrapped=Sensitive(n)),
    lambda n: structlog.get_logger().info("x", failure=ValueError(n), kind=type(n, (), {}), listed=[KeyError(n)]),
    lambda n: structlog.get_logger().error("x", exc_info=raised(ValueError(n), KeyError(Applicant(n)))),
    lambda n: structlog.get_logger().error("x", exc_info=raised(ValueError(f"first line\nDETAIL: Key (number)=({n})"))),
    lambda n: structlog.get_logger().error(
        "x", exc_info=raised(ExceptionGroup(n, [ValueError(n), TypeError(full_width(n))]))
    ),
    lambda n: logging.getLogger("asyncpg").error("failed for %s and %r", n, {"n": Applicant(n)}),
    lambda n: logging.getLogger("uvicorn.error").error(MISFIT, n),
    lambda n: logging.getLogger(n).warning("named"),
    lambda n: logging.getLogger("uvicorn.access").info('1.2.3.4 - "GET /people/%s HTTP/1.1" 200', n),
    lambda n: sys.excepthook(ValueError, raised(ValueError(n)), None),
    log_in_handling,
    log_in_context,
]


@pytest.mark.slow
def test_of_ten_thousand_identity_numbers_none_comes_out() -> None:
    chance = random.Random(SEED)
    numbers = [a_number(chance) for _ in range(10_000)]

    with logging_to(io.StringIO()) as stream:
        for position, number in enumerate(numbers):
            PLACES[position % len(PLACES)](number)

    written = stream.getvalue()
    assert written.count("\n") >= 9_600
    assert REDACTED in written
    for text in (written, written.replace(" ", "").replace("-", "")):
        runs = {run for run in _digit_runs(text) if len(run) >= 11}  # birth date and sequence alone are eleven
        assert not runs, f"{len(runs)} runs of digits, such as {min(runs)[:6]}…"
    for line in written.splitlines():
        json.loads(line)


def test_without_the_redaction_the_same_numbers_do_come_out() -> None:
    number = a_number(random.Random(SEED))

    with logging_to(io.StringIO()) as stream:
        unguarded: list[Any] = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(default=repr)]
        structlog.configure(processors=unguarded)
        for place in PLACES[:5]:
            place(number)

    assert stream.getvalue().count(number[6:17]) == 8


def _digit_runs(text: str) -> set[str]:
    return set("".join(character if character.isdigit() else " " for character in text).split())


@pytest.mark.parametrize("place", PLACES)
def test_nothing_of_a_number_is_shown_on_a_terminal_either(place: Callable[[str], object]) -> None:
    number = a_number(random.Random(SEED))

    with logging_to(io.StringIO(), json=False) as stream:
        place(number)

    assert number[6:17] not in stream.getvalue()
    assert full_width(number)[6:17] not in stream.getvalue()


@given(st.text(max_size=40), st.integers(0, 10**6), st.text(max_size=40))
def test_a_number_is_hidden_whatever_stands_around_it(before: str, which: int, after: str) -> None:
    number = a_number(random.Random(which))

    assert number[6:17] not in redacted(f"{before}{number}{after}")
