"""What nobody should send, as data: values for any field, bodies, headers, queries and path segments for any operation.

A value is written as the JSON that travels, so that it can be JSON that Python would never write.
"""

import json
from collections.abc import Iterator
from typing import Any

HERE = "@@hostile@@"


def _texts(**texts: str) -> dict[str, str]:
    return {f"text: {name.replace('_', ' ')}": json.dumps(text) for name, text in texts.items()}


TEXTS = _texts(
    empty="",
    space=" ",
    ideographic_space="\u3000\u3000",
    tab_and_breaks="\t\r\n",
    nul="a\0b",
    bell="a\ab",
    escape_sequence="\x1b[31mred\x1b[0m",
    delete="a\x7fb",
    c1_control="a\x85b",
    byte_order_mark="\ufeffname",
    zero_width="a\u200bb\u200cc\u200dd",
    word_joiner="a\u2060b",
    turned_right_to_left="\u202etxt.exe",
    isolated="\u2066abc\u2069",
    line_separator="a\u2028b\u2029c",
    replacement="a\ufffdb",
    no_character="a\uffffb\ufdd0",
    tag_characters="a\U000e0041b",
    private_use="\ue000\U0010fffd",
    beyond_the_basic_plane="𠮷𪚥🧑‍🦽",
    newest_ideograph="\U00031350",
    combining="e" + "\u0301" * 50,
    decomposed="e\u0301",
    compatibility="ﬁ①㈱Ⅷ",
    full_width_digits="１２３４５６",
    arabic_digits="٠١٢٣٤٥",
    look_alike="раурal",
    dotless="ı İ ſ K",
    sharp_s="ß" * 40,
    expands_in_upper="ŉ" * 100,
    right_to_left="ئايگۈل",
    very_long="a" * 10_000,
    long_ideographs="中" * 5_000,
    just_over_a_bound="x" * 201,
    quote="'",
    double_quote='"',
    backslash="\\",
    percent="%s%n%x%d",
    braces="{0}{name}${7*7}#{7*7}{{7*7}}",
    sql_drop="'; DROP TABLE person; --",
    sql_or="1' OR '1'='1",
    sql_union="' UNION SELECT NULL, version() --",
    sql_comment="/**/--",
    sql_sleep="'; SELECT pg_sleep(10); --",
    sql_dollar="$$ $1 $2 $tag$",
    like_wildcards="%_\\%",
    regex_bomb="(a+)+$" + "a" * 40 + "!",
    json_inside='{"a": {"b": [1, 2]}}',
    html="<script>alert(1)</script>",
    svg="<svg/onload=alert(1)>",
    entity="&lt;&#0;&amp;",
    xml="<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>",
    cdata="]]>",
    shell="$(id); `id` | cat /etc/passwd &",
    path="../../../../etc/passwd",
    path_with_nul="../etc/passwd\0.png",
    windows_path="..\\..\\windows\\win.ini",
    url="http://169.254.169.254/latest/meta-data/",
    file_url="file:///etc/passwd",
    header_split="x\r\nSet-Cookie: a=b",
    formula="=cmd|'/c calc'!A0",
    formula_at="@SUM(1+1)",
    spreadsheet_number="1.10105E+17",
    word_null="null",
    word_none="None",
    word_true="true",
    word_nan="NaN",
    number_as_text="1",
    negative_as_text="-1",
    float_as_text="1e309",
    hex_as_text="0x1F",
    underscored="1_000",
    huge_number_as_text="9" * 400,
    uuid_in_braces="{01920000-0000-7000-8000-000000000000}",
    uuid_as_urn="urn:uuid:01920000-0000-7000-8000-000000000000",
    uuid_bare="01920000000070008000000000000000",
    uuid_nil="00000000-0000-0000-0000-000000000000",
    uuid_max="ffffffff-ffff-ffff-ffff-ffffffffffff",
    uuid_upper="01920000-0000-7000-8000-00000000ABCD",
    date_impossible="2026-02-30",
    date_leap="2023-02-29",
    date_zero="0000-00-00",
    date_first="0001-01-01",
    date_last="9999-12-31",
    date_far="10000-01-01",
    date_before_christ="-0001-01-01",
    date_short="2026-1-1",
    date_basic="20261123",
    date_week="2026-W48-1",
    date_as_epoch="1700000000",
    instant_without_zone="2026-11-23T09:30:00",
    instant_first="0001-01-01T00:00:00+23:59",
    instant_last="9999-12-31T23:59:59-23:59",
    instant_leap_second="2016-12-31T23:59:60Z",
    instant_odd_zone="2026-11-23T09:30:00+99:99",
    instant_precise="2026-11-23T09:30:00.123456789Z",
    magic_certificate="99999919000101001143",
    citizen_wrong_check_digit="11010519491231002Y",
    citizen_impossible_date="110105194902310023",
    citizen_lower="11010519491231002x",
    certificate_wrong_category="11010519491231002X99",
    region_unknown="999999",
    region_full="652301000000",
    region_letters="65230A",
    phone_with_letters="1381234567a",
    credential="Bearer eyJhbGciOiJub25lIn0.e30.",
)

