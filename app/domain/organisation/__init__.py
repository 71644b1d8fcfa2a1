"""Organisations: federations, offices, institutions, providers, and those who run portals."""

from app.domain.organisation.organisation import Organisation, OrganisationKind

__all__ = ["Organisation", "OrganisationKind"]
