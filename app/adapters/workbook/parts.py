"""The parts of a spreadsheet's package: a ZIP of XML, of which nothing is taken on trust."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import IO, TypeAlias
from xml.parsers import expat

from app.domain.job.reading import InputUnreadable

MAX_PARTS = 1_000
MAX_UNPACKED_BYTES = 160 * 1024 * 1024
MOST_PACKED = 200
"""So many times its packed size is a part at most: tables of a federation have ten times, and twenty of cells alike."""
UNASKED_BYTES = 1024 * 1024
"""Up to this size nobody asks how well a part is packed."""
MAX_ELEMENTS = 12_000_000
"""In one part: a hundred thousand rows of the federations' export have half of that."""
MAX_NAMES = 200_000
"""Elements of a part that only says what others hold: its sheets, its styles, its other parts."""
MAX_MARKUP_BYTES = 1024 * 1024
"""Of one tag or comment: the parser looks at one from its beginning again, whenever more of it has come."""
MAX_TEXT_CHARACTERS = 1024 * 1024
"""Of one element."""
PIECE_BYTES = 64 * 1024
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
_OLD = b"\xd0\xcf\x11\xe0"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, expat.ExpatError, UnicodeError, ValueError)
Opened: TypeAlias = Callable[[Mapping[str, str]], None]


class Parts:
    """The parts by their names. What a part says of its own length is the most that is unpacked of it, once."""

    def __init__(self, content: bytes) -> None:
        if content.startswith(_OLD):
            raise InputUnreadable("This is an older format, or there is a password on it. Save it as XLSX without one.")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN:
            raise InputUnreadable("This is no spreadsheet. Save the table as XLSX or CSV.") from None
        listed = self._archive.infolist()
        if any(part.flag_bits & _ENCRYPTED or part.compress_type not in _PACKED for part in listed):
            raise InputUnreadable("The spreadsheet is packed in a way that is not read. Save it as XLSX anew.")
        is_puffed_up = any(part.file_size > UNASKED_BYTES + MOST_PACKED * part.compress_size for part in listed)
        if is_puffed_up or len(listed) > MAX_PARTS or sum(part.file_size for part in listed) > MAX_UNPACKED_BYTES:
            raise InputUnreadable("The spreadsheet is too large when unpacked. Send the table as CSV.")
        self._walked: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def walk(self, name: str, walker: "Walker") -> Iterator[None]:
        """Read a part to its end, and pause after each piece of it.

        Raises:
            InputUnreadable: it is missing or broken, was read before, or holds what no spreadsheet needs.
        """
        if name not in self or name in self._walked:
            raise InputUnreadable("A part of the spreadsheet is missing, or named twice. Save it as XLSX anew.")
        self._walked.add(name)
        try:
            with self._archive.open(name) as part:
                yield from _walked(part, walker)
        except _BROKEN:
            raise InputUnreadable("The spreadsheet is damaged. Save it as XLSX anew.") from None


class Walker:
    """Meets the elements of a part, one after another; keeps only what a subclass's handlers want.

    `opened` and `closed` are told by local name, so that it does not matter which prefixes a program writes.
    """

    def __init__(self, opened: Mapping[str, Opened], closed: Mapping[str, Callable[[str], None]]) -> None:
        self._opened = opened
        self._closed = closed
        self._text: list[str] = []
        self._characters = 0
        self._elements = 0

    @property
    def most_elements(self) -> int:
        """How many elements a part of this kind has at most."""
        return MAX_NAMES

    def open(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._elements += 1
        if self._elements > self.most_elements:
            raise InputUnreadable("The spreadsheet has too many cells. Send the table as CSV.")
        self._forget()
        handler = self._opened.get(name) or self._opened.get(_local(name))
        if handler is not None:
            handler({_local(key): value for key, value in attributes.items()})

    def close(self, name: str) -> None:
        """An element ends; its text is what came since the last one began."""
        handler = self._closed.get(name) or self._closed.get(_local(name))
        if handler is not None:
            handler("".join(self._text))
        self._forget()

    def hear(self, text: str) -> None:
        """Some of the text of an element."""
        self._characters += len(text)
        if self._characters > MAX_TEXT_CHARACTERS:
            raise InputUnreadable("The spreadsheet has too much text in one cell. Send the table as CSV.")
        self._text.append(text)

    def _forget(self) -> None:
        self._text.clear()
        self._characters = 0


class Large(Walker):
    """Meets the elements of a part that holds the table itself."""

    @property
    def most_elements(self) -> int:
        """As many as a table has cells, and what stands in them."""
        return MAX_ELEMENTS


def _walked(part: IO[bytes], walker: Walker) -> Iterator[None]:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_declarations
    parser.StartElementHandler = walker.open
    parser.EndElementHandler = walker.close
    parser.CharacterDataHandler = walker.hear
    parser.buffer_text = True
    read = 0
    while piece := part.read(PIECE_BYTES):
        read += len(piece)
        parser.Parse(piece, False)  # noqa: FBT003 - positional alone
        if read - parser.CurrentByteIndex > MAX_MARKUP_BYTES:
            raise InputUnreadable("The spreadsheet holds what no spreadsheet needs. Save it as XLSX anew.")
        yield
    parser.Parse(b"", True)  # noqa: FBT003 - the same
    yield


def _refuse_declarations(*_: object) -> None:
    """No part has a document type (ECMA-376 part 2, 7.2.4): without one there are no entities, inner or outer."""
    raise InputUnreadable("The spreadsheet declares entities. Save it as XLSX anew.")


def _local(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name
