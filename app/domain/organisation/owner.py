"""Which organisation answers for people where they live: on the ledger of the uncertified, and in the survey."""

from app.domain.organisation.organisation import Organisation, OrganisationKind
from app.domain.shared.errors import Unprocessable
from app.domain.shared.region import contains

OWNERS = frozenset({OrganisationKind.FEDERATION, OrganisationKind.ASSOCIATION})
"""Federations, and the associations whose commissioners visit."""


class OwnerNotSuitable(Unprocessable):
    """There is no such organisation, or none that serves people in this place."""

    code = "owner_not_suitable"
    title = "This organisation cannot answer for the entry"


def require_owner(owner: Organisation | None, *, region: str) -> Organisation:
    """Hold an organisation to be one that answers for people in a place; None where there is no such organisation.

    Raises:
        OwnerNotSuitable: there is none, or it is of another kind or place.
    """
    if owner is None or owner.kind not in OWNERS or not contains(owner.region, region):
        raise OwnerNotSuitable(
            "Name a federation or an association that serves the place, under GET /v1/organisations.",
            pointer="/owner_id",
        )
    return owner
