"""What a project gives, to how many, from which money, and what stands against it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.domain.shared.errors import Unprocessable
from app.domain.shared.region import Level, code_of, level_of

LONGEST_MONTHS = 600


class TermsImpossible(Unprocessable):
    """A project's terms contradict themselves."""

    code = "project_terms_impossible"
    title = "The terms of the project cannot be right"


class Gives(StrEnum):
    """What somebody gets out of a project."""

    MONEY = "money"
    """资金"""
    SERVICE = "service"
    """服务或者实物"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Who has benefited elsewhere, now or within so many months, may not benefit here as well (重复享受).

    Either of a project by its id, or of a service or benefit by its code, whoever gives it out of whichever project.

    Raises:
        TermsImpossible: it names both, or neither.
    """

    project_id: UUID | None = None
    code: str | None = None
    within_months: int = 0
    """Months since the last day; 0 where only what still runs stands against it."""

    def __post_init__(self) -> None:
        """Refuse what names both, or neither."""
        if (self.project_id is None) == (self.code is None):
            raise TermsImpossible("Name a project or a service, and not both.", pointer="/exclusions")
        if not 0 <= self.within_months <= LONGEST_MONTHS:
            raise TermsImpossible("An exclusion lasts fifty years at most.", pointer="/exclusions")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectTerms:
    """The terms of a project. They are fixed when it is announced: what is otherwise is another project.

    Its money and places alone may change while it runs, by two people's words.

    Raises:
        TermsImpossible: they contradict themselves.
    """

    region: str
    name: str
    gives: Gives
    amount_fen: int
    """The most that one beneficiary gets, or that the service costs for one."""
    budget_fen: int
    quota: int
    """How many people at most."""
    runs_from: date
    runs_to: date
    source: str
    """Where the money comes from: the document that grants it."""
    services: tuple[str, ...] = ()
    """Services of the catalogue that it pays for."""
    target: str | None = None
    """The service of the catalogue whose rule of entitlement says whom it is for."""
    exclusions: tuple[Exclusion, ...] = field(default=())
    allows_exceptions: bool = False
    """Whether another officer may let somebody in all the same, with a reason."""

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        if level_of(code_of(self.region)) not in {Level.PROVINCE, Level.PREFECTURE, Level.COUNTY}:
            raise TermsImpossible("A county's federation, or one above, announces projects.", pointer="/region_code")
        if self.runs_to < self.runs_from:
            raise TermsImpossible("The last day comes after the first.", pointer="/runs_to")
        if self.quota < 1:
            raise TermsImpossible("A project is for one person at least.", pointer="/quota")
        if self.gives is Gives.MONEY and self.amount_fen < 1:
            raise TermsImpossible("Say how much one beneficiary gets.", pointer="/amount_fen")
        if self.gives is Gives.SERVICE and not self.services:
            raise TermsImpossible("Name the service that it pays for.", pointer="/services")
        if self.budget_fen < self.amount_fen:
            raise TermsImpossible("The money is not enough for one beneficiary.", pointer="/budget_fen")
