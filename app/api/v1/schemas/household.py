"""Households and flags, as they travel."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.types import Input, LegalDate, Output, Uuid, Version
from app.api.v1.schemas.wording import SentenceRead
from app.domain.flag import Derived, Flag
from app.domain.person import Relation
from app.domain.shared.finding import Finding
from app.services.household import FlagsView, HouseholdView, MoveIn


class HouseholdCreate(Input):
    """With whom the person lives, and since when."""

    with_person_id: Annotated[
        Uuid | None, Field(description="Anybody of that household; nobody, if not given: a household of one's own.")
    ] = None
    relation: Annotated[
        Relation, Field(description="What the person is to the head of that household; `head` in one of one's own.")
    ]
    since: Annotated[LegalDate, Field(description="The first day; today or before.")]

    def to_move(self) -> MoveIn:
        """The move in the words of the use case."""
        return MoveIn(with_person=self.with_person_id, relation=self.relation, since=self.since)


class LivingRead(Output):
    """Somebody who lives there."""

    person_id: UUID
    relation: Annotated[Relation, Field(description="What they are to the head of the household.")]
    since: date


class HouseholdRead(Output):
    """Who lives with a person."""

    person_id: UUID
    members: Annotated[
        list[LivingRead], Field(max_length=50, description="The person among them; empty where it is not known.")
    ]
    version: Annotated[Version, Field(description="The person's version.")]

    @classmethod
    def of(cls, view: HouseholdView) -> Self:
        """The household as it travels."""
        members = [
            LivingRead(person_id=one.person_id, relation=one.relation, since=one.valid_from) for one in view.members
        ]
        return cls(person_id=view.of.id, members=members, version=view.of.version)


class FlagRead(Output):
    """What the facts say of one flag."""

    flag: Flag
    finding: Annotated[Finding, Field(description="`unknown` where what it follows from is not on record.")]
    reason: SentenceRead
    rule_version: Annotated[str, Field(max_length=200, description="The definition that was used.")]

    @classmethod
    def of(cls, derived: Derived, teller: Teller) -> Self:
        """The flag as it travels."""
        return cls(
            flag=derived.flag,
            finding=derived.finding,
            reason=SentenceRead.of(derived.reason, teller),
            rule_version=derived.rule_version,
        )


class FlagsRead(Output):
    """All flags of special difficulty of a person on a day."""

    person_id: UUID
    as_of: Annotated[date, Field(description="The day for which they hold.")]
    flags: Annotated[list[FlagRead], Field(max_length=20)]

    @classmethod
    def of(cls, view: FlagsView, teller: Teller) -> Self:
        """The flags as they travel."""
        return cls(person_id=view.person_id, as_of=view.on, flags=[FlagRead.of(one, teller) for one in view.flags])
