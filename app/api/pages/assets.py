"""Files that are sent as they are: those that the pages are made with, vendored, and the description of the API."""

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

from app.api.openapi import published

STATIC = Path(__file__).parent / "static"
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is served."""

    content: bytes
    compressed: bytes
    media_type: str
    etag: str

    @classmethod
    def of(cls, content: bytes, *, media_type: str) -> Self:
        """Content as it is served: compressed once, and known again by what it is."""
        return cls(
            content=content,
            compressed=gzip.compress(content, mtime=0),
            media_type=media_type,
            etag=f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"',
        )


@cache
def asset(name: str) -> Asset | None:
    """The file of that name; None where there is none. A name is compared, never put into a path."""
    path = next((file for file in STATIC.iterdir() if file.name == name and file.suffix in TYPES), None)
    if path is None:
        return None
    return Asset.of(path.read_bytes(), media_type=TYPES[path.suffix])


@cache
def description(*, base_url: str, is_sandbox: bool) -> Asset:
    """The description of the API as a deployment serves it."""
    document = published(base_url=base_url, is_sandbox=is_sandbox)
    return Asset.of(
        json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode(), media_type="application/json"
    )
