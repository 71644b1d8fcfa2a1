"""Confirmations, as they travel."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.told_as import ToldAs, ToldAsRead
from app.api.v1.schemas.types import Input, Output, Version
from app.domain.confirmation import ConfirmationStage, SecondParty, SecondWord, TakenDown
from app.domain.shared.channel import Channel
from app.domain.shared.region import code_of
from app.services.confirmation import ConfirmationView

NO_MORE = "null to who is asked for this word alone"


class SecondWordCreate(Input):
    """How the word came. Who says it with a token of their own leaves all of it out; an officer says by which way."""

    channel: Annotated[
        Channel | None,
        Field(description="By which way an officer was told: `counter`, `phone` or `home_visit`."),
    ] = None
    second_id: Annotated[
        UUID | None,
        Field(
            description="Whose word an officer takes down, of those on record. Left out, the officer says to have "
            "looked at the proof of a guardian who is not on record."
        ),
    ] = None

    def to_taken_down(self) -> TakenDown | None:
        """What an officer notes; None where nothing is said of it."""
        return TakenDown(channel=self.channel, second_id=self.second_id) if self.channel else None


class SecondWordRead(Output):
    """A second person's word as it was given."""

    channel: Channel
    noted_by: Annotated[UUID, Field(description="The account that said it, or that took it down.")]
    second_id: Annotated[
        UUID | None, Field(description="Whose word it was; null for a guardian whose proof was looked at.")
    ]

    @classmethod
    def of(cls, word: SecondWord) -> Self:
        """The word as it travels."""
        return cls(channel=word.channel, noted_by=word.noted_by, second_id=word.second_id)


class ConfirmationRead(Output):
    """A second person's word that an item waits for, with what the caller may do next and, for the rest, why not."""

    id: UUID
    person_name: Annotated[str, Field(max_length=100, description="Who applies, by name, so that one knows for whom.")]
    item: Annotated[str, Field(max_length=64)]
    whom: Annotated[SecondParty, Field(description="Whose word is needed.")]
    stage: ConfirmationStage
    asked_on: date
    answer_by: Annotated[date, Field(description="The last day; afterwards the item rests until there is a word.")]
    explanation: Annotated[str, Field(max_length=1000, description="What is asked of whom, in a sentence.")]
    person_id: Annotated[UUID | None, Field(description=f"Who applies; {NO_MORE}.")]
    application_id: Annotated[UUID | None, Field(description=f"The application; {NO_MORE}.")]
    case_id: Annotated[UUID | None, Field(description=f"The case that waits; {NO_MORE}.")]
    region_code: Annotated[str | None, Field(max_length=12, description=f"Where it is handled; {NO_MORE}.")]
    second_ids: Annotated[
        list[UUID],
        Field(
            max_length=50,
            description="The household members, any one of whom may say it; none for a guardian, who is whoever is on "
            "record on the day, and none to portals or to who is asked.",
        ),
    ]
    word: Annotated[SecondWordRead | None, Field(description=f"The word, once it is given; {NO_MORE}, and to portals.")]
    rule_versions: Annotated[list[str], Field(max_length=20, description="The rules that ask for it.")]
    version: Version
    actions: Annotated[list[ActionRead], Field(max_length=20)]
    told_as: ToldAs

    @classmethod
    def of_view(cls, view: ConfirmationView, teller: Teller) -> Self:
        """The confirmation as one caller sees it."""
        asked, whole = view.of, view.is_followed
        return cls(
            id=asked.id,
            person_name=asked.person_name,
            item=asked.item,
            whom=asked.whom,
            stage=asked.stage,
            asked_on=asked.asked_on,
            answer_by=asked.answer_by,
            explanation=teller.say(f"confirmation.{asked.whom}.{asked.stage}", {"item": asked.item}),
            person_id=asked.person_id if whole else None,
            application_id=asked.application_id if whole else None,
            case_id=asked.case_id if whole else None,
            region_code=code_of(asked.region) if whole else None,
            second_ids=list(asked.seconds) if view.shows_household else [],
            word=SecondWordRead.of(asked.word) if view.shows_household and asked.word else None,
            rule_versions=list(asked.rule_versions),
            version=asked.version,
            actions=[ActionRead.of(action, teller) for action in view.actions],
            told_as=ToldAsRead.of(asked.person_id, teller),
        )


class ConfirmationList(Output):
    """All confirmations of an application; there are never many."""

    items: Annotated[list[ConfirmationRead], Field(max_length=100)]
