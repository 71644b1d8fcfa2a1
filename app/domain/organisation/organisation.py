"""An organisation that acts in cases, and what kinds of them there are."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.domain.shared.identity import Category


class OrganisationKind(StrEnum):
    """What an organisation is, as far as cases go."""

    FEDERATION = "federation"
    """残疾人联合会, of a county, a prefecture, a province, or of a township."""
    ASSOCIATION = "association"
    """村（社区）残疾人协会, the association of a village or community."""
    CIVIL_AFFAIRS = "civil_affairs"
    """民政局, which decides subsidies."""
    HUMAN_RESOURCES = "human_resources"
    """人力资源和社会保障局, for employment and pensions."""
    EDUCATION = "education"
    """教育局, for schools and aid to pupils."""
    JUSTICE = "justice"
    """司法局, with the institution of legal aid."""
    TRANSPORT = "transport"
    """交通运输局, for city buses."""
    GOVERNMENT = "government"
    """人民政府, of a county, a prefecture or a province, whose office hears appeals (行政复议机关)."""
    EVALUATION_INSTITUTION = "evaluation_institution"
    """指定评定机构, whose doctors alone conclude category and grade."""
    PROVIDER = "provider"
    """Whoever delivers a service."""
    PORTAL = "portal"
    """The operator of a portal through which people apply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One organisation. Its code is the unified social credit code (统一社会信用代码), where it has one.

    Source: GB 32100-2015 for the code; 残疾人证管理办法 (2017), art. 6 for the categories of an institution.
    """

    id: UUID
    kind: OrganisationKind
    name: str
    name_en: str
    region: str
    code: str | None = None
    categories: frozenset[Category] = frozenset()
    visits_homes: bool = False
    """Whether doctors of the institution evaluate at home (上门评定)."""
