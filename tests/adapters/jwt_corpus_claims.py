"""The part of the corpus that is well signed or well formed, and still says what may not be believed."""

from collections.abc import Iterator

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.adapters.jwt import Reason
from tests.adapters import jwt_forge as forge
from tests.adapters.jwt_forge import (
    AUDIENCE,
    FOREIGN_ISSUER,
    FOREIGN_KID,
    ISSUER,
    NOW,
    claims,
    header,
    hs256,
    token,
    without,
)

Kinds = dict[str, str]


def claim_kinds() -> Iterator[tuple[Reason, Kinds]]:
    """All kinds of this part, by the rule that they break first."""
    yield from _claims_missing_or_wrong()
    yield from _grants_and_audience()
    yield from _dates()
    yield from _issuers()


def _claims_missing_or_wrong() -> Iterator[tuple[Reason, Kinds]]:
    issuers: tuple[object, ...] = (None, 1, [ISSUER], {}, "", "https://evil.example", f"{ISSUER}/", f"{ISSUER}\x00")
    yield Reason.ISSUER, {f"iss as {value!r}": token(body=claims(iss=value)) for value in issuers}
    yield Reason.ISSUER, {"no iss": token(body=without(claims(), "iss")), "no claims": token(body={})}
    required = ("sub", "aud", "exp", "iat", "jti", "client_id", "roles", "scope")
    yield Reason.CLAIM_MISSING, {f"no {name}": token(body=without(claims(), name)) for name in required}
    yield (
        Reason.CLAIM_UNKNOWN,
        {
            f"claim {name}": token(body=claims(**{name: value}))
            for name, value in {
                "admin": True,
                "email": "a@example",
                "cnf": {},
                "groups": ["x"],
                "": 1,
                "Sub": "x",
                "nonce": "1",
            }.items()
        },
    )
    dates: tuple[object, ...] = (
        None,
        "1772438400",
        True,
        False,
        [],
        {},
        1772438400.5,
        1.0e9,
        -1,
        10**30,
        253_402_300_800,
    )
    yield (
        Reason.CLAIM_INVALID,
        {
            f"{name} as {value!r}": token(body=claims(**{name: value}))
            for name in ("exp", "iat", "nbf")
            for value in dates
        },
    )
    texts: tuple[object, ...] = (None, 1, True, [], {}, "", " ", "x" * 256, "a b", "a\x00", "a\nb", "张三", "\ud800")
    yield (
        Reason.CLAIM_INVALID,
        {
            f"{name} as {value!r}": token(body=claims(**{name: value}))
            for name in ("sub", "jti", "client_id", "purpose")
            for value in texts
        },
    )
    subjects = (
        "admin",
        forge.SUBJECT[:-1],
        f"{forge.SUBJECT}0",
        f"{{{forge.SUBJECT}}}",
        "0189ABCD" + forge.SUBJECT[8:],
    )
    yield (
        Reason.CLAIM_INVALID,
        {
            f"{name} as {value!r}": token(body=claims(**{name: value}))
            for name in ("sub", "client_id")
            for value in subjects
        },
    )


def _grants_and_audience() -> Iterator[tuple[Reason, Kinds]]:
    roles: tuple[object, ...] = (
        None,
        "admin",
        {},
        {"admin": True},
        1,
        True,
        [1],
        [None],
        [["admin"]],
        [""],
        ["a b"],
        ["x" * 129],
        ["管理员"],
        ["r"] * 101,
    )
    yield Reason.CLAIM_INVALID, {f"roles as {str(value)[:30]}": token(body=claims(roles=value)) for value in roles}
    scopes: tuple[object, ...] = (
        None,
        1,
        True,
        {},
        ["cases:read"],
        " ",
        "a  b",
        " a",
        "a ",
        "a\tb",
        "a\x00",
        'a"b',
        "a\\b",
        "x" * 129,
        "s " * 100 + "s",
    )
    yield Reason.CLAIM_INVALID, {f"scope as {str(value)[:30]!r}": token(body=claims(scope=value)) for value in scopes}
    actors: tuple[object, ...] = (
        None,
        "admin",
        [],
        {},
        {"sub": 1},
        {"sub": ""},
        {"sub": "a", "act": {"sub": "b"}},
        {"sub": "a", "iss": "b"},
    )
    yield Reason.CLAIM_INVALID, {f"act as {value!r}": token(body=claims(act=value)) for value in actors}
    audiences: tuple[object, ...] = (
        None,
        1,
        True,
        {},
        {AUDIENCE: 1},
        [],
        [1],
        [[AUDIENCE]],
        [None, AUDIENCE],
        [AUDIENCE, {}],
        "",
        AUDIENCE[:-1],
        f"{AUDIENCE}/",
    )
    mixed = (AUDIENCE.upper(), f"{AUDIENCE} x", ["other"], ["other", AUDIENCE], [AUDIENCE, "other"], [AUDIENCE] * 11)
    yield Reason.AUDIENCE, {f"aud as {str(value)[:60]!r}": token(body=claims(aud=value)) for value in audiences + mixed}


