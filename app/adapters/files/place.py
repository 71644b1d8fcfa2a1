"""Puts together where a deployment keeps files and who looks into them, and says how they stand."""

from pathlib import Path
from typing import Protocol

from pydantic import AnyHttpUrl, SecretStr

from app.adapters.crypto import BlindIndex
from app.adapters.files.clamd import ClamdScanner
from app.adapters.files.recogniser import MagicRecogniser
from app.adapters.files.sealing import FileSealer
from app.adapters.files.store import NoFiles, S3Place, folder_files, s3_files
from app.adapters.keys import Keys
from app.services.evidence import Stores
from app.services.ports.files import Files, Scanner


class Place(Protocol):
    """What the settings say of files."""

    @property
    def files_url(self) -> str | None: ...
    @property
    def s3_endpoint(self) -> AnyHttpUrl | None: ...
    @property
    def s3_region(self) -> str: ...
    @property
    def s3_access_key(self) -> SecretStr | None: ...
    @property
    def s3_secret_key(self) -> SecretStr | None: ...
    @property
    def upload_bytes(self) -> int: ...
    @property
    def clamd(self) -> str | None: ...
    @property
    def clamd_timeout_seconds(self) -> float: ...


def stores_at(place: Place, keys: Keys) -> Stores:
    """Where files are kept, what recognises them and what scans them."""
    return Stores(
        files=_files(place, keys),
        recogniser=MagicRecogniser(),
        scanner=_scanner(place),
        largest=place.upload_bytes,
    )


async def told_of_files(stores: Stores) -> str:
    """What there is to say of the store of files; empty when all is well. All but uploads is served without it."""
    return await stores.files.trouble()


async def told_of_scanner(stores: Stores) -> str:
    """What there is to say of the scanner; empty when it answers."""
    if stores.scanner is None:
        return "No scanner is set (YIAN_CLAMD): uploads are used without being looked into."
    return await stores.scanner.trouble()


def _files(place: Place, keys: Keys) -> Files:
    url = place.files_url
    if url is None:
        return NoFiles()
    sealer, index = FileSealer(keys.fields), BlindIndex(keys.fields, key_id=keys.index_key_id)
    if url.startswith("file://"):
        return folder_files(Path(url.removeprefix("file://")), sealer=sealer, index=index)
    return s3_files(
        url,
        S3Place(
            endpoint=str(place.s3_endpoint).rstrip("/") if place.s3_endpoint else None,
            region=place.s3_region,
            access_key=place.s3_access_key.get_secret_value() if place.s3_access_key else None,
            secret_key=place.s3_secret_key.get_secret_value() if place.s3_secret_key else None,
        ),
        sealer=sealer,
        index=index,
    )


def _scanner(place: Place) -> Scanner | None:
    if place.clamd is None:
        return None
    host, _, port = place.clamd.rpartition(":")
    return ClamdScanner(host, int(port), timeout_seconds=place.clamd_timeout_seconds)
