"""Forms, as they travel: a JSON Schema, what is shown instead of being asked, and the documents."""

from datetime import date
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field, JsonValue

from app.api.texts import Teller
from app.api.v1.schemas.form_schema import form_schema
from app.api.v1.schemas.package import RequiredEvidenceRead
from app.api.v1.schemas.types import Code, Input, LegalDate, Output, RegionCode
from app.domain.application import Necessity, SecondPartyNeed
from app.domain.confirmation import SecondParty
from app.domain.shared.region import code_of
from app.services.form import FormView, HeldDocument
from app.services.package import Asked

Codes = Annotated[list[str], Field(max_length=100)]


class FormRequest(Input):
    """For whom and for which items a form is asked. It is a POST so that nothing of a person stands in an address."""

    items: Annotated[
        list[Code], Field(max_length=20, description="Codes of the items; all of the package, where there are none.")
    ] = Field(default_factory=list)
    person_id: Annotated[
        UUID | None, Field(description="Whom it is for; a citizen's own form needs none. Without it, for nobody.")
    ] = None
    region_code: Annotated[
        RegionCode | None, Field(description="As offered in this place, where it is for nobody.")
    ] = None
    on: Annotated[LegalDate | None, Field(description="As it is, or was, on this day; today, unless given.")] = None
    answers: Annotated[
        dict[Code, JsonValue],
        Field(max_length=100, description="Answers so far; they tell what is needed."),
    ] = Field(default_factory=dict)

    def to_asked(self) -> Asked:
        """Which form it is."""
        return Asked(region_code=self.region_code, on=self.on, items=tuple(dict.fromkeys(self.items)))


class DocumentRead(RequiredEvidenceRead):
    """A document of the union over the chosen items, and whether it is needed for just this person."""

    necessity: Annotated[Necessity, Field(description="`unknown` where it depends on what is not known.")]
    is_held: Annotated[bool, Field(description="Whether evidence of it is on record and still counts.")]
    is_asked: Annotated[bool, Field(description="Whether the applicant is to show it: no office holds it.")]

    @classmethod
    def of_document(cls, held: HeldDocument) -> Self:
        """The document as it travels."""
        return cls(
            **dict(RequiredEvidenceRead.of(held.document.entry)),
            necessity=held.document.necessity,
            is_held=held.is_held,
            is_asked=held.is_asked,
        )


class SecondPartyRead(Output):
    """That an item needs a second person's word before it goes on, or may."""

    item: Annotated[str, Field(max_length=64)]
    whom: SecondParty
    necessity: Annotated[
        Necessity,
        Field(
            description="`needed`, or `unknown` where it depends on what is not known. Who applies as just that "
            "person, with a token of their own, has said it by that."
        ),
    ]
    explanation: Annotated[str, Field(max_length=1000, description="What is asked of whom, in a sentence.")]
    source: Annotated[str, Field(max_length=500, description="The law, or where the rule comes from.")]
    rule: Annotated[str, Field(max_length=200, description="The rule that asks for it.")]

    @classmethod
    def of(cls, need: SecondPartyNeed, teller: Teller) -> Self:
        """The need as it travels."""
        return cls(
            item=need.item,
            whom=need.whom,
            necessity=need.necessity,
            explanation=teller.say(f"second_party.{need.whom}.{need.necessity}", {"item": need.item}),
            source=need.source,
            rule=need.reference,
        )


class FormRead(Output):
    """The one form of the chosen items."""

    package_code: str
    package_version: Annotated[str, Field(max_length=200, description="The rule that describes the package.")]
    region_code: Annotated[str | None, Field(max_length=12, description="Where it is offered; null for everywhere.")]
    items: Annotated[list[str], Field(max_length=20, description="The chosen items, each after what it waits for.")]
    form: Annotated[
        dict[str, Any], Field(description="JSON Schema (2020-12) of `answers`; the service holds them to just this.")
    ]
    held: Annotated[
        Codes, Field(description="Fields that an office or an earlier item answers. Nobody is asked for them.")
    ]
    values: Annotated[
        dict[str, JsonValue],
        Field(description="What is shown in the form, by field: held values are not to be changed, the others may be."),
    ]
    documents: Annotated[list[DocumentRead], Field(max_length=100)]
    second_parties: Annotated[
        list[SecondPartyRead], Field(max_length=20, description="Items that need a second person's word, or may.")
    ]
    promised_until: Annotated[
        date | None, Field(description="What would be promised today, by the critical path; null where nothing is.")
    ]

    @classmethod
    def of_view(cls, view: FormView, teller: Teller) -> Self:
        """The form as one caller sees it."""
        package, selection = view.offer.package, view.selection
        return cls(
            package_code=package.code,
            package_version=package.version,
            region_code=code_of(view.offer.rule.region) or None,
            items=[item.code for item in selection.items],
            form=form_schema(selection.form, teller),
            held=[field.code for field in selection.form if not field.is_asked],
            values=dict(view.values),
            documents=[DocumentRead.of_document(document) for document in view.documents],
            second_parties=[SecondPartyRead.of(need, teller) for need in view.second_parties],
            promised_until=view.promise.end,
        )