def _dates() -> Iterator[tuple[Reason, Kinds]]:
    yield (
        Reason.EXPIRED,
        {
            "expired an hour ago": token(body=claims(iat=NOW - 4200, exp=NOW - 3600)),
            "expired as long ago as clocks may differ": token(body=claims(iat=NOW - 600, exp=NOW - 30)),
            "issued and expired in 1970": token(body=claims(iat=0, exp=1)),
        },
    )
    yield (
        Reason.NOT_YET_VALID,
        {
            "not before ten minutes from now": token(body=claims(nbf=NOW + 600)),
            "not before one second more than clocks may differ": token(body=claims(nbf=NOW + 31)),
            "issued in the future": token(body=claims(iat=NOW + 31, exp=NOW + 600)),
            "issued in the year 9999": token(body=claims(iat=253_402_300_000, exp=253_402_300_799)),
            "not before its own end": token(body=claims(nbf=NOW + 900)),
        },
    )
    yield (
        Reason.LIFETIME,
        {
            "one second longer than allowed": token(body=claims(exp=NOW - 60 + 901)),
            "valid for ever": token(body=claims(exp=253_402_300_799)),
            "ends before it begins": token(body=claims(iat=NOW, exp=NOW - 1)),
            "ends as it begins": token(body=claims(iat=NOW, exp=NOW)),
        },
    )


def _issuers() -> Iterator[tuple[Reason, Kinds]]:
    yield (
        Reason.ALGORITHM,
        {
            "another issuer's token that names us": token(
                {"alg": "RS256", "kid": FOREIGN_KID, "typ": "at+jwt"}, sign=forge.rs256
            ),
            "our key for another issuer": token(header(typ="JWT", kid=FOREIGN_KID), forge.foreign_claims()),
            "the other issuer's RSA key as an HMAC secret": token(
                {"alg": "HS256", "kid": FOREIGN_KID, "typ": "JWT"}, forge.foreign_claims(), sign=hs256(_rsa_pem())
            ),
        },
    )
    yield (
        Reason.SIGNATURE,
        {
            "the other issuer's algorithm over our key": token(
                {"alg": "RS256", "kid": FOREIGN_KID, "typ": "JWT"}, forge.foreign_claims()
            ),
        },
    )
    yield (
        Reason.AUDIENCE,
        {
            "the other issuer's token for others alone": forge.foreign_token(forge.foreign_claims(aud=["account"])),
            "the other issuer's token for unnamed others too": forge.foreign_token(
                forge.foreign_claims(aud=[AUDIENCE, "x"])
            ),
        },
    )
    yield Reason.HEADER_FIELDS, {"the other issuer's token with jku": forge.foreign_token(jku="https://evil.example")}
    yield Reason.TYPE, {"the other issuer's token as ours": forge.foreign_token(typ="at+jwt")}
    yield (
        Reason.CLAIM_INVALID,
        {
            f"the other issuer's roles as {value!r}": forge.foreign_token(forge.foreign_claims(realm_access=value))
            for value in ("admin", None, ["admin"], {"roles": "admin"}, {"roles": None})
        },
    )
    yield (
        Reason.ISSUER,
        {"the other issuer with a slash": forge.foreign_token(forge.foreign_claims(iss=f"{FOREIGN_ISSUER}/"))},
    )


def _rsa_pem() -> bytes:
    return forge.rsa_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
