"""Which answers are notices: those that say, or contain what says, how the person wants to be told (`told_as`)."""

from collections.abc import Iterator
from functools import cache
from typing import get_args

from pydantic import BaseModel

TOLD_AS = "told_as"
"""The field in which every notice carries the format and the language that the person prefers."""


@cache
def tells(answer: object) -> bool:
    """Whether an answer of this type carries it anywhere."""
    return any(TOLD_AS in model.model_fields for model in _models(answer, set()))


def _models(answer: object, seen: set[object]) -> Iterator[type[BaseModel]]:
    if isinstance(answer, type) and issubclass(answer, BaseModel) and answer not in seen:
        seen.add(answer)
        yield answer
        for field in answer.model_fields.values():
            yield from _models(field.annotation, seen)
    for part in get_args(answer):
        yield from _models(part, seen)
