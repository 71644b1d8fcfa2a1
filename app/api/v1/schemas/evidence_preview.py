"""What an application would share with whom, as it travels."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.evidence import Assurance, EvidenceSummary, HeldBy, KindCode, ReceivingOfficeRead
from app.api.v1.schemas.types import Code, Input, Output
from app.api.v1.schemas.wording import Text
from app.domain.application import Necessity
from app.domain.evidence import EvidenceSource
from app.services.evidence.preview import Asked, Foreseen


class EvidencePreviewCreate(Input):
    """What somebody thinks of applying for."""

    person_id: UUID
    package_code: Annotated[Code, Field(description="From /v1/packages.", examples=["disability_services"])]
    items: Annotated[list[Code], Field(min_length=1, max_length=20, description="Codes of the items.")]

    def to_asked(self) -> Asked:
        """The question in the words of the use case."""
        return Asked(person_id=self.person_id, package_code=self.package_code, items=tuple(dict.fromkeys(self.items)))


class ForeseenRead(Output):
    """One thing that would be asked for, what is held of it, and who would be shown it."""

    kind: KindCode
    text: Text
    items: Annotated[list[str], Field(max_length=20, description="The items that would need it.")]
    necessity: Annotated[Necessity, Field(description="Whether it would be needed, as far as it can be told.")]
    source: Annotated[EvidenceSource, Field(description="From whom it would be asked.")]
    held_by: HeldBy
    assurance: Assurance
    evidence: Annotated[
        EvidenceSummary | None,
        Field(description="What would be used at once; null where it would still have to be shown or fetched."),
    ]
    shared_with: Annotated[
        list[ReceivingOfficeRead], Field(max_length=20, description="Who would be shown it, and nobody else.")
    ]
    refusal_means: Annotated[
        str, Field(max_length=500, description="What it means for the items if the person withholds it.")
    ]

    @classmethod
    def of(cls, foreseen: Foreseen, told: Teller) -> Self:
        """One thing as it travels."""
        kind = foreseen.kind
        return cls(
            kind=kind.code,
            text=told.word(kind.wording),
            items=list(foreseen.items),
            necessity=foreseen.necessity,
            source=kind.source,
            held_by=kind.held_by,
            assurance=kind.assurance,
            evidence=EvidenceSummary.of(foreseen.evidence) if foreseen.evidence else None,
            shared_with=[ReceivingOfficeRead.of(office, told) for office in foreseen.shared_with],
            refusal_means=told.say(f"evidence.refusal.{kind.source}", {"items": foreseen.items}),
        )


class EvidencePreviewRead(Output):
    """All that would be asked for, before anything is sent."""

    items: Annotated[list[ForeseenRead], Field(max_length=100)]

    @classmethod
    def of(cls, foreseen: tuple[Foreseen, ...], told: Teller) -> Self:
        """The preview as it travels."""
        return cls(items=[ForeseenRead.of(one, told) for one in foreseen])