NUMBERS = {
    f"number: {text[:24]}": text
    for text in (
        *("0", "-0", "-1", "1", "0.1", "-0.0", "1.0", "1.5", "1e1", "1E400", "-1E400", "1e-400", "0.1e-7"),
        *("127", "128", "255", "256", "32767", "32768", "65536", "2147483647", "2147483648", "-2147483649"),
        *("4294967296", "9007199254740991", "9007199254740992", "9223372036854775807", "9223372036854775808"),
        *("18446744073709551616", "1" + "0" * 100, "1" + "0" * 5000, "3.141592653589793238462643383279502884197169"),
        *("NaN", "Infinity", "-Infinity", "01", "+1", ".5", "1.", "0x10", "1_000", "１"),
    )
}

STRUCTURES = {
    "null": "null",
    "true": "true",
    "false": "false",
    "empty object": "{}",
    "empty list": "[]",
    "list of null": "[null]",
    "list of itself": '[["a"]]',
    "list of many kinds": '[1, "a", null, true, {}, []]',
    "long list": "[" + ",".join(["1"] * 5_000) + "]",
    "long list of texts": "[" + ",".join(['"a"'] * 5_000) + "]",
    "long list of objects": "[" + ",".join(["{}"] * 5_000) + "]",
    "list that repeats": '["a", "a", "a"]',
    "object of objects": '{"a": {"b": {"c": {}}}}',
    "object with an empty key": '{"": 1}',
    "object with a key of controls": '{"\\u0001\\u202e": 1}',
    "object with a NUL key": '{"\\u0000": 1}',
    "object with a long key": '{"' + "k" * 5_000 + '": 1}',
    "object with many keys": "{" + ",".join(f'"k{n}": {n}' for n in range(2_000)) + "}",
    "object with a repeated key": '{"a": 1, "a": 2}',
    "object of prototypes": '{"__proto__": {"x": 1}, "constructor": {"prototype": {}}}',
    "object of Python": '{"__class__": "os.system", "__init__": {"__globals__": {}}}',
    "operator object": '{"$ne": null, "$gt": "", "$where": "1"}',
    "reference": '{"$ref": "#/components/schemas/Problem"}',
    "deep list": "[" * 31 + "]" * 31,
    "too deep list": "[" * 2_000 + "]" * 2_000,
    "too deep object": '{"a":' * 2_000 + "1" + "}" * 2_000,
    "half a pair": '"\\ud83d"',
    "the other half": '"\\udc00x"',
    "NUL escaped": '"a\\u0000b"',
    "bad escape": '"\\x41"',
    "bare word": "hello",
    "single quotes": "'a'",
    "nothing": "",
}

VALUES: dict[str, str] = TEXTS | NUMBERS | STRUCTURES

