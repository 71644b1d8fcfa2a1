"""Consent (个人同意): that an organisation is told something of a person, for a purpose, until it is taken back."""

from app.domain.consent.consent import Consent, Sharing, named
from app.domain.consent.events import ConsentGiven, ConsentWithdrawn
from app.domain.consent.purpose import (
    LegalBasis,
    SharingPurpose,
    known_purpose,
    purpose_of_referral,
    purposes,
)
from app.domain.consent.refusals import (
    HOW_TO_CONSENT,
    ConsentDaysImpossible,
    ConsentInForce,
    ConsentMissing,
    ConsentNotAsked,
    ConsentNotInForce,
    FieldsNotShared,
    GuardianConsentNeeded,
    PurposeUnknown,
    ReceiverNotSuitable,
)
from app.domain.consent.reliance import Reliance, holding, required, shared_by
from app.domain.consent.rules import OWN_WORD_AGE, ConsentRules
from app.domain.consent.stages import LIFECYCLE, ConsentAction, ConsentStage

__all__ = [
    "HOW_TO_CONSENT",
    "LIFECYCLE",
    "OWN_WORD_AGE",
    "Consent",
    "ConsentAction",
    "ConsentDaysImpossible",
    "ConsentGiven",
    "ConsentInForce",
    "ConsentMissing",
    "ConsentNotAsked",
    "ConsentNotInForce",
    "ConsentRules",
    "ConsentStage",
    "ConsentWithdrawn",
    "FieldsNotShared",
    "GuardianConsentNeeded",
    "LegalBasis",
    "PurposeUnknown",
    "ReceiverNotSuitable",
    "Reliance",
    "Sharing",
    "SharingPurpose",
    "holding",
    "known_purpose",
    "named",
    "purpose_of_referral",
    "purposes",
    "required",
    "shared_by",
]
