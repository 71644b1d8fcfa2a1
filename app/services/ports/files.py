"""Where files are kept and who looks into them; nothing of a file is ever in the database."""

from collections.abc import AsyncIterable, AsyncIterator
from typing import Protocol

from app.domain.evidence import Content, Verdict
from app.domain.shared.errors import Unavailable


class FilesUnavailable(Unavailable):
    """The store of files does not answer, or is full. Nothing was kept; try again later."""

    code = "files_unavailable"
    title = "Files cannot be kept at the moment"


class FileLost(Unavailable):
    """A file that should be there is not, or cannot be opened. Tell the operator."""

    code = "file_lost"
    title = "The file cannot be read"


class Files(Protocol):
    """The store of files. What names a file does not tell its content, and what is kept cannot be read without keys."""

    async def write(self, content: Content, pieces: AsyncIterable[bytes]) -> None:
        """Keep a file whole or not at all: where the pieces end with an error, nothing is left.

        Raises:
            FilesUnavailable: it cannot be kept.
        """
        ...

    def read(self, content: Content) -> AsyncIterator[bytes]:
        """The pieces of a file.

        Raises:
            FilesUnavailable: the store does not answer.
            FileLost: there is no such file, or it was changed.
        """
        ...

    async def remove(self, content: Content) -> None:
        """Remove a file; one that is not there is removed already.

        Raises:
            FilesUnavailable: the store does not answer.
        """
        ...

    async def trouble(self) -> str:
        """Empty where files can be kept and read; else what is wrong and how it is mended."""
        ...


class Recogniser(Protocol):
    """Tells the type of a file from its content, and never from its name."""

    def complaint_of(self, media_type: str, *, head: bytes, tail: bytes) -> str:
        """Empty where beginning and end are of that type and of no other; else what speaks against it."""
        ...


class Scanner(Protocol):
    """Looks into files for what harms."""

    async def scan(self, pieces: AsyncIterable[bytes]) -> Verdict:
        """What it says of a file; UNKNOWN where it does not answer in time. It never raises."""
        ...

    async def trouble(self) -> str:
        """Empty where it answers; else what is wrong and how it is mended."""
        ...
