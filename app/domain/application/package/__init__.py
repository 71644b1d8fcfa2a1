"""What one application may ask for together, as data: items and what they wait for, one form, and the evidence."""

from app.domain.application.package.item import CaseKind, Evidence, Lead, PackageItem
from app.domain.application.package.package import (
    ItemNotInPackage,
    NothingChosen,
    Package,
    PackageNotFound,
    Selection,
)

__all__ = [
    "CaseKind",
    "Evidence",
    "ItemNotInPackage",
    "Lead",
    "NothingChosen",
    "Package",
    "PackageItem",
    "PackageNotFound",
    "Selection",
]
