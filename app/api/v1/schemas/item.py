"""One item more for an application, as it travels."""

from typing import Annotated

from pydantic import Field, JsonValue

from app.api.v1.schemas.platform import MatterCodeText, SourceNumber
from app.api.v1.schemas.speech import SaidBy
from app.api.v1.schemas.types import Code, Input
from app.domain.application import PlatformName
from app.domain.shared.identity import MatterCode
from app.services.application import ItemRequest


class ItemCreate(Input):
    """What else is asked for, with the answers that only it needs."""

    item: Annotated[Code, Field(description="Code of an item of the application's package.")]
    answers: Annotated[
        dict[Code, JsonValue],
        Field(max_length=100, description="Answers that the application does not hold; others need not be sent again."),
    ] = Field(default_factory=dict)
    matter_code: MatterCodeText | None = None
    source_number: Annotated[
        SourceNumber | None, Field(description="The platform's own number of this item, unique for your system.")
    ] = None
    withheld_evidence: Annotated[
        list[Code],
        Field(max_length=50, description="Kinds of evidence, new with this item, that the person does not want used."),
    ] = Field(default_factory=list)
    said_by: SaidBy = None

    def to_request(self) -> ItemRequest:
        """The item in the domain's words."""
        matter = MatterCode.parse(self.matter_code) if self.matter_code else None
        return ItemRequest(
            item=self.item,
            answers=self.answers,
            platform=PlatformName(matter_code=matter, source_number=self.source_number),
            withheld_evidence=tuple(dict.fromkeys(self.withheld_evidence)),
            said_by=self.said_by,
        )
