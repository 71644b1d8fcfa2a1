"""Apply once: packages of services, applications for them, and what the public is told of how they stand."""

from app.domain.application.application import (
    LIFECYCLE,
    Action,
    Application,
    Channel,
    Item,
    ItemNotFound,
)
from app.domain.application.explanation import Told, told, told_of, told_of_item
from app.domain.application.form import APPLICANT, AnswersNotRight, FormField, require_answers
from app.domain.application.outlook import Likelihood, Outlook, outlook_of
from app.domain.application.package import (
    CaseKind,
    Evidence,
    ItemNotInPackage,
    Lead,
    NothingChosen,
    Package,
    PackageItem,
    PackageNotFound,
    Selection,
)
from app.domain.application.promise import Promise, promise_of
from app.domain.application.status import (
    ITEM_STATUSES,
    NotAnItemStatus,
    PublicStatus,
    status_of,
    status_of_benefit,
    status_of_certificate,
)
from app.domain.application.submission import (
    BusinessNotOffered,
    Case,
    SourceNumberMissing,
    Submission,
    cases_of,
    submit,
)

__all__ = [
    "APPLICANT",
    "ITEM_STATUSES",
    "LIFECYCLE",
    "Action",
    "AnswersNotRight",
    "Application",
    "BusinessNotOffered",
    "Case",
    "CaseKind",
    "Channel",
    "Evidence",
    "FormField",
    "Item",
    "ItemNotFound",
    "ItemNotInPackage",
    "Lead",
    "Likelihood",
    "NotAnItemStatus",
    "NothingChosen",
    "Outlook",
    "Package",
    "PackageItem",
    "PackageNotFound",
    "Promise",
    "PublicStatus",
    "Selection",
    "SourceNumberMissing",
    "Submission",
    "Told",
    "cases_of",
    "outlook_of",
    "promise_of",
    "require_answers",
    "status_of",
    "status_of_benefit",
    "status_of_certificate",
    "submit",
    "told",
    "told_of",
    "told_of_item",
]