JSON = "application/json"
BODIES: dict[str, tuple[str | None, bytes]] = {
    "no body": (JSON, b""),
    "space": (JSON, b"   "),
    "null": (JSON, b"null"),
    "a list": (JSON, b"[]"),
    "a text": (JSON, b'"a"'),
    "a number": (JSON, b"1"),
    "half an object": (JSON, b'{"a": '),
    "two objects": (JSON, b"{}{}"),
    "a comment": (JSON, b"{} // why"),
    "a trailing comma": (JSON, b'{"a": 1,}'),
    "an unknown field": (JSON, b'{"an_unknown_field": 1}'),
    "a repeated key": (JSON, b'{"a": 1, "a": 2}'),
    "a byte order mark": (JSON, b"\xef\xbb\xbf{}"),
    "UTF-16": (JSON, "{}".encode("utf-16")),
    "UTF-32": (JSON, "{}".encode("utf-32")),
    "GB 18030": (JSON, '{"name": "张三"}'.encode("gb18030")),
    "broken UTF-8": (JSON, b'{"a": "\xff\xfe"}'),
    "overlong UTF-8": (JSON, b'{"a": "\xc0\xaf"}'),
    "surrogates in UTF-8": (JSON, b'{"a": "\xed\xa0\x80"}'),
    "a raw NUL": (JSON, b'{"a": "\x00"}'),
    "only NUL": (JSON, b"\x00" * 100),
    "binary": (JSON, bytes(range(256))),
    "deep": (JSON, b"[" * 100_000),
    "deep and closed": (JSON, b'{"a":' * 5_000 + b"1" + b"}" * 5_000),
    "too large": (JSON, b'{"a": "' + b"x" * 1_100_000 + b'"}'),
    "many keys": (JSON, b"{" + b",".join(b'"k%d": 1' % n for n in range(20_000)) + b"}"),
    "a huge number": (JSON, b'{"a": ' + b"9" * 100_000 + b"}"),
    "a form": ("application/x-www-form-urlencoded", b"a=1&b=2"),
    "a form of many parts": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--',
    ),
    "a form without a boundary": ("multipart/form-data", b"--x--"),
    "text": ("text/plain", b"{}"),
    "XML": ("application/xml", b"<a/>"),
    "another JSON": ("application/problem+json", b"{}"),
    "another charset": ("application/json; charset=gbk", b"{}"),
    "no type": (None, b"{}"),
    "an empty type": ("", b"{}"),
    "a broken type": ("application", b"{}"),
    "two types": ("application/json, text/plain", b"{}"),
    "a type with controls": ("application/json;\tcharset=\x7f", b"{}"),
}

HEADERS: dict[str, list[tuple[bytes, bytes]]] = {
    "request id too long": [(b"request-id", b"a" * 5_000)],
    "request id of markup": [(b"request-id", b"<script>")],
    "request id in Latin": [(b"request-id", b"\xe9\xff")],
    "request id twice": [(b"request-id", b"aaaaaaaa"), (b"request-id", b"bbbbbbbb")],
    "language of nothing": [(b"accept-language", b";;;,,,q=q=q")],
    "language of many": [(b"accept-language", b",".join([b"zh;q=0.1"] * 2_000))],
    "language that weighs nothing": [(b"accept-language", b"zh;q=NaN, en;q=1e999, *;q=-1")],
    "language in Latin": [(b"accept-language", b"\xff\xfe")],
    "accept of nothing": [(b"accept", b"application/nothing;q=x")],
    "encoding of nothing": [(b"accept-encoding", b"\xff")],
    "compressed that is not": [(b"content-encoding", b"gzip")],
    "length that is none": [(b"content-length", b"ten")],
    "length below nothing": [(b"content-length", b"-5")],
    "length beyond all": [(b"content-length", b"9" * 50)],
    "expects": [(b"expect", b"100-continue")],
    "overrides the method": [(b"x-http-method-override", b"DELETE")],
    "forwarded for": [(b"x-forwarded-for", b"127.0.0.1, 10.0.0.1"), (b"forwarded", b"for=_secret")],
    "forwarded host": [(b"x-forwarded-host", b"evil.example"), (b"x-forwarded-proto", b"gopher")],
    "another host": [(b"host", b"evil.example:99999")],
    "a host that is none": [(b"host", b"[::1")],
    "trace of nothing": [(b"traceparent", b"00-xyz-1-1"), (b"tracestate", b"\xff=\xff")],
    "trace of zeros": [(b"traceparent", b"00-" + b"0" * 32 + b"-" + b"0" * 16 + b"-00")],
    "X-Road of markup": [(b"x-road-id", b"<x>"), (b"x-road-userid", b"EE38001085718"), (b"x-road-issue", b"\xff")],
    "match of anything": [(b"if-match", b"*")],
    "match of words": [(b"if-match", b"three")],
    "weak match": [(b"if-match", b'W/"1"')],
    "match of many": [(b"if-match", b'"1", "2", "3"')],
    "match beyond all": [(b"if-match", b'"99999999999999999999"')],
    "match of nothing": [(b"if-match", b"")],
    "none match of anything": [(b"if-none-match", b'*, "1", W/"2", x')],
    "key of nothing": [(b"idempotency-key", b"")],
    "key too long": [(b"idempotency-key", b"k" * 300)],
    "key in Latin": [(b"idempotency-key", b"caf\xe9")],
    "key of SQL": [(b"idempotency-key", b"'; DROP TABLE x; --")],
    "key twice": [(b"idempotency-key", b"one"), (b"idempotency-key", b"two")],
    "token of nothing": [(b"authorization", b"Bearer ")],
    "token of words": [(b"authorization", b"Bearer not.a.token")],
    "token without algorithm": [(b"authorization", b"Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.")],
    "token in Latin": [(b"authorization", b"Bearer \xff\xfe\x80")],
    "token too long": [(b"authorization", b"Bearer " + b"a" * 20_000)],
    "basic": [(b"authorization", b"Basic Og==")],
    "basic of nothing": [(b"authorization", b"Basic \xff")],
    "many headers": [(b"x-%d" % number, b"1") for number in range(200)],
    "large headers": [(b"x-large", b"1" * 100_000)],
    "cookies": [(b"cookie", b"a=b; " * 500)],
}

