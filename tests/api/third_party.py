"""Somebody to whom a receipt is shown: with our published keys and a status list, and the network off."""

import base64
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

HALF = 32


class NetworkOff(Exception):
    """Something would reach out."""


@contextmanager
def network_off() -> Iterator[None]:
    """Refuse every connection that would be opened."""
    with patch("socket.socket.connect", side_effect=NetworkOff), patch("socket.getaddrinfo", side_effect=NetworkOff):
        yield


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """What somebody has fetched before: the keys, and the lists by their addresses."""

    keys: dict[str, Any]
    lists: dict[str, str]

    @classmethod
    async def prepared(cls, api: httpx.AsyncClient) -> "ThirdParty":
        """Fetch what is for everybody: what the issuer says of itself, its keys and its first list."""
        issuer = (await api.get("/.well-known/jwt-vc-issuer")).json()
        keys = (await api.get(issuer["jwks_uri"])).json()
        uri = f"{issuer['issuer']}/status-lists/1"
        answer = await api.get(uri)
        assert answer.headers["content-type"] == "application/statuslist+jwt"
        return cls(keys, {uri: answer.text})

    def read(self, text: str, *, kind: str) -> dict[str, Any]:
        """The claims of a token of a kind, if one of the keys has signed it."""
        head, body, signature = text.split(".")
        header, signed = json.loads(_octets(head)), _octets(signature)
        assert (header["alg"], header["typ"]) == ("ES256", kind)
        (jwk,) = (one for one in self.keys["keys"] if one["kid"] == header["kid"])
        x, y = (int.from_bytes(_octets(jwk[name]), "big") for name in ("x", "y"))
        r, s = int.from_bytes(signed[:HALF], "big"), int.from_bytes(signed[HALF:], "big")
        key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
        key.verify(encode_dss_signature(r, s), f"{head}.{body}".encode(), ec.ECDSA(SHA256()))
        claims: dict[str, Any] = json.loads(_octets(body))
        return claims

    def is_withdrawn(self, receipt: str) -> bool:
        """Whether the bit of a receipt is set in the list that the receipt itself names; whatever is wrong raises."""
        with network_off():
            where = self.read(receipt.removesuffix("~"), kind="dc+sd-jwt")["status"]["status_list"]
            told = self.read(self.lists[where["uri"]], kind="statuslist+jwt")
            assert told["sub"] == where["uri"]
            assert told["status_list"]["bits"] == 1
            octets = zlib.decompress(_octets(told["status_list"]["lst"]))
            return bool(octets[where["idx"] // 8] >> where["idx"] % 8 & 1)


def _octets(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
