"""Files that the pages are made with: vendored, so that no page asks another host for anything."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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


@cache
def asset(name: str) -> Asset | None:
    """The file of that name; None where there is none. A name is compared, never put into a path."""
    path = next((file for file in STATIC.iterdir() if file.name == name and file.suffix in TYPES), None)
    if path is None:
        return None
    content = path.read_bytes()
    return Asset(
        content=content,
        compressed=gzip.compress(content, mtime=0),
        media_type=TYPES[path.suffix],
        etag=f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"',
    )
