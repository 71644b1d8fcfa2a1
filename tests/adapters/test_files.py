"""Files: sealed so that nothing can be changed, cut or moved; kept whole or not at all; the same over S3."""

import asyncio
import hashlib
import os
import resource
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moto.server import ThreadedMotoServer

from app.adapters.crypto import BlindIndex, CipherRefused, Keyring, new_key
from app.adapters.files.clamd import ClamdScanner
from app.adapters.files.recogniser import MagicRecogniser
from app.adapters.files.sealing import HEAD_OCTETS, PIECE_OCTETS, FileSealer
from app.adapters.files.store import ObjectFiles, S3Place, folder_files, s3_files
from app.adapters.rulebooks import load_rulebooks
from app.domain.evidence import Content, UploadDiffers, Verdict
from app.services.ports.files import FileLost, FilesUnavailable

pytestmark = pytest.mark.anyio

KEYS = Keyring({1: new_key()})
SEALER, INDEX = FileSealer(KEYS), BlindIndex(KEYS, key_id=1)
MEBIBYTE = 1024 * 1024
SEALED_OCTETS = PIECE_OCTETS + 16


def a_content(of: bytes = b"") -> Content:
    return Content(file_id=uuid4(), digest=hashlib.sha256(of).hexdigest(), size=len(of), media_type="image/png")


async def pieces_of(content: bytes, *, octets: int = 1000) -> AsyncIterator[bytes]:
    for start in range(0, len(content), octets):
        yield content[start : start + octets]


async def sealed(content: bytes, name: str = "a", *, octets: int = 1000) -> bytes:
    return b"".join([piece async for piece in SEALER.sealed(name, pieces_of(content, octets=octets))])


async def opened(envelope: bytes, name: str = "a", sealer: FileSealer = SEALER) -> bytes:
    return b"".join([piece async for piece in sealer.opened(name, pieces_of(envelope))])


@settings(max_examples=30, deadline=None)
@given(
    size=st.sampled_from([0, 1, 999, PIECE_OCTETS - 1, PIECE_OCTETS, PIECE_OCTETS + 1, 3 * PIECE_OCTETS]),
    octets=st.sampled_from([997, 65_536, 200_000]),
)
def test_what_is_sealed_is_what_is_opened(size: int, octets: int) -> None:
    content = os.urandom(size)

    envelope = asyncio.run(sealed(content, octets=octets))

    assert asyncio.run(opened(envelope)) == content
    assert content[:40] not in envelope or size < 4


async def test_an_envelope_cannot_be_changed_cut_lengthened_turned_round_or_renamed() -> None:
    envelope = await sealed(os.urandom(3 * PIECE_OCTETS))
    head, body = envelope[:HEAD_OCTETS], envelope[HEAD_OCTETS:]
    first, second, third = (body[at : at + SEALED_OCTETS] for at in range(0, len(body), SEALED_OCTETS))
    forged = {
        "a changed octet": envelope[:1000] + bytes([envelope[1000] ^ 1]) + envelope[1001:],
        "cut in a piece": envelope[:-1],
        "cut between pieces": head + first + second,
        "lengthened": envelope + b"\0",
        "a piece twice": head + first + first + second + third,
        "a piece left out": head + first + third,
        "turned round": head + second + first + third,
        "another salt": envelope[:3] + bytes(32) + body,
        "another version": b"\x02" + envelope[1:],
        "nothing": b"",
        "the head alone": head,
    }

    for name, envelope_ in forged.items():
        with pytest.raises(CipherRefused):
            raise AssertionError(f"{name}: {len(await opened(envelope_))}")
    with pytest.raises(CipherRefused):
        await opened(envelope, name="b")
    with pytest.raises(CipherRefused):
        await opened(envelope, sealer=FileSealer(Keyring({1: new_key()})))


