"""How many places a service has, who says so, and how many are held."""

from app.domain.capacity.places import (
    CapacityStated,
    CapacityUnit,
    NoPlaceFree,
    NotYourService,
    Places,
    PlacesImpossible,
    ServicePlaces,
    Statement,
)

__all__ = [
    "CapacityStated",
    "CapacityUnit",
    "NoPlaceFree",
    "NotYourService",
    "Places",
    "PlacesImpossible",
    "ServicePlaces",
    "Statement",
]
