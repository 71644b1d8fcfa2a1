"""Guardianships, as they travel."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.v1.schemas.types import Input, LegalDate, Output, Uuid, Version
from app.domain.person import FactSource, Guardianship, Person
from app.domain.shared.access import Acting


class GuardianshipCreate(Input):
    """Who acts for the person, in which capacity, and how that was proved."""

    guardian_id: Annotated[Uuid, Field(description="The guardian, who is a person of the register.")]
    acting: Acting
    proof: Annotated[FactSource, Field(description="`authority` or `counter`: a word of one's own opens nothing.")]
    valid_from: LegalDate
    valid_to: Annotated[LegalDate | None, Field(description="The last day; open, if not given.")] = None

    def to_link(self) -> Guardianship:
        """The guardianship in the domain's words."""
        return Guardianship(
            guardian_id=self.guardian_id,
            acting=self.acting,
            proof=self.proof,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
        )


class GuardianshipEndCreate(Input):
    """When it ends."""

    last_day: Annotated[
        LegalDate | None,
        Field(description="Today, if not given; yesterday, where it must end at once."),
    ] = None


class GuardianshipRead(Output):
    """Somebody who acts, or acted, for the person."""

    guardian_id: UUID
    acting: Acting
    proof: FactSource
    valid_from: date
    valid_to: Annotated[date | None, Field(description="The last day; null while it goes on.")]


class GuardianshipsRead(Output):
    """All who act, or acted, for one person."""

    person_id: UUID
    guardianships: Annotated[list[GuardianshipRead], Field(max_length=100, description="The latest first.")]
    version: Annotated[Version, Field(description="The person's version.")]

    @classmethod
    def of(cls, person: Person) -> Self:
        """The guardianships as they travel."""
        latest_first = sorted(person.guardians, key=lambda link: link.valid_from, reverse=True)
        return cls(
            person_id=person.id,
            guardianships=[
                GuardianshipRead(
                    guardian_id=link.guardian_id,
                    acting=link.acting,
                    proof=link.proof,
                    valid_from=link.valid_from,
                    valid_to=link.valid_to,
                )
                for link in latest_first
            ],
            version=person.version,
        )
