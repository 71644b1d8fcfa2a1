"""Tells PDF, JPEG, PNG and HEIC by their beginning and end, and refuses what is something else at the same time.

Of the kept libraries one calls HEIC and AVIF by wrong names and the other has had no release for years; four signatures
are less than either. What a signature cannot tell, `Content-Disposition: attachment` and `nosniff` bound.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

HEAD_OCTETS = 1024
TAIL_OCTETS = 64 * 1024
_HEIC_BRANDS = rb"(?:heic|heix|heim|heis|mif1)"
_BEGINNINGS: Mapping[str, re.Pattern[bytes]] = MappingProxyType(
    {
        "application/pdf": re.compile(rb"%PDF-[12]\.[0-9]"),
        "image/jpeg": re.compile(rb"\xff\xd8\xff[\xc0-\xfe]"),
        "image/png": re.compile(rb"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"),
        "image/heic": re.compile(rb"\x00\x00[\x00-\x02].ftyp" + _HEIC_BRANDS, re.DOTALL),
    }
)
_ENDS: Mapping[str, re.Pattern[bytes]] = MappingProxyType(
    {
        "application/pdf": re.compile(rb"%%EOF\s*\Z"),
        "image/png": re.compile(rb"IEND\xaeB`\x82\Z"),
    }
)
"""Only where the format says so: telephones add to the end of their photos."""
_ACTIVE = re.compile(rb"<(?:!doctype|html|head|body|script|svg|iframe|\?xml|\?php)", re.IGNORECASE)
_ARCHIVE = b"PK\x05\x06"


class MagicRecogniser:
    """The four types that rules may list."""

    media_types = tuple(_BEGINNINGS)

    def complaint_of(self, media_type: str, *, head: bytes, tail: bytes) -> str:
        """What speaks against a file's being of the type and of no other; empty where nothing does."""
        beginning, end = _BEGINNINGS.get(media_type), _ENDS.get(media_type)
        if beginning is None or not beginning.match(head):
            return f"The content is not {media_type}."
        if end is not None and not end.search(tail):
            return "The file is cut off, or something was added to its end."
        if _is_also_something_else(media_type, head=head, tail=tail):
            return "The file is something else at the same time."
        return ""


def _is_also_something_else(media_type: str, *, head: bytes, tail: bytes) -> bool:
    is_image = media_type != "application/pdf"
    return _ARCHIVE in tail or (is_image and (b"%PDF-" in head or _ACTIVE.search(head) is not None))
