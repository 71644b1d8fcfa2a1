"""Keeps sealed files in an object store: a folder of this machine, or anything that speaks S3."""

import os
from collections.abc import AsyncIterable, AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

import anyio
import anyio.to_thread
import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from app.adapters.crypto import BlindIndex, CipherRefused
from app.adapters.files.sealing import PIECE_OCTETS, FileSealer
from app.domain.evidence import Content
from app.services.ports.files import FileLost, FilesUnavailable

PATIENCE_SECONDS = 10.0
LOOKED_SECONDS = 30.0
_UNAVAILABLE = "Files cannot be kept at the moment; nothing was kept. Send it again in a few minutes."


def _is_settled(_: str) -> None:
    """A store of others says itself when it has it."""


class ObjectFiles:
    """Files in an object store. A name is a keyed digest of the upload and its content: it tells nothing of either."""

    def __init__(
        self, store: Any, *, sealer: FileSealer, index: BlindIndex, settle: Callable[[str], None] = _is_settled
    ) -> None:
        self._store = store
        self._sealer = sealer
        self._index = index
        self._settle = settle
        self._looked: tuple[float, str] | None = None
        self._looking = anyio.Lock()
        # Of this process alone: another one would remove it between our writing and our reading.
        self._probe = Content(file_id=uuid4(), digest="0" * 64, size=0, media_type="application/octet-stream")

    async def write(self, content: Content, pieces: AsyncIterable[bytes]) -> None:
        """Keep a file. The store shows it when it is whole, and it has reached the disk when this returns."""
        name = self._name(content)
        try:
            await obstore.put_async(self._store, name, self._sealer.sealed(name, pieces), max_concurrency=1)
            await anyio.to_thread.run_sync(self._settle, name)
        except (OSError, BaseError) as failure:
            raise FilesUnavailable(_UNAVAILABLE) from failure

    async def read(self, content: Content) -> AsyncIterator[bytes]:
        """The pieces of a file, opened one by one."""
        name = self._name(content)
        try:
            found = await obstore.get_async(self._store, name)
            async for piece in self._sealer.opened(name, _pieces(found.stream(min_chunk_size=PIECE_OCTETS))):
                yield piece
        except (FileNotFoundError, CipherRefused) as failure:
            raise FileLost("The file cannot be read. Tell the operator of this deployment.") from failure
        except (OSError, BaseError) as failure:
            raise FilesUnavailable("Files cannot be read at the moment. Ask again in a minute.") from failure

    async def remove(self, content: Content) -> None:
        """Remove a file, if it is there."""
        try:
            await obstore.delete_async(self._store, self._name(content))
        except FileNotFoundError:
            return
        except (OSError, BaseError) as failure:
            raise FilesUnavailable(_UNAVAILABLE) from failure

    async def trouble(self) -> str:
        """Whether a small file can be kept, read and removed; looked at again after half a minute."""
        async with self._looking:
            if self._looked is None or monotonic() - self._looked[0] > LOOKED_SECONDS:
                self._looked = (monotonic(), await self._found())
            return self._looked[1]

    async def _found(self) -> str:
        async def nothing() -> AsyncIterator[bytes]:
            yield b"ready"

        try:
            await self.write(self._probe, nothing())
            kept = b"".join([piece async for piece in self.read(self._probe)])
            await self.remove(self._probe)
        except (FilesUnavailable, FileLost) as failure:
            cause = type(failure.__cause__).__name__
            return f"Files cannot be kept or read ({cause}). Check the folder or the bucket, its space and its rights."
        return "" if kept == b"ready" else "A file came back other than it was kept. Check the keys."

    def _name(self, content: Content) -> str:
        digest = self._index.of("file", f"{content.file_id}/{content.digest}").hex()
        return f"{digest[:2]}/{digest[2:]}"


class NoFiles:
    """No store of files: a deployment that takes no uploads."""

    async def write(self, content: Content, pieces: AsyncIterable[bytes]) -> None:  # noqa: ARG002 - it refuses any
        """Refuse."""
        raise FilesUnavailable("This deployment keeps no files. Bring the original to a counter instead.")

    def read(self, content: Content) -> AsyncIterator[bytes]:  # noqa: ARG002 - the same
        """Refuse."""
        raise FilesUnavailable("This deployment keeps no files at present. Tell its operator.")

    async def remove(self, content: Content) -> None:
        """Nothing is there."""

    async def trouble(self) -> str:
        """Say so."""
        return "No store of files is set (YIAN_FILES_URL): uploads are refused."


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Place:
    """Where an S3-compatible store is and how we sign in; without keys, as the machine's own role says."""

    endpoint: str | None
    region: str
    access_key: str | None = field(default=None, repr=False)
    secret_key: str | None = field(default=None, repr=False)


def folder_files(folder: Path, *, sealer: FileSealer, index: BlindIndex) -> ObjectFiles:
    """Files in a folder of this machine, readable by nobody else."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return ObjectFiles(
        LocalStore(prefix=folder, mkdir=True), sealer=sealer, index=index, settle=lambda name: _to_disk(folder, name)
    )


def s3_files(
    url: str, place: S3Place, *, sealer: FileSealer, index: BlindIndex, patience_seconds: float = PATIENCE_SECONDS
) -> ObjectFiles:
    """Files in a bucket; a store that does not answer is asked again for so long."""
    told = {
        "endpoint": place.endpoint,
        "region": place.region,
        "access_key_id": place.access_key,
        "secret_access_key": place.secret_key,
    }
    config: Any = {name: value for name, value in told.items() if value}
    is_plain = (place.endpoint or "").startswith("http://")
    patience = timedelta(seconds=patience_seconds)
    store = S3Store.from_url(
        url,
        config=config,
        client_options={"allow_http": is_plain, "timeout": "30s"},
        retry_config={"max_retries": 3, "retry_timeout": patience},
    )
    return ObjectFiles(store, sealer=sealer, index=index)


def _to_disk(folder: Path, name: str) -> None:
    """Wait until a file and the entries that lead to it are on the disk: the store itself does not."""
    file = folder / name
    for path in (file, file.parent, folder):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


async def _pieces(stream: AsyncIterable[Any]) -> AsyncIterator[bytes]:
    async for piece in stream:
        yield bytes(piece)
