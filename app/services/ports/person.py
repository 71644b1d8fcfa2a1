"""What the person use cases need of the store."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Protocol
from uuid import UUID

from app.domain.person import BankAccount, Contact, EconomicFact, Guardianship, Person
from app.domain.shared.access import Principal
from app.domain.shared.identity import CitizenNumber
from app.domain.shared.relations import Relations


class Persons(Protocol):
    """The register of persons."""

    async def get(self, person_id: UUID, *, version: int | None = None) -> Person:
        """The person with all dated facts; with `version`, only if it still is the one that the caller has read.

        Raises:
            NotFound: there is none whom this caller may know of.
            StaleVersion: somebody changed it since.
        """
        ...

    async def get_many(self, person_ids: list[UUID]) -> dict[UUID, Person]:
        """Those of the persons whom this caller may know of."""
        ...

    async def find_by_citizen_number(self, number: CitizenNumber) -> UUID | None:
        """Who bears the number at present."""
        ...

    async def find_by_citizen_numbers(self, numbers: Collection[CitizenNumber]) -> Mapping[CitizenNumber, UUID]:
        """Who bears the numbers at present, in one statement; a number that nobody bears is left out."""
        ...

    async def bearing_number(self, number: CitizenNumber, *, whose: Principal, limit: int) -> list[Person]:
        """Who in the caller's areas bears the number."""
        ...

    async def bearing_name(self, name: str, *, whose: Principal, limit: int) -> list[Person]:
        """Who in the caller's areas bears just this name."""
        ...

    async def with_household(self, person_id: UUID, *, on: date, born_by: date) -> tuple[Person, tuple[UUID, ...]]:
        """The person, and who of age lives with the person on a day, whoever asks; in one statement.

        Raises:
            NotFound: there is no such person that the caller may know of.
        """
        ...

    def forget(self, person_id: UUID) -> None:
        """Leave nothing of a person whom nothing on record names any more, once all else has been written."""
        ...

    def add(self, person: Person) -> None:
        """Put a new person on the register."""
        ...

    async def identify(self, person: Person) -> Person:
        """Write the identity number that was put on record last, over the version that was read."""
        ...

    def add_guardianship(self, person_id: UUID, link: Guardianship) -> None:
        """Add who acts for the person."""
        ...

    async def end_guardianship(self, person_id: UUID, link: Guardianship) -> None:
        """Give a guardianship its last day."""
        ...

    async def move_registration(self, person: Person) -> Person:
        """Write where the person is registered now, over the version that was read."""
        ...

    async def rename(self, person: Person) -> None:
        """Let the person bear the last of the names, over the version that was read."""
        ...

    def add_economic_status(self, person_id: UUID, fact: EconomicFact) -> None:
        """Add what a source says, beside what others say."""
        ...

    def add_bank_account(self, person: Person, contact: Contact, account: BankAccount) -> None:
        """Add the end of the number, and the digest of the whole: only whoever knows the number can find it."""
        ...

    async def relations(self, person_id: UUID, *, region: str) -> Relations:
        """Whether the caller is related to a person by what is on record, and which colleagues are not."""
        ...

    async def touch(self, person: Person) -> Person:
        """Count the version up over the one that was read, where only what belongs to the person changes."""
        ...
