"""Archives and their documents, as they travel."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.types import Code, Count, Input, LegalDate, Output, ShortText, Uuid, Version
from app.api.v1.schemas.wording import Text
from app.domain.archive import ArchiveDocument, ArchiveOf, DocumentOrigin, ItemState, Provider, Seen, Source, Standing
from app.domain.organisation import Organisation
from app.domain.shared.region import code_of
from app.domain.shared.wording import Wording
from app.services.archive import ArchiveView, ToFile

Year = Annotated[int, Field(ge=1900, le=2199, description="A year of an association's work.", examples=[2026])]
ItemCode = Annotated[
    Code, Field(description="An item of the archive's checklist that takes documents.", examples=["certificate_file"])
]


class ArchiveDocumentCreate(Input):
    """What is filed into which archive, where it comes from, and what it replaces."""

    archive_of: Annotated[ArchiveOf, Field(description="Whose archive it is.")]
    subject_id: Annotated[Uuid, Field(description="The person, the case, or the association by its organisation.")]
    year: Annotated[Year | None, Field(description="For an association only: of which year's work it is.")] = None
    item: ItemCode
    upload_id: Annotated[Uuid, Field(description="Your own upload that becomes its file.")]
    made_on: Annotated[LegalDate, Field(description="The day that the document bears.")]
    origin: Annotated[DocumentOrigin, Field(description="How it came to you.")]
    received_from: Annotated[
        ShortText | None, Field(description="From whom or from which archive it came, in words.")
    ] = None
    replaces: Annotated[
        Uuid | None, Field(description="The document that it takes the place of; that one stays on record.")
    ] = None

    def to_file(self) -> ToFile:
        """What is filed, in the words of the use case."""
        return ToFile(
            archive_of=self.archive_of,
            subject_id=self.subject_id,
            year=self.year,
            item=self.item,
            upload_id=self.upload_id,
            made_on=self.made_on,
            origin=self.origin,
            received_from=self.received_from or "",
            replaces=self.replaces,
        )


class ArchiveDocumentRead(Output):
    """A document of an archive. It is never changed."""

    id: UUID
    archive_of: ArchiveOf
    subject_id: Annotated[UUID, Field(description="The person, the case, or the association.")]
    year: Annotated[Year | None, Field(description="Of which year's work; null but for an association.")]
    region_code: Annotated[str, Field(max_length=12)]
    item: Annotated[str, Field(max_length=64, description="For which item of the checklist.")]
    digest: Annotated[str, Field(max_length=64, description="SHA-256 of the file in lower-case hexadecimal.")]
    size: Annotated[int, Field(ge=1, le=2**31 - 1, description="In octets.")]
    media_type: Annotated[str, Field(max_length=100, examples=["application/pdf"])]
    made_on: Annotated[date, Field(description="The day that the document bears.")]
    origin: DocumentOrigin
    received_from: Annotated[str | None, Field(max_length=200, description="From whom or which archive; null if here.")]
    filed_on: Annotated[date, Field(description="The day on which it was filed.")]
    filed_by: Annotated[UUID, Field(description="The account that filed it.")]
    filed_for: Annotated[UUID | None, Field(description="The organisation for which it was filed.")]
    replaces: Annotated[UUID | None, Field(description="The document that it has taken the place of.")]
    checklist: Annotated[str, Field(max_length=200, description="The rule by which it was filed, with its version.")]
    version: Version

    @classmethod
    def of(cls, document: ArchiveDocument) -> Self:
        """The document as it travels."""
        return cls(
            id=document.id,
            archive_of=document.archive_of,
            subject_id=document.subject_id,
            year=document.year,
            region_code=code_of(document.region),
            item=document.item,
            digest=document.file.digest,
            size=document.file.size,
            media_type=document.file.media_type,
            made_on=document.made_on,
            origin=document.origin,
            received_from=document.received_from or None,
            filed_on=document.filed_on,
            filed_by=document.filed_by,
            filed_for=document.filed_for,
            replaces=document.replaces,
            checklist=document.checklist,
            version=document.version,
        )


class SeenRead(Output):
    """Something that counts for an item."""

    source: Source
    on: Annotated[date, Field(description="The day that it is of.")]
    id: Annotated[UUID | None, Field(description="The document or the record, where it is one.")]

    @classmethod
    def of(cls, seen: Seen) -> Self:
        """The same as it travels."""
        return cls(source=Source(seen.what.partition(".")[0]), on=seen.on, id=seen.id)


class ProviderRead(Output):
    """Who brings what is missing."""

    code: Provider
    organisation_id: Annotated[UUID | None, Field(description="Which office, where one is entered for the place.")]
    name: Annotated[str | None, Field(max_length=200, description="What that office is called.")]

    @classmethod
    def of(cls, provider: Provider, office: Organisation | None, told: Teller) -> Self:
        """The provider as it travels."""
        name = None if office is None else told.word(Wording(zh=office.name, en=office.name_en))
        return cls(code=provider, organisation_id=office.id if office else None, name=name)


class ArchiveItemRead(Output):
    """One item of an archive."""

    code: Annotated[str, Field(max_length=64, description="What programs compare.")]
    text: Text
    state: ItemState
    provided_by: ProviderRead
    takes_documents: Annotated[bool, Field(description="Whether something may be filed for it.")]
    held: Annotated[list[SeenRead], Field(max_length=20, description="What counts for it and is there.")]


class ArchiveRead(Output):
    """How complete an archive is: so many items of so many, what is missing, and who brings it."""

    archive_of: ArchiveOf
    subject_id: Annotated[UUID, Field(description="The person, the case, or the association.")]
    year: Annotated[Year | None, Field(description="Of which year's work; null but for an association.")]
    region_code: Annotated[str, Field(max_length=12)]
    on: Annotated[date, Field(description="The day on which it was looked at.")]
    checklist: Annotated[str, Field(max_length=200, description="The rule by which it was looked at.")]
    held: Annotated[Count, Field(description="How many of the required items are there.")]
    required: Annotated[Count, Field(description="How many must be there by now.")]
    is_complete: Annotated[bool, Field(description="Whether nothing is missing.")]
    items: Annotated[list[ArchiveItemRead], Field(max_length=200)]
    documents: Annotated[
        list[ArchiveDocumentRead],
        Field(max_length=500, description="The newest first, 500 at most; what was replaced is among them."),
    ]

    @classmethod
    def of(cls, view: ArchiveView, told: Teller) -> Self:
        """The archive as it travels."""
        whole = view.completeness
        return cls(
            archive_of=view.place.archive_of,
            subject_id=view.place.subject_id,
            year=view.place.year,
            region_code=code_of(view.place.region),
            on=view.on,
            checklist=whole.checklist,
            held=whole.held,
            required=whole.required,
            is_complete=not whole.missing,
            items=[_item(standing, view, told) for standing in whole.items],
            documents=[ArchiveDocumentRead.of(document) for document in view.documents],
        )


def _item(standing: Standing, view: ArchiveView, told: Teller) -> ArchiveItemRead:
    item = standing.item
    return ArchiveItemRead(
        code=item.code,
        text=told.word(item.wording),
        state=standing.state,
        provided_by=ProviderRead.of(item.provided_by, view.offices.get(item.provided_by), told),
        takes_documents=item.takes_documents,
        held=[SeenRead.of(seen) for seen in standing.held],
    )