QUERIES: tuple[str, ...] = (
    *("unknown=1", "limit=1&limit=2", "limit", "=", "&&&", "a=b=c", "%", "%zz=1", "%00=1", "limit=%00", "limit=%ff"),
    *("limit=", "limit=0", "limit=-1", "limit=101", "limit=1.0", "limit=1e2", "limit=%20%205", "limit=NaN"),
    *("limit=99999999999999999999999", "limit=%EF%BC%91", "limit[]=1", "limit[a]=1", "limit=1;drop", "cursor="),
    *(
        "cursor=x",
        "cursor=" + "A" * 22,
        "cursor=" + "_" * 22,
        "cursor=" + "A" * 2_000,
        "cursor=..%2f..",
        "cursor=%F0%9F",
    ),
    *(
        "&".join(f"a{number}=1" for number in range(500)),
        "a" * 7_000 + "=1",
        "%E4%B8%AD=%E6%96%87",
        "stage=%27%20OR%201=1",
    ),
)

SEGMENTS: tuple[str, ...] = (
    *("0", "-1", "null", "undefined", "%00", "%FF%FE", "%E4%B8%AD", "..%2f..%2fetc", "%252e%252e", "a" * 3_000, "*"),
    *("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "'%20OR%201=1--", "%0d%0aX:1"),
    *(
        "%7B01920000-0000-7000-8000-000000000000%7D",
        "01920000000070008000000000000000",
        "@",
        "1;2",
        "%F0%9F%A6%BD",
        "~",
    ),
)

SIZE = len(VALUES) + len(BODIES) + len(HEADERS) + len(QUERIES) + len(SEGMENTS)


def spoilt(body: Any, example: Any) -> Iterator[tuple[str, str]]:
    """A good body with a place for a hostile value in each of its fields, and in each that the example has beside."""
    whole = {**example, **body} if isinstance(body, dict) and isinstance(example, dict) else body
    for path in places_in(whole):
        kept = body if not path or path[0] in body else {**body, path[0]: whole[path[0]]}
        pointer = "".join(f"/{step}" for step in path)
        yield pointer, json.dumps(_replaced(kept, path), ensure_ascii=False)


def places_in(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a body, whole objects and lists included; of a list, its first item stands for all."""
    yield path
    if isinstance(node, dict):
        for name, value in node.items():
            yield from places_in(value, (*path, name))
    elif isinstance(node, list) and node:
        yield from places_in(node[0], (*path, 0))


def _replaced(node: Any, path: tuple[str | int, ...]) -> Any:
    if not path:
        return HERE
    first, *rest = path
    if isinstance(node, list):
        return [_replaced(node[0], tuple(rest)), *node[1:]]
    return {**node, first: _replaced(node[first], tuple(rest))}


def with_value(spoilt_body: str, value: str) -> bytes:
    """The body with the value in its place."""
    return spoilt_body.replace(json.dumps(HERE), value).encode("utf-8", "surrogatepass")
