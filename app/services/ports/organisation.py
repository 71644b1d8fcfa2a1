"""What the use cases need to know of organisations."""

from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID

from app.domain.application import Owner
from app.domain.draw import Institution
from app.domain.organisation import Organisation, OrganisationKind
from app.domain.shared.access import Role
from app.domain.shared.errors import Unavailable


class NoOneResponsible(Unavailable):
    """The authority has not entered which office answers for something."""

    code = "no_one_responsible"
    title = "No office is entered for this"


class Organisations(Protocol):
    """All organisations of a deployment."""

    async def get(self, organisation_id: UUID) -> Organisation:
        """One of them.

        Raises:
            NotFound: there is none.
        """
        ...

    async def get_many(self, organisation_ids: set[UUID]) -> dict[UUID, Organisation]:
        """Those of the organisations that there are, by their ids."""
        ...

    async def are_known(self, organisation_ids: set[UUID]) -> bool:
        """Say whether there are all of these."""
        ...

    async def serving(self, organisation_id: UUID, account_ids: frozenset[UUID], *, role: Role) -> frozenset[UUID]:
        """Those of the accounts that hold the role for the organisation at present."""
        ...

    async def speaking(self, organisation_ids: set[UUID]) -> frozenset[UUID]:
        """The providers among them that have accounts of their own, and can answer for what is said in their name."""
        ...

    async def institutions(self) -> list[Institution]:
        """All that evaluate, with the doctors who serve there at present."""
        ...

    async def of_codes(self, codes: set[str]) -> Mapping[str, Organisation]:
        """Those that there are, by their unified social credit codes; of a sandbox client its own first."""
        ...

    async def add_many(self, organisations: Sequence[Organisation], *, clock_id: UUID | None) -> None:
        """Put new ones on record."""
        ...

    async def page(self, *, kind: OrganisationKind | None, after: UUID | None, limit: int) -> list[Organisation]:
        """Some of them, in the order of their ids."""
        ...

    async def within(self, area: str, *, kind: OrganisationKind, after: UUID | None, limit: int) -> list[Organisation]:
        """Some of a kind that work in an area or a part of it, in the order of their ids."""
        ...

    async def of_places(
        self, places: set[tuple[OrganisationKind, str]]
    ) -> dict[tuple[OrganisationKind, str], Organisation]:
        """The organisations of a kind in just these regions, as far as there are any; of several the first."""
        ...

    async def responsible(self, places: set[tuple[OrganisationKind, str]]) -> dict[tuple[OrganisationKind, str], Owner]:
        """The organisation of a kind that is responsible for just this region, for each of the places.

        Raises:
            NoOneResponsible: for one of them there is none.
        """
        ...
