"""Offers: what the rules find due and nobody has asked for, sent by a human, and the person's to take or to leave."""

from app.domain.offer.due import Due, basis_of, due_to
from app.domain.offer.offer import (
    OFFERS,
    Offer,
    OfferAction,
    OfferOutdated,
    OfferRules,
    OfferRunOut,
    OfferStage,
    UnwantedReason,
)

__all__ = [
    "OFFERS",
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
]
