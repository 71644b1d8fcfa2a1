"""An upload: announced by what it will be, taken in when it is just that, and used once as the file of evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self
from uuid import UUID

from app.domain.evidence.evidence import Content
from app.domain.shared.access import Principal
from app.domain.shared.errors import Conflict, IllegalTransition, Unprocessable
from app.domain.shared.rulebook import Ruled, RulesInForce

MEDIA_TYPES = "upload.media_types"
LARGEST = "upload.largest"
UNUSED = "upload.unused"


class UploadTooLarge(Unprocessable):
    """The file is larger than is taken here."""

    code = "upload_too_large"
    title = "The file is too large"


class MediaTypeNotTaken(Unprocessable):
    """Files of this type are not taken here."""

    code = "media_type_not_taken"
    title = "This type of file is not taken"


class UploadDiffers(Unprocessable):
    """What was sent is not what was announced: another size, another digest, or another type of content."""

    code = "upload_differs"
    title = "The file is not the one that was announced"


class UploadInfected(Conflict):
    """The scanner has found something in the file. It was removed, and cannot be used."""

    code = "upload_infected"
    title = "The file is not safe"


class UploadNotScanned(Conflict):
    """The file has not been scanned yet. Nothing is done with it before."""

    code = "upload_not_scanned"
    title = "The file is still being scanned"


class UploadNotReady(Conflict):
    """Nothing was sent for this upload yet, or it was used already."""

    code = "upload_not_ready"
    title = "The upload cannot be used"


class UploadPurpose(StrEnum):
    """What is uploaded for."""

    EVIDENCE = "evidence"


class UploadStage(StrEnum):
    """Where an upload stands."""

    ANNOUNCED = "announced"
    QUARANTINED = "quarantined"
    """It is here and not scanned yet. Nobody is shown it."""
    READY = "ready"
    INFECTED = "infected"
    """The scanner has found something; the file was removed."""
    USED = "used"
    """It is the file of some evidence."""
    EXPIRED = "expired"
    """It was not used in time, and is being removed."""


class Verdict(StrEnum):
    """What a scanner says of a file."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNKNOWN = "unknown"
    """It has not answered, or not in time."""


_AFTER: Mapping[Verdict, UploadStage] = {
    Verdict.CLEAN: UploadStage.READY,
    Verdict.INFECTED: UploadStage.INFECTED,
    Verdict.UNKNOWN: UploadStage.QUARANTINED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadRules:
    """What is taken in a deployment on a day."""

    media_types: Ruled[tuple[str, ...]]
    largest: Ruled[int]
    """In octets."""
    unused_days: Ruled[int]
    """For how many days an upload waits to be used."""

    @classmethod
    def of(cls, rules: RulesInForce) -> Self:
        """Read them from the rules in force.

        Raises:
            NoRuleInForce: one of them is missing.
        """
        return cls(
            media_types=rules.texts(MEDIA_TYPES),
            largest=rules.count(LARGEST),
            unused_days=rules.calendar_days(UNUSED),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What somebody is about to send."""

    purpose: UploadPurpose
    digest: str
    """SHA-256 in lower-case hexadecimal."""
    size: int
    """In octets."""
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file on its way to becoming evidence. It belongs to the account and client that announced it, to nobody else.

    Its name on somebody's computer is neither asked for nor kept.
    """

    id: UUID
    actor_id: UUID
    client_id: UUID
    announcement: Announcement
    announced_at: datetime
    expires_at: datetime
    """When it is removed if nothing has used it by then."""
    stage: UploadStage = UploadStage.ANNOUNCED
    version: int = 1

    @classmethod
    def announce(
        cls, announcement: Announcement, *, upload_id: UUID, by: Principal, at: datetime, rules: UploadRules
    ) -> Self:
        """Say what will be sent, before it is.

        Raises:
            UploadTooLarge, MediaTypeNotTaken: it would be refused when it comes.
        """
        if announcement.size > rules.largest.value:
            raise UploadTooLarge(
                f"Files of at most {rules.largest.value} octets are taken. Make it smaller.", pointer="/size"
            )
        if announcement.media_type not in rules.media_types.value:
            taken = ", ".join(rules.media_types.value)
            raise MediaTypeNotTaken(f"These types are taken: {taken}. Convert the file.", pointer="/media_type")
        return cls(
            id=upload_id,
            actor_id=by.id,
            client_id=by.client_id,
            announcement=announcement,
            announced_at=at,
            expires_at=at + timedelta(days=rules.unused_days.value),
        )

    @property
    def content(self) -> Content:
        """The file, by what it was announced to be, and found to be when it came."""
        told = self.announcement
        return Content(file_id=self.id, digest=told.digest, size=told.size, media_type=told.media_type)

    @property
    def is_awaited(self) -> bool:
        """Say whether the file has still to come."""
        return self.stage is UploadStage.ANNOUNCED

    def require_open(self) -> None:
        """Refuse to take a file for what is past.

        Raises:
            UploadInfected, UploadNotReady: it was found unsafe, or is being removed.
        """
        if self.stage is UploadStage.INFECTED:
            raise UploadInfected("The scanner found something in this file. Check your computer, then send another.")
        if self.stage is UploadStage.EXPIRED:
            raise UploadNotReady("The upload was not used in time. Announce it again.")

    def judged(self, verdict: Verdict) -> Self:
        """The upload after its file has come, or has been looked at again.

        Raises:
            IllegalTransition: the file was judged before.
        """
        if self.stage not in {UploadStage.ANNOUNCED, UploadStage.QUARANTINED}:
            raise IllegalTransition("The file of this upload was judged before.", stage=self.stage.value)
        return replace(self, stage=_AFTER[verdict])

    def given_up(self) -> Self:
        """The upload after the same content was announced anew, as something else or when the time was over."""
        return replace(self, stage=UploadStage.EXPIRED)

    def use(self) -> Self:
        """Make it the file of some evidence, once.

        Raises:
            UploadInfected, UploadNotScanned, UploadNotReady: nothing can be made of it, or not yet.
        """
        self.require_open()
        if self.stage is UploadStage.QUARANTINED:
            raise UploadNotScanned("The file is being scanned. Ask for the upload again in a few seconds.")
        if self.stage is not UploadStage.READY:
            raise UploadNotReady(
                "Send the file first; and announce it again for each piece of evidence.", pointer="/upload_id"
            )
        return replace(self, stage=UploadStage.USED)
