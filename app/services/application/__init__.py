"""Use cases of applications: applying once for a person, following the cases, taking back."""

from app.services.application.addition import ItemRequest, add_item
from app.services.application.application import (
    get_application,
    list_applications,
    take_back_item,
    withdraw_application,
    withdraw_item,
)
from app.services.application.progress import follow_benefit_case, follow_certificate_case
from app.services.application.submission import (
    NameDisagrees,
    NotYourself,
    OutsideYourArea,
    Request,
    Submitted,
    apply,
    submit_application,
)
from app.services.ports.application import Applicant

__all__ = [
    "Applicant",
    "ItemRequest",
    "NameDisagrees",
    "NotYourself",
    "OutsideYourArea",
    "Request",
    "Submitted",
    "add_item",
    "apply",
    "follow_benefit_case",
    "follow_certificate_case",
    "get_application",
    "list_applications",
    "submit_application",
    "take_back_item",
    "withdraw_application",
    "withdraw_item",
]
