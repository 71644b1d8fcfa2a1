"""Uploads as tests need them: small true files of each type, and somebody who sends them."""

import hashlib
import struct
import zlib
from typing import Any

import httpx

from tests.acting import World


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\xff\xff\xff"))
    + _chunk(b"IEND", b"")
)
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + b"\0" * 100 + b"\xff\xd9"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
HEIC = bytes.fromhex("00000018667479706865696300000000") + b"mif1heic" + b"\0" * 100
TYPES = {"image/png": PNG, "image/jpeg": JPEG, "application/pdf": PDF, "image/heic": HEIC}


def announcement(content: bytes, media_type: str = "image/png", **changes: Any) -> dict[str, Any]:
    """What is said of a content before it is sent."""
    told = {"digest": hashlib.sha256(content).hexdigest(), "size": len(content), "media_type": media_type}
    return told | changes


async def announced(world: World, content: bytes = PNG, *, who: str = "portal", **told: Any) -> dict[str, Any]:
    """An upload whose content has still to come."""
    return await world.post(who, "/v1/uploads", announcement(content, **told))


async def sent(world: World, upload: dict[str, Any], content: bytes = PNG, *, who: str = "portal") -> httpx.Response:
    """The content of an upload, sent; whatever comes of it."""
    headers = {"Content-Type": "application/octet-stream"}
    return await world.call(who, "PUT", upload["target"], content=content, headers=headers)


async def uploaded(world: World, content: bytes = PNG, *, who: str = "portal", **told: Any) -> dict[str, Any]:
    """An upload that can be used."""
    upload = await announced(world, content, who=who, **told)
    answer = await sent(world, upload, content, who=who)
    assert answer.status_code == 200, answer.text
    read: dict[str, Any] = answer.json()
    return read
