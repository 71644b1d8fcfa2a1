"""One strict reading of JSON: what two parsers could read differently is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.problems import UnreadableBody
from app.api.strict_json import MAX_DEPTH, MAX_INTEGER, parse

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-MAX_INTEGER, MAX_INTEGER)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc中\n", max_size=3), inner, max_size=4),
    max_leaves=20,
)


@given(value=JSON, escaped=st.booleans())
def test_what_is_written_in_json_is_read_as_it_was(*, value: object, escaped: bool) -> None:
    assert parse(json.dumps(value, ensure_ascii=escaped).encode()) == value


@given(st.binary(max_size=60))
def test_whatever_else_is_sent_is_refused_or_read_as_the_standard_library_reads_it(body: bytes) -> None:
    try:
        value = parse(body)
    except UnreadableBody:
        return

    assert value == json.loads(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b"{'a': 1}",
        b'{"a": 1,}',
        b'{"a": 1} {"b": 2}',
        b'{"a": 1, "a": 2}',
        b'{"b": {"a": 1, "\\u0061": 2}}',
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": 9007199254740993}',
        b'{"a": -9007199254740993}',
        b"1" * 5000,
        b"1." + b"1" * 5000,
        b'{"a": 01}',
        b'{"a": +1}',
        b'{"a": .5}',
        b'{"a": "\x00"}',
        b'{"a": "\\u0000"}',
        b'{"\\u0000": 1}',
        b'{"a": "\\ud800"}',
        b'{"a": ["x", {"\\udc00": 1}]}',
        b'{"a": "\xed\xa0\x80"}',
        b'{"a": "\xff"}',
        b'{"a": "\xc0\xaf"}',
        b'{"a": "line\nbreak"}',
        b'\xef\xbb\xbf{"a": 1}',
        '{"a": 1}'.encode("utf-16"),
        '{"a": 1}'.encode("utf-32"),
        '{"a": "中"}'.encode("gb18030"),
        b"[" * 33 + b"]" * 33,
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 33 + b"1" + b"}" * 33,
        b'{"a": 1} // why',
        b"undefined",
        b"True",
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableBody):
        parse(body)


def test_nesting_is_counted_and_not_brackets() -> None:
    deepest = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH

    assert parse(deepest)
    assert parse(b"[" + b",".join([b"[]"] * 1000) + b"]") == [[]] * 1000


def test_a_whole_surrogate_pair_is_a_character() -> None:
    assert parse(b'"\\ud842\\udfb7"') == "𠮷"


def test_a_refusal_says_where_and_not_what() -> None:
    with pytest.raises(UnreadableBody, match="line 2, column 10") as refused:
        parse(b'{"name": "x",\n "phone" 13812345678}')

    assert "138" not in refused.value.detail