async def test_an_older_key_still_reads_and_the_newest_writes() -> None:
    old, new = new_key(), new_key()
    envelope = b"".join([piece async for piece in FileSealer(Keyring({1: old})).sealed("a", pieces_of(b"abc"))])

    rotated = FileSealer(Keyring({1: old, 2: new}))

    assert await opened(envelope, sealer=rotated) == b"abc"
    assert b"".join([piece async for piece in rotated.sealed("a", pieces_of(b"abc"))])[1:3] == b"\0\2"


@pytest.fixture
def folder(tmp_path: Path) -> ObjectFiles:
    return folder_files(tmp_path / "files", sealer=SEALER, index=INDEX)


@pytest.fixture(scope="module")
def s3() -> Iterator[ObjectFiles]:
    """A bucket on moto's server, which speaks S3."""
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    place = S3Place(endpoint=f"http://{host}:{port}", region="us-east-1", access_key="key", secret_key="secret")
    assert httpx.put(f"{place.endpoint}/yian").is_success
    yield s3_files("s3://yian/files", place, sealer=SEALER, index=INDEX)
    server.stop()


@pytest.fixture(params=["folder", pytest.param("s3", marks=pytest.mark.slow)])
def files(request: pytest.FixtureRequest) -> ObjectFiles:
    store: ObjectFiles = request.getfixturevalue(request.param)
    return store


@pytest.mark.parametrize("size", [1, 100_000, 12 * MEBIBYTE])
async def test_what_is_kept_is_what_is_read(files: ObjectFiles, size: int) -> None:
    bytes_ = os.urandom(size)
    content = a_content(bytes_)

    await files.write(content, pieces_of(bytes_, octets=100_000))

    assert b"".join([piece async for piece in files.read(content)]) == bytes_
    await files.remove(content)
    await files.remove(content)
    with pytest.raises(FileLost):
        await anext(files.read(content))


@pytest.mark.parametrize("size", [1000, 12 * MEBIBYTE])
async def test_what_breaks_off_leaves_nothing(files: ObjectFiles, size: int) -> None:
    content = a_content(b"whatever")

    async def breaking() -> AsyncIterator[bytes]:
        async for piece in pieces_of(bytes(size), octets=100_000):
            yield piece
        raise UploadDiffers("It is something else.")

    with pytest.raises(UploadDiffers):
        await files.write(content, breaking())

    with pytest.raises(FileLost):
        await anext(files.read(content))


async def test_a_store_that_works_has_no_trouble(files: ObjectFiles) -> None:
    assert await files.trouble() == ""


async def test_a_store_that_several_look_at_at_once_has_no_trouble(files: ObjectFiles, tmp_path: Path) -> None:
    others = [folder_files(tmp_path / "shared", sealer=SEALER, index=INDEX) for _ in range(8)]

    told = await asyncio.gather(*(one.trouble() for one in [*others, *[files] * 8]))

    assert set(told) == {""}


@pytest.mark.slow
async def test_a_store_that_does_not_answer_is_unavailable_and_says_so() -> None:
    place = S3Place(endpoint="http://127.0.0.1:9", region="us-east-1", access_key="key", secret_key="secret")
    nowhere = s3_files("s3://yian/files", place, sealer=SEALER, index=INDEX, patience_seconds=0.2)

    with pytest.raises(FilesUnavailable):
        await nowhere.write(a_content(), pieces_of(b"abc"))
    with pytest.raises(FilesUnavailable):
        await anext(nowhere.read(a_content()))
    with pytest.raises(FilesUnavailable):
        await nowhere.remove(a_content())
    assert "bucket" in await nowhere.trouble()


async def test_a_full_disk_is_unavailable_and_leaves_nothing(folder: ObjectFiles, tmp_path: Path) -> None:
    content = a_content()

    with full_disk(after=200_000), pytest.raises(FilesUnavailable):
        await folder.write(content, pieces_of(bytes(MEBIBYTE), octets=100_000))

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []  # noqa: ASYNC240 - nothing else runs
    await folder.write(content, pieces_of(bytes(MEBIBYTE), octets=100_000))


