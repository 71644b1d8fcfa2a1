"""The closed set of typed conditions. The README of the rulebooks documents each kind and its keys."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from app.domain.entitlement.conditions.condition import Condition
from app.domain.entitlement.conditions.disability import CategoryIn, CertificateInForce, DiagnosisPresent, GradeAtMost
from app.domain.entitlement.conditions.person import (
    AgeBetween,
    EconomicStatusIn,
    FlagPresent,
    RegisteredIn,
    ResidingIn,
)
from app.domain.entitlement.conditions.services import IntervalSince, NeedPresent, NotReceiving, QuotaLeft
from app.domain.shared.entry import Entry

KINDS: Mapping[str, Callable[[Entry], Condition]] = MappingProxyType(
    {
        "age_between": AgeBetween.of,
        "category_in": CategoryIn.of,
        "certificate_in_force": CertificateInForce.of,
        "diagnosis_present": DiagnosisPresent.of,
        "economic_status_in": EconomicStatusIn.of,
        "flag_present": FlagPresent.of,
        "grade_at_most": GradeAtMost.of,
        "interval_since": IntervalSince.of,
        "need_present": NeedPresent.of,
        "not_receiving": NotReceiving.of,
        "quota_left": QuotaLeft.of,
        "registered_in": RegisteredIn.of,
        "residing_in": ResidingIn.of,
    }
)
"""How each kind is read from rule data. A rule of another kind is refused when it is read."""

__all__ = [
    "KINDS",
    "AgeBetween",
    "CategoryIn",
    "CertificateInForce",
    "Condition",
    "DiagnosisPresent",
    "EconomicStatusIn",
    "FlagPresent",
    "GradeAtMost",
    "IntervalSince",
    "NeedPresent",
    "NotReceiving",
    "QuotaLeft",
    "RegisteredIn",
    "ResidingIn",
]
