"""Whether somebody can be put on the list of a project: all that stands against it, and what would change each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.project.overlap import Overlap
from app.domain.project.project import Account, Project
from app.domain.project.stages import ProjectStage
from app.domain.shared.finding import Finding
from app.domain.shared.reason import Reason
from app.domain.shared.region import contains


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One thing that stands against it."""

    why: Reason
    change: Reason | None = None
    """What would change it; None where nobody may be told to change that."""
    is_overlap: bool = False
    """Whether it is another benefit, which another officer may except where the terms allow it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What stands against putting somebody on the list. It decides nothing: an officer does."""

    obstacles: tuple[Obstacle, ...]
    allows_exceptions: bool

    @property
    def is_possible(self) -> bool:
        """Say whether nothing stands against it."""
        return not self.obstacles

    @property
    def needs_exception(self) -> bool:
        """Say whether only other benefits stand against it, and another officer may except them."""
        return bool(self.obstacles) and self.allows_exceptions and all(one.is_overlap for one in self.obstacles)


def fit(
    project: Project,
    account: Account,
    *,
    region: str,
    on: date,
    found: Sequence[Overlap],
    target: Finding | None,
    is_listed: bool,
) -> Fit:
    """What stands against a benefit for somebody who lives in a region, beginning on a day and with the full amount."""
    told = (
        *_of_project(project, account, region=region, on=on),
        *_of_person(target, is_listed=is_listed),
        *(Obstacle(why=one.why, change=one.change, is_overlap=True) for one in found),
    )
    return Fit(obstacles=told, allows_exceptions=project.terms.allows_exceptions)


def _of_project(project: Project, account: Account, *, region: str, on: date) -> Iterator[Obstacle]:
    terms = project.terms
    if not contains(project.region, region):
        yield Obstacle(why=Reason(code="project.obstacle.elsewhere"))
    if project.stage is not ProjectStage.OPEN:
        yield Obstacle(why=Reason(code=f"project.obstacle.{project.stage}"))
    if not terms.runs_from <= on <= terms.runs_to:
        days = {"first": terms.runs_from.isoformat(), "last": terms.runs_to.isoformat()}
        yield Obstacle(why=Reason(code="project.obstacle.days", parameters=days))
    if not project.quota_left(account):
        why = Reason(code="project.obstacle.full", parameters={"quota": terms.quota})
        yield Obstacle(why=why, change=Reason(code="project.change.place"))
    if (left := project.budget_left_fen(account)) < terms.amount_fen:
        smaller = Reason(code="project.change.money") if left else None
        yield Obstacle(why=Reason(code="project.obstacle.spent"), change=smaller)


def _of_person(target: Finding | None, *, is_listed: bool) -> Iterator[Obstacle]:
    if is_listed:
        yield Obstacle(why=Reason(code="project.obstacle.listed"))
    if target is Finding.NOT_MET:
        yield Obstacle(why=Reason(code="project.obstacle.target"))
