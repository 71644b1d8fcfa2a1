"""Rules that also ask of projects: none of the catalogue's does yet, and each must stay as quick when one does."""

from dataclasses import replace

from app.domain.entitlement import AtLeast, Entitlement
from app.domain.entitlement.conditions import IntervalSince, QuotaLeft

MONTHS_APART = 36
BY_PROJECTS = "by projects"


def asking_of_projects(entitlement: Entitlement) -> Entitlement:
    """The same where a project has a place left for it, and the last one was some years ago."""
    code = (entitlement.code,)
    of_projects = (QuotaLeft(code), IntervalSince(code, months=MONTHS_APART))
    root = AtLeast(1 + len(of_projects), (entitlement.criteria.root, *of_projects))
    return replace(
        entitlement, code=f"{entitlement.code} {BY_PROJECTS}", criteria=replace(entitlement.criteria, root=root)
    )
