"""Use cases of uploads: announced, taken in piece by piece, scanned, and shown only when they are clean."""

import hashlib
from collections.abc import AsyncIterable, AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.domain.evidence import (
    Announcement,
    Content,
    Upload,
    UploadDiffers,
    UploadInfected,
    UploadNotReady,
    UploadRules,
    UploadStage,
    UploadTooLarge,
    Verdict,
)
from app.domain.shared.access import Role
from app.domain.shared.errors import NotFound, StaleVersion
from app.domain.shared.region import NATIONAL
from app.services.evidence.requests import DISCLOSED
from app.services.ports.evidence import LeftUploads
from app.services.ports.files import FileLost, Files, Recogniser, Scanner
from app.services.ports.work import UnitOfWork
from app.services.yielding import yielding

HEAD_OCTETS = 1024
TAIL_OCTETS = 64 * 1024
AT_ONCE = 100

OpenWork = Callable[[], UnitOfWork]


@dataclass(frozen=True, slots=True)
class Stores:
    """Where files are kept, what recognises them and what scans them."""

    files: Files
    recogniser: Recogniser
    scanner: Scanner | None
    """None where the deployment has none: then nothing waits in quarantine."""
    largest: int
    """In octets: what the deployment takes, whatever the rules would."""


async def announce_upload(announcement: Announcement, *, stores: Stores, uow: UnitOfWork) -> Upload:
    """Say what will be sent. The same content, announced again before it was used, is the same upload.

    Raises:
        UploadTooLarge, MediaTypeNotTaken: it would be refused when it comes.
    """
    async with uow:
        waiting = await uow.uploads.waiting(announcement.digest)
        if waiting is not None:
            if waiting.announcement == announcement and waiting.expires_at > uow.real_now:
                return await uow.commit(waiting)
            with yielding():
                await uow.uploads.save(waiting.given_up())
        rules = UploadRules.of(uow.rulebook.at(NATIONAL, uow.today))
        upload = Upload.announce(announcement, upload_id=uow.new_id(), by=uow.actor, at=uow.real_now, rules=rules)
        if announcement.size > stores.largest:
            raise UploadTooLarge(f"Files of at most {stores.largest} octets are taken. Make it smaller.")
        uow.uploads.add(upload)
        return await uow.commit(upload)


async def get_upload(upload_id: UUID, *, uow: UnitOfWork) -> Upload:
    """How one of the caller's own uploads stands."""
    async with uow:
        return await uow.commit(await uow.uploads.get(upload_id))


async def receive_upload(
    upload_id: UUID, pieces: AsyncIterable[bytes], *, stores: Stores, open_work: OpenWork
) -> Upload:
    """Take the file in, piece by piece; it counts only when all of it is what was announced.

    What is slow happens between two transactions, so that a slow sender holds no connection. Sent again, it is looked
    at again and kept once.

    Raises:
        UploadDiffers: size, digest or content is not what was announced; nothing is kept.
        UploadInfected: the scanner has found something; nothing is kept.
    """
    async with open_work() as uow:
        upload = await uow.commit(await uow.uploads.get(upload_id))
    upload.require_open()
    checked = _checked(pieces, upload.content, stores.recogniser)
    if not upload.is_awaited:
        async for _ in checked:
            pass
        return upload
    await stores.files.write(upload.content, checked)
    verdict = await scanned(upload.content, stores)
    try:
        async with open_work() as uow:
            judged = await _saved(upload, verdict, uow=uow)
        judged.require_open()
    except (NotFound, UploadInfected, UploadNotReady):  # nothing wants the file, or its time ran out while it came
        await stores.files.remove(upload.content)
        raise
    return judged


async def get_evidence_content(
    evidence_id: UUID, *, stores: Stores, uow: UnitOfWork
) -> tuple[Content, AsyncIterator[bytes]]:
    """The file of some evidence, for those who may see it; that it was shown is written down before.

    Raises:
        NotFound: there is no such evidence that the caller may know of, or it has no file.
        FileLost, FilesUnavailable: it cannot be read.
    """
    async with uow:
        evidence = await uow.evidence.get(evidence_id)
        content = evidence.content
        if content is None or uow.actor.roles <= {Role.PORTAL}:
            raise NotFound("This evidence has no file. Read its record instead.")
        pieces = await opened(content, stores)
        uow.accessed(evidence.person_id, disclosed=(*DISCLOSED, "evidence_content"))
        await uow.commit(None)
    return content, pieces


async def opened(content: Content, stores: Stores) -> AsyncIterator[bytes]:
    """The pieces of a file; what cannot be opened is refused before anything is answered.

    Raises:
        FileLost, FilesUnavailable: it cannot be read.
    """
    pieces = stores.files.read(content)
    return _from(await anext(pieces), pieces)


async def look_after_uploads(left: LeftUploads, *, stores: Stores, at: datetime) -> int:
    """Ask the scanner again about what waits for it, and remove what nobody has used in time; say how many went.

    Killed at any moment it is simply done again: first nothing can use the upload, then the file goes, then the row.

    Raises:
        FilesUnavailable: the store does not answer.
    """
    for upload in await left.quarantined(limit=AT_ONCE):
        verdict = await _seen_again(upload.content, stores)
        if verdict is Verdict.UNKNOWN:
            continue
        judged = upload.judged(verdict)
        await left.save(judged)
        if judged.stage is UploadStage.INFECTED:
            await stores.files.remove(judged.content)
    expired = await left.expired(at=at, limit=AT_ONCE)
    for upload in expired:
        await stores.files.remove(upload.content)
        await left.forget(upload)
    return len(expired)


async def scanned(content: Content, stores: Stores) -> Verdict:
    """What the scanner says; where there is none, nothing speaks against the file."""
    if stores.scanner is None:
        return Verdict.CLEAN
    return await stores.scanner.scan(stores.files.read(content))


async def _seen_again(content: Content, stores: Stores) -> Verdict:
    """The same of a file that waits; one that is lost is waited for until its time is over, and holds up no other."""
    try:
        return await scanned(content, stores)
    except FileLost:
        return Verdict.UNKNOWN


async def _saved(upload: Upload, verdict: Verdict, *, uow: UnitOfWork) -> Upload:
    """Write the verdict; where the same file came twice at once, what the first one wrote counts."""
    try:
        return await uow.commit(await uow.uploads.save(upload.judged(verdict)))
    except StaleVersion:
        return await uow.uploads.get(upload.id)


async def _checked(pieces: AsyncIterable[bytes], content: Content, recogniser: Recogniser) -> AsyncIterator[bytes]:
    """The pieces, and an error instead of an end where they are not the content that was announced."""
    digest, size, head, tail = hashlib.sha256(), 0, b"", b""
    async for piece in pieces:
        size += len(piece)
        if size > content.size:
            raise UploadDiffers(f"More than the announced {content.size} octets came. Announce the file as it is.")
        digest.update(piece)
        head = (head + piece)[:HEAD_OCTETS] if len(head) < HEAD_OCTETS else head
        tail = (tail + piece)[-TAIL_OCTETS:]
        yield piece
    if size != content.size:
        raise UploadDiffers(f"{size} octets came, {content.size} were announced. Send the whole file.")
    if digest.hexdigest() != content.digest:
        raise UploadDiffers("The content has another SHA-256 than was announced. Announce the file as it is.")
    if complaint := recogniser.complaint_of(content.media_type, head=head, tail=tail):
        raise UploadDiffers(f"{complaint} Announce the file as what it is, or convert it.")


async def _from(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in rest:
        yield piece
