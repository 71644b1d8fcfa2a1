"""Uploads as they travel: what is announced, and how an upload stands."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from app.api.v1.schemas.types import Input, Output
from app.domain.evidence import Announcement, Upload, UploadPurpose, UploadStage

HEX = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
Digest = Annotated[
    str,
    StringConstraints(min_length=64, max_length=64, pattern=r"^[0-9a-f]{64}$"),
    Field(description="SHA-256 of the content, in lower-case hexadecimal.", examples=[HEX]),
]
Size = Annotated[int, Field(ge=1, le=2**31 - 1, description="In octets.", examples=[120_000])]
MediaType = Annotated[
    str,
    StringConstraints(min_length=3, max_length=100, pattern=r"^[a-z]+/[a-z0-9][a-z0-9.+-]*$"),
    Field(description="What the content is, told by the content itself when it comes.", examples=["image/jpeg"]),
]


class UploadCreate(Input):
    """What will be sent. Its name on somebody's computer is not asked for."""

    digest: Digest
    size: Size
    media_type: MediaType
    purpose: Annotated[UploadPurpose, Field(description="What it is uploaded for.")] = UploadPurpose.EVIDENCE

    def to_announcement(self) -> Announcement:
        """What is announced, in the domain's words."""
        return Announcement(purpose=self.purpose, digest=self.digest, size=self.size, media_type=self.media_type)


class UploadRead(Output):
    """An upload: where its content is sent, and how it stands."""

    id: UUID
    digest: Digest
    size: Size
    media_type: MediaType
    purpose: UploadPurpose
    stage: UploadStage
    target: Annotated[
        str, Field(max_length=200, description="The path to which the content is sent by PUT.", examples=["/v1/…"])
    ]
    announced_at: datetime
    expires_at: Annotated[datetime, Field(description="When it is removed if nothing has used it by then.")]

    @classmethod
    def of(cls, upload: Upload) -> Self:
        """The upload as it travels."""
        told = upload.announcement
        return cls(
            id=upload.id,
            digest=told.digest,
            size=told.size,
            media_type=told.media_type,
            purpose=told.purpose,
            stage=upload.stage,
            target=f"/v1/uploads/{upload.id}/content",
            announced_at=upload.announced_at,
            expires_at=upload.expires_at,
        )
