"""The catalogue of services: what there is by the rules, and who offers it where."""

from app.domain.catalogue.cells import ListingUnclear
from app.domain.catalogue.listing import (
    Difference,
    Listing,
    ServiceChanged,
    ServiceListed,
    changed,
    differences,
    listed,
)
from app.domain.catalogue.opening import Frequency, Phone, PhoneKind, Schedule, ScheduleImpossible, Weekday
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
from app.domain.catalogue.service_type import (
    SERVICES,
    TAXONOMY,
    NotThisService,
    ServiceType,
    Taxonomy,
    service_types,
    taxonomies,
)

__all__ = [
    "SERVICES",
    "TAXONOMY",
    "Capacity",
    "CapacityImpossible",
    "Difference",
    "Family",
    "Feature",
    "Frequency",
    "Listing",
    "ListingUnclear",
    "Location",
    "Mode",
    "NotThisService",
    "Phone",
    "PhoneKind",
    "ProviderKind",
    "Schedule",
    "ScheduleImpossible",
    "Service",
    "ServiceChanged",
    "ServiceListed",
    "ServiceStatus",
    "ServiceType",
    "Taxonomy",
    "Weekday",
    "changed",
    "differences",
    "listed",
    "service_types",
    "taxonomies",
]
