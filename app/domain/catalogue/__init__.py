"""The catalogue of services: what there is by the rules, and who offers it where."""

from app.domain.catalogue.service import (
    Capacity,
    CapacityImpossible,
    Family,
    Feature,
    Location,
    Mode,
    ProviderKind,
    Service,
    ServiceStatus,
)
from app.domain.catalogue.service_type import NotThisService, ServiceType, Taxonomy, service_types, taxonomies

__all__ = [
    "Capacity",
    "CapacityImpossible",
    "Family",
    "Feature",
    "Location",
    "Mode",
    "NotThisService",
    "ProviderKind",
    "Service",
    "ServiceStatus",
    "ServiceType",
    "Taxonomy",
    "service_types",
    "taxonomies",
]
