"""Organisations: federations, offices, institutions, providers, and those who run portals."""

from app.domain.organisation.organisation import Organisation, OrganisationKind
from app.domain.organisation.owner import OwnerNotSuitable, require_owner

__all__ = ["Organisation", "OrganisationKind", "OwnerNotSuitable", "require_owner"]
