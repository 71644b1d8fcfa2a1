"""What came back on one connection, one question after the other: how long it took, and its form without content."""

import asyncio
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter

from app.tools.bench.alike.questions import Kind, Question

_DIGITS = re.compile(rb"[0-9]+")
_OTHER_EACH_TIME = frozenset({b"date", b"request-id"})
"""Headers whose values are of one length and other with every answer."""


@dataclass(frozen=True, slots=True)
class Form:
    """All of an answer that could tell it from another but the words of its outcome."""

    status: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    """Names and values in their order; what counts down or up is told as one zero."""
    body_bytes: int
    shape: str


@dataclass(slots=True)
class Answers:
    """What came of the questions of one kind."""

    seconds: list[float] = field(default_factory=list)
    forms: Counter[Form] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)


async def ask(port: int, questions: Sequence[Question]) -> dict[Kind, Answers]:
    """Send them one after the other, and nothing beside: where nobody else is there, little hides a difference."""
    answers = {kind: Answers() for kind in Kind}
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for question in questions:
        sent = perf_counter()
        writer.write(question.request)
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(_length_in(head))
        took = perf_counter() - sent
        answer = answers[question.kind]
        answer.seconds.append(took)
        answer.forms[_form_of(head, body)] += 1
        answer.outcomes[_outcome_in(body)] += 1
    writer.close()
    return answers


def _lines(head: bytes) -> list[bytes]:
    return head.rstrip(b"\r\n").split(b"\r\n")


def _length_in(head: bytes) -> int:
    pairs = (line.partition(b":") for line in _lines(head)[1:])
    return next(int(value) for name, _, value in pairs if name.lower() == b"content-length")


def _form_of(head: bytes, body: bytes) -> Form:
    status, *lines = _lines(head)
    pairs = ((name.lower(), value.strip()) for name, _, value in (line.partition(b":") for line in lines))
    headers = tuple((name, _still(name, value)) for name, value in pairs)
    return Form(status, headers, len(body), _shape_of(json.loads(body)))


def _still(name: bytes, value: bytes) -> bytes:
    if name in _OTHER_EACH_TIME:
        return b"*" * len(value)
    return value if name == b"content-length" else _DIGITS.sub(b"0", value)


def _shape_of(value: object) -> str:
    """The members and the types of a JSON value, without what stands in them."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{name}:{_shape_of(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_shape_of, value)) + "]"
    return type(value).__name__


def _outcome_in(body: bytes) -> str:
    found = json.loads(body).get("results")
    return found[0]["outcome"] if found else "refused"
