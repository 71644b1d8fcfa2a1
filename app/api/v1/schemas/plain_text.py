"""Text as people write it: in one normal form, and without what cannot be seen or turns the direction of writing."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import AfterValidator, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import (
    no_info_after_validator_function,
    no_info_before_validator_function,
    str_schema,
)

_UNSEEN = (
    "\0-\x08\x0b-\x1f\x7f-\x9f"  # control characters; tab and line feed are judged apart
    "\xad\u180e\u200b\u2060-\u2064\ufeff"  # hyphens and spaces without width
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # what turns the direction of writing
    "\u2028\u2029\ufff9-\ufffd"  # separators, annotations, and the mark of text that was damaged on its way
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # no characters at all
    "\U000e0000-\U000e007f"  # tags
)
_NOT_PLAIN = re.compile(f"[{_UNSEEN}]")
_NOT_IN_A_LINE = re.compile(f"[{_UNSEEN}\t\n\u200c\u200d]")


def _normal(value: object) -> object:
    """In normal form C, with line ends of one kind and no space around; what is no text is left to be refused."""
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n")).strip() if isinstance(value, str) else value


def _plain(value: str) -> str:
    if _NOT_PLAIN.search(value):
        raise PydanticCustomError(
            "not_plain_text",
            "Remove control characters, invisible characters and those that turn the direction of writing.",
            {"chinese": "请删去控制字符、不可见字符和改变书写方向的字符。"},
        )
    return value


def _plain_line(value: str) -> str:
    if _NOT_IN_A_LINE.search(value):
        raise PydanticCustomError(
            "not_a_plain_line",
            "Write one line, without control characters, invisible characters and those that turn its direction.",
            {"chinese": "请填写单行文本，并删去控制字符、不可见字符和改变书写方向的字符。"},
        )
    return value


def _name(value: str) -> str:
    if not value[0].isalpha() and not any(char.isalpha() for char in value) and not _has_rare(value):
        raise PydanticCustomError(
            "not_a_name", "Write the name as it stands in the document.", {"chinese": "请填写姓名。"}
        )
    return value


def _has_rare(value: str) -> bool:
    """Say whether a character is younger than this Python's tables: rare ones of names are added every few years."""
    return any("\U00020000" <= char <= "\U0003fffd" or "\ue000" <= char <= "\uf8ff" for char in value)


@dataclass(frozen=True, slots=True)
class Text:
    """Makes a `str` such a text: `Annotated[str, Text(1, 200)]`.

    Lengths are counted in characters after normalisation, without the space around. With `Text.lines` it may have
    several lines, and the joiners that some scripts and signs need.
    """

    shortest: int
    longest: int
    check: Callable[[str], str] = _plain_line

    @classmethod
    def lines(cls, shortest: int, longest: int) -> Self:
        """A text that may have several lines."""
        return cls(shortest, longest, _plain)

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        bounded = str_schema(min_length=self.shortest, max_length=self.longest)
        return no_info_after_validator_function(self.check, no_info_before_validator_function(_normal, bounded))


PersonName = Annotated[
    str,
    Text(1, 100),
    AfterValidator(_name),
    Field(description="As in the document; parts may be joined by · (U+00B7).", examples=["阿依努尔·买买提"]),
]
