"""Offers: what the rules find due and nobody has asked for, sent by a human, and the person's to take or to leave."""

from app.domain.offer.due import SERVICES_OFFERED, Due, basis_of, due_to, service_due_to
from app.domain.offer.offer import (
    LIFECYCLE,
    Offer,
    OfferAction,
    OfferOutdated,
    OfferRules,
    OfferRunOut,
    OfferStage,
    UnwantedReason,
)

__all__ = [
    "LIFECYCLE",
    "SERVICES_OFFERED",
    "Due",
    "Offer",
    "OfferAction",
    "OfferOutdated",
    "OfferRules",
    "OfferRunOut",
    "OfferStage",
    "UnwantedReason",
    "basis_of",
    "due_to",
    "service_due_to",
]
