"""What is wrong with a field: Pydantic's findings as pointers, stable codes and words of ours.

Pydantic's own sentences are not passed on: some repeat what was sent.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from app.api.language import Language
from app.api.problems.kinds import Fault

MAX_POINTER_LENGTH = 200


class Finding(NamedTuple):
    """A kind of fault: its code, and its words in English and Chinese."""

    code: str
    english: str
    chinese: str

    def at(self, pointer: str, language: Language, context: Mapping[str, Any] = MappingProxyType({})) -> Fault:
        """The fault in one place of a request."""
        if language is Language.CHINESE:
            words = self.chinese.format_map({name: _listed_in_chinese(value) for name, value in context.items()})
        else:
            words = self.english.format_map(context)
        return Fault(pointer[:MAX_POINTER_LENGTH], self.code, words)


MISSING = Finding("missing", "This is needed.", "此项必填。")
UNKNOWN = Finding("unknown_field", "There is no such field; leave it out.", "没有此字段，请删去。")
NOT_TEXT = Finding("not_text", "Give text.", "请填写文本。")
TOO_SHORT = Finding("too_short", "Give at least {min_length} characters.", "至少填写 {min_length} 个字符。")
TOO_LONG = Finding("too_long", "Give at most {max_length} characters.", "最多填写 {max_length} 个字符。")
PATTERN = Finding("pattern", "It must match {pattern}.", "格式应为 {pattern}。")
NOT_WHOLE = Finding("not_a_whole_number", "Give a whole number.", "请填写整数。")
NOT_NUMBER = Finding("not_a_number", "Give a number.", "请填写数字。")
NOT_BOOLEAN = Finding("not_a_boolean", "Give true or false.", "请填写 true 或 false。")
AT_LEAST = Finding("too_small", "Give {ge} or more.", "不得小于 {ge}。")
AT_MOST = Finding("too_large", "Give {le} or less.", "不得大于 {le}。")
ABOVE = Finding("too_small", "Give more than {gt}.", "应大于 {gt}。")
BELOW = Finding("too_large", "Give less than {lt}.", "应小于 {lt}。")
NOT_ONE_OF = Finding("not_one_of", "Give one of: {expected}.", "可选值：{expected}。")
NOT_UUID = Finding(
    "not_a_uuid",
    "Give an id as it was given to you, such as 01920000-0000-7000-8000-000000000000.",
    "请填写系统给出的编号。",
)
NOT_DATE = Finding("not_a_date", "Give a day that exists, such as 2026-11-23.", "请填写真实日期，例如 2026-11-23。")
NOT_INSTANT = Finding(
    "not_an_instant",
    "Give date, time and zone, such as 2026-11-23T09:30:00+08:00.",
    "请填写带时区的时间，例如 2026-11-23T09:30:00+08:00。",
)
NOT_LIST = Finding("not_a_list", "Give a list.", "请填写数组。")
NOT_OBJECT = Finding("not_an_object", "Give an object.", "请填写对象。")
TOO_FEW = Finding("too_few", "Give at least {min_length}.", "至少 {min_length} 项。")
TOO_MANY = Finding("too_many", "Give at most {max_length}.", "最多 {max_length} 项。")
UNKNOWN_KIND = Finding("unknown_kind", "Give one of: {expected_tags}.", "可选值：{expected_tags}。")
UNKNOWN_PARAMETER = Finding("unknown_parameter", "There is no such parameter; leave it out.", "没有此参数，请删去。")
REPEATED = Finding("repeated_parameter", "Send it once.", "此参数只能出现一次。")
MALFORMED_QUERY = Finding(
    "malformed_query",
    "Send name=value pairs, percent-encoded UTF-8.",
    "查询参数应为 name=value，并以 UTF-8 百分号编码。",
)
INVALID = Finding("invalid", "This value cannot be used. See the schema.", "此值无效，请参照接口文档。")

_OF_A_FORM = (
    MISSING,
    UNKNOWN,
    Finding("not_a_text", "Give text, no longer than the form takes it.", "请填写文本，不超过表单规定的长度。"),
    Finding("not_a_choice", "Choose one of those that the form lists.", "请从表单列出的选项中选择一项。"),
    Finding(
        "not_a_choices", "Give a list of what the form lists, each once.", "请以数组填写表单列出的选项，每项一次。"
    ),
    Finding("not_a_flag", "Give true or false.", "请填写 true 或 false。"),
    Finding("not_a_phone", "Give a telephone number.", "请填写电话号码。"),
    Finding("not_a_whole", "Give a whole number.", "请填写整数。"),
)
OF_A_FORM: Mapping[str, Finding] = MappingProxyType({one.code: one for one in _OF_A_FORM})
"""What may be wrong with an answer to a form, whose rules are data; each kind of field has its own."""

FINDINGS: dict[str, Finding] = {
    "missing": MISSING,
    "extra_forbidden": UNKNOWN,
    "string_type": NOT_TEXT,
    "string_too_short": TOO_SHORT,
    "string_too_long": TOO_LONG,
    "string_pattern_mismatch": PATTERN,
    "int_type": NOT_WHOLE,
    "int_parsing": NOT_WHOLE,
    "int_parsing_size": NOT_WHOLE,
    "int_from_float": NOT_WHOLE,
    "float_type": NOT_NUMBER,
    "float_parsing": NOT_NUMBER,
    "finite_number": NOT_NUMBER,
    "bool_type": NOT_BOOLEAN,
    "bool_parsing": NOT_BOOLEAN,
    "greater_than_equal": AT_LEAST,
    "less_than_equal": AT_MOST,
    "greater_than": ABOVE,
    "less_than": BELOW,
    "enum": NOT_ONE_OF,
    "literal_error": NOT_ONE_OF,
    "uuid_type": NOT_UUID,
    "uuid_parsing": NOT_UUID,
    "uuid_version": NOT_UUID,
    "date_type": NOT_DATE,
    "date_parsing": NOT_DATE,
    "date_from_datetime_parsing": NOT_DATE,
    "date_from_datetime_inexact": NOT_DATE,
    "datetime_type": NOT_INSTANT,
    "datetime_parsing": NOT_INSTANT,
    "datetime_from_date_parsing": NOT_INSTANT,
    "datetime_object_invalid": NOT_INSTANT,
    "timezone_aware": NOT_INSTANT,
    "list_type": NOT_LIST,
    "tuple_type": NOT_LIST,
    "set_type": NOT_LIST,
    "frozen_set_type": NOT_LIST,
    "dict_type": NOT_OBJECT,
    "model_type": NOT_OBJECT,
    "model_attributes_type": NOT_OBJECT,
    "too_short": TOO_FEW,
    "too_long": TOO_MANY,
    "union_tag_not_found": MISSING,
    "union_tag_invalid": UNKNOWN_KIND,
}
"""Ours by Pydantic's types of error. Types of our own (types.py) bring their words along."""


