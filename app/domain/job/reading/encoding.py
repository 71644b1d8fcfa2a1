"""In which encoding a table has come: UTF-8 with or without its mark, or GB 18030 as Chinese spreadsheets write it."""

import codecs
from enum import StrEnum

from app.domain.shared.errors import Unprocessable

UTF8_MARK = codecs.BOM_UTF8
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class InputUnreadable(Unprocessable):
    """The table is in no encoding that is read."""

    code = "input_unreadable"
    title = "The table cannot be read"


class Encoding(StrEnum):
    """How the characters of a table are written as bytes."""

    UTF_8 = "utf-8"
    GB18030 = "gb18030"


class EncodingSought:
    """Looks at a table piece by piece, and says at the end in which encoding all of it can be read."""

    def __init__(self) -> None:
        self._open = {encoding: codecs.getincrementaldecoder(encoding)() for encoding in Encoding}
        self._seen = 0

    def look_at(self, piece: bytes) -> None:
        """Look at the next piece.

        Raises:
            InputUnreadable: it can be read in no encoding that is taken.
        """
        if not self._seen and piece.startswith(_WIDE_MARKS):
            raise InputUnreadable("This is UTF-16. Save the table as CSV in UTF-8, and send that.")
        self._seen += len(piece)
        self._try(piece, is_last=False)

    def found(self) -> Encoding:
        """The encoding in which all of it can be read; UTF-8 where both would do.

        Raises:
            InputUnreadable: there is none.
        """
        self._try(b"", is_last=True)
        return next(iter(self._open))

    def _try(self, piece: bytes, *, is_last: bool) -> None:
        for encoding, decoder in tuple(self._open.items()):
            try:
                text = decoder.decode(piece, is_last)
            except UnicodeDecodeError:
                del self._open[encoding]
                continue
            if "\0" in text:
                raise InputUnreadable("There is a NUL in it. Save the table as CSV in UTF-8, and send that.")
        if not self._open:
            raise InputUnreadable("It is neither UTF-8 nor GB 18030. Save the table as CSV in UTF-8, and send that.")
