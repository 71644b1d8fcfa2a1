"""Services of the catalogue that stand in a provider's name."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from app.domain.catalogue import Family, ListingStage, ProviderKind, Service
from app.domain.shared.wording import Wording
from tests.builders.people import COUNTY, PROVIDER_ID


def a_listing_at(stage: ListingStage = ListingStage.PROPOSED, **changes: Any) -> Service:
    """Care at home, as the provider of the builders would offer it."""
    name = Wording(zh="样本居家照料", en="Sample care at home")
    service = Service(
        id=UUID(int=1),
        organisation_id=PROVIDER_ID,
        code="CARE-HOME",
        family=Family.HOME_CARE,
        name=name,
        description=name,
        provider_kind=ProviderKind.SOCIAL,
        region=COUNTY,
        meets=frozenset({"home_care"}),
        stage=stage,
    )
    return replace(service, **changes)