def faults_of(errors: Iterable[Mapping[str, Any]], language: Language) -> list[Fault]:
    """What Pydantic found, as faults of a request."""
    return [_fault(error, language) for error in errors]


def _fault(error: Mapping[str, Any], language: Language) -> Fault:
    finding = FINDINGS.get(error["type"]) or _own(error)
    return finding.at(pointer_of(error["loc"]), language, error.get("ctx", {}))


def _own(error: Mapping[str, Any]) -> Finding:
    """The finding of a type of ours, which says in its context what it is called in Chinese; or of none."""
    if error["type"] == "value_error":
        words = _literal(error["msg"].removeprefix("Value error, "))
        return Finding("invalid", words, words)
    if chinese := error.get("ctx", {}).get("chinese"):
        return Finding(error["type"], _literal(error["msg"]), chinese)
    return INVALID


def _listed_in_chinese(value: object) -> object:
    """Pydantic lists what it expects in English: `'a', 'b' or 'c'`."""
    return value.replace("' or '", "'、'").replace("', '", "'、'") if isinstance(value, str) else value


def _literal(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


def pointer_of(location: tuple[int | str, ...]) -> str:
    """Where the fault is: a JSON pointer for the body (RFC 6901), or `query/…`, `path/…`, `header/…`.

    >>> pointer_of(("body", "items", 0, "a/b"))
    '/items/0/a~1b'
    >>> pointer_of(("query", "limit"))
    'query/limit'
    """
    where, *rest = location
    path = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in rest)
    return path if where == "body" else f"{where}{path}"