@contextmanager
def full_disk(*, after: int) -> Iterator[None]:
    """No file of this process may grow larger: what a full disk does, without one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (after, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_file_that_somebody_changed_is_lost_and_nothing_of_it_is_given(
    folder: ObjectFiles, tmp_path: Path
) -> None:
    content = a_content()
    await folder.write(content, pieces_of(bytes(1000)))
    (lies,) = (path for path in tmp_path.rglob("*") if path.is_file())  # noqa: ASYNC240 - nothing else runs
    lies.write_bytes(lies.read_bytes()[:-1] + b"\0")

    with pytest.raises(FileLost):
        await anext(folder.read(content))


async def test_the_folder_is_readable_by_nobody_else(folder: ObjectFiles, tmp_path: Path) -> None:
    assert (tmp_path / "files").stat().st_mode & 0o077 == 0


def test_every_type_that_the_rules_take_is_recognised() -> None:
    taken = [rule.value for rule in load_rulebooks() if rule.subject == "upload.media_types"]

    assert taken
    assert {one for listed in taken if isinstance(listed, tuple) for one in listed} <= set(MagicRecogniser.media_types)


class Daemon:
    """Says what a clamd would say, after it has read what it is sent."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer
        self.received = b""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        command = await reader.readuntil(b"\0")
        if command == b"zPING\0":
            writer.write(b"PONG\0")
        elif command == b"zINSTREAM\0":
            while length := int.from_bytes(await reader.readexactly(4), "big"):
                self.received += await reader.readexactly(length)
            writer.write(self.answer)
        await writer.drain()
        writer.close()


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (b"stream: OK\0", Verdict.CLEAN),
        (b"stream: Eicar-Test-Signature FOUND\0", Verdict.INFECTED),
        (b"INSTREAM size limit exceeded. ERROR\0", Verdict.UNKNOWN),
        (b"", Verdict.UNKNOWN),
    ],
)
async def test_a_clamd_is_sent_the_content_and_believed_only_word_for_word(answer: bytes, verdict: Verdict) -> None:
    daemon, content = Daemon(answer), os.urandom(200_000)
    async with await asyncio.start_server(daemon.serve, "127.0.0.1", 0) as server:
        scanner = ClamdScanner("127.0.0.1", server.sockets[0].getsockname()[1], timeout_seconds=5)

        found = await scanner.scan(pieces_of(content, octets=150_000))

        assert (found, daemon.received) == (verdict, content)
        assert await scanner.trouble() == ""


async def test_a_clamd_that_is_not_there_or_says_nothing_leaves_it_unknown() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    absent = ClamdScanner("127.0.0.1", 9, timeout_seconds=1)
    assert await absent.scan(pieces_of(b"abc")) is Verdict.UNKNOWN
    assert "127.0.0.1:9" in await absent.trouble()
    async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
        slow = ClamdScanner("127.0.0.1", server.sockets[0].getsockname()[1], timeout_seconds=0.2)
        assert await slow.scan(pieces_of(b"abc")) is Verdict.UNKNOWN
        assert await slow.trouble()


async def test_a_clamd_that_takes_nothing_in_holds_nobody_for_longer_than_its_time() -> None:
    content = bytes(32 * MEBIBYTE)  # more than the system keeps for somebody who does not read
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        scanner = ClamdScanner("127.0.0.1", deaf.getsockname()[1], timeout_seconds=0.2)
        scan = asyncio.create_task(scanner.scan(pieces_of(content, octets=MEBIBYTE)))
        done, _ = await asyncio.wait([scan], timeout=2)

    assert [one.result() for one in done] == [Verdict.UNKNOWN]


async def test_a_clamd_that_says_its_word_in_two_parts_is_understood() -> None:
    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\0" * 4)
        for part in (b"stream: ", b"OK\0"):
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0.05)
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(slow, "127.0.0.1", 0) as server:
        scanner = ClamdScanner("127.0.0.1", server.sockets[0].getsockname()[1], timeout_seconds=5)
        found = await scanner.scan(pieces_of(b"abc"))
        await asyncio.sleep(0.1)

    assert found is Verdict.CLEAN
