"""The part of the corpus whose signature, or whose text as a whole, is wrong."""

import json
from collections.abc import Iterator

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwe
from joserfc.jwk import ECKey

from app.adapters.jwt import Reason
from tests.adapters import jwt_forge as forge
from tests.adapters.jwt_forge import KEY, b64, claims, der, es256, header, hs256, part, token

Kinds = dict[str, str]

VALID = token()
_HEADER, _CLAIMS, _SIGNATURE = VALID.split(".")
_MESSAGE = f"{_HEADER}.{_CLAIMS}"
_PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
_BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def text_kinds() -> Iterator[tuple[Reason, Kinds]]:
    """All kinds of this part, by the rule that they break first."""
    yield from _signatures()
    yield from _texts()


def _signed_with(signature: bytes) -> str:
    return f"{_MESSAGE}.{b64(signature)}"


def _signatures() -> Iterator[tuple[Reason, Kinds]]:
    right = es256(_MESSAGE.encode())
    r, s = right[:32], right[32:]
    broken = {
        "of zeros": bytes(64),
        "of r alone": r + bytes(32),
        "of s alone": bytes(32) + s,
        "above the order": b"\xff" * 64,
        "with r and s exchanged": s + r,
        "one octet short": right[:-1],
        "one octet long": right + b"\x00",
        "with a leading zero": b"\x00" + right,
        "half": r,
        "of one octet": b"\x01",
        "in DER": der(_MESSAGE.encode()),
        "twice": right * 2,
        "with the first bit flipped": bytes([right[0] ^ 0x80]) + right[1:],
        "with the last bit flipped": right[:-1] + bytes([right[-1] ^ 1]),
        "of the header alone": es256(_HEADER.encode()),
        "of the claims alone": es256(_CLAIMS.encode()),
        "of the decoded content": es256(json.dumps(header()).encode() + b"." + json.dumps(claims()).encode()),
        "over SHA-384": es256(_MESSAGE.encode(), KEY, hashes.SHA384()),
        "by HMAC": hs256(_PEM)(_MESSAGE.encode()),
    }
    yield Reason.SIGNATURE, {f"signature {kind}": _signed_with(signature) for kind, signature in broken.items()}
    yield (
        Reason.SIGNATURE,
        {
            "claims of another token": f"{_HEADER}.{part(claims(roles=['admin']))}.{_SIGNATURE}",
            "claims in another order": f"{_HEADER}.{part(dict(reversed(claims().items())))}.{_SIGNATURE}",
            "header of another token": f"{part(dict(reversed(header().items())))}.{_CLAIMS}.{_SIGNATURE}",
            "claims with a space more": f"{_HEADER}.{part(json.dumps(claims()).encode() + b' ')}.{_SIGNATURE}",
        },
    )


def _texts() -> Iterator[tuple[Reason, Kinds]]:
    spare = _SIGNATURE[:-1] + _BASE64URL[_BASE64URL.index(_SIGNATURE[-1]) + 1]
    altered = {
        "spare bits in the signature": f"{_MESSAGE}.{spare}",
        "padded signature": f"{VALID}==",
        "padded header": f"{_HEADER}=.{_CLAIMS}.{_SIGNATURE}",
        "other alphabet": f"{_MESSAGE}.+/{_SIGNATURE[2:]}",
        "white space inside": f"{_HEADER}. {_CLAIMS}.{_SIGNATURE}",
        "line break at the end": f"{VALID}\n",
        "space at the start": f" {VALID}",
        "NUL at the end": f"{VALID}\x00",
        "NUL inside": f"{_HEADER}\x00.{_CLAIMS}.{_SIGNATURE}",
        "the scheme before it": f"Bearer {VALID}",
        "quoted": f'"{VALID}"',
        "full-width letters": VALID.replace("a", "\uff41"),
        "lone surrogate": f"{VALID}\ud800",
        "percent-encoded": f"%65{VALID[1:]}",
        "impossible length": f"{_MESSAGE}.{_SIGNATURE[:-1]}",
        "no header": f".{_CLAIMS}.{_SIGNATURE}",
        "detached": f"{_HEADER}..{_SIGNATURE}",
        "only dots": "..",
    }
    yield Reason.NOT_BASE64URL, altered
    encrypted = jwe.encrypt_compact({"alg": "ECDH-ES", "enc": "A256GCM"}, VALID, ECKey.import_key(forge.ec_jwk(KEY)))
    whole = {"payload": _CLAIMS, "protected": _HEADER, "signature": _SIGNATURE}
    yield (
        Reason.NOT_THREE_PARTS,
        {
            "empty": "",
            "one part": _HEADER,
            "two parts": _MESSAGE,
            "four parts": f"{VALID}.{_SIGNATURE}",
            "an empty fourth part": f"{VALID}.",
            "encrypted to our key": encrypted,
            "JSON serialisation": json.dumps(whole),
            "with disclosures": f"{VALID}~a.b~",
        },
    )
    yield (
        Reason.TOO_LARGE,
        {
            "too large": token(body=claims(roles=["r" * 100] * 90)),
            "a megabyte of dots": "." * 2**20,
            "a megabyte of letters": "A" * 2**20,
        },
    )
