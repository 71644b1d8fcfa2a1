"""Projects as they travel: terms, what is left, who fits, and figures by area."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.types import Count, Fen, Input, LegalDate, LongText, Output, RegionCode, ShortText, Version
from app.api.v1.schemas.wording import CodedRead, SentenceRead
from app.domain.project import (
    LONGEST_MONTHS,
    ChangeStage,
    Exclusion,
    Gives,
    Obstacle,
    ProjectStage,
    Resources,
    TermsChange,
)
from app.domain.shared.finding import Finding
from app.domain.shared.reason import Reason
from app.domain.shared.region import code_of
from app.services.beneficiary import FitView
from app.services.project import Announcement, ExcludedBy, NamedExclusion, ProjectReport, ProjectView

ServiceCode = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z_-]{0,63}$", max_length=64, examples=["ACC-HOME"])]
Quota = Annotated[int, Field(ge=1, le=10_000_000, description="How many people at most.", examples=[40])]
Months = Annotated[
    int,
    Field(ge=0, le=LONGEST_MONTHS, description="Since the last day; 0 where only what runs counts.", examples=[36]),
]
AreaCode = Annotated[str, Field(max_length=12)]


class ExclusionCreate(Input):
    """What is not given beside the project: this very project again, another one, or a service or benefit."""

    by: Annotated[ExcludedBy, Field(description="What it names.")]
    project_id: Annotated[UUID | None, Field(description="Only with `project`.")] = None
    code: Annotated[ServiceCode | None, Field(description="Only with `service`: a service or a benefit.")] = None
    within_months: Months = 0

    def to_named(self) -> NamedExclusion:
        """The same in the words of the use case."""
        return NamedExclusion(by=self.by, project_id=self.project_id, code=self.code, within_months=self.within_months)


class ProjectCreate(Input):
    """What a project is to be. Its terms are fixed from then on, but for its money and places."""

    region_code: Annotated[RegionCode, Field(description="A county, or a region above.", examples=["652301"])]
    name: Annotated[ShortText, Field(examples=["困难重度残疾人家庭无障碍改造"])]
    gives: Gives
    amount_fen: Annotated[Fen, Field(description="The most for one person; of a service, what it costs.")]
    budget_fen: Annotated[Fen, Field(examples=[24_000_000])]
    quota: Quota
    runs_from: LegalDate
    runs_to: Annotated[LegalDate, Field(examples=["2027-11-23"])]
    source: Annotated[
        ShortText, Field(description="The document that grants the money.", examples=["示例财社〔2026〕1号"])
    ]
    services: Annotated[list[ServiceCode], Field(max_length=10, description="What it pays for.")] = Field(
        default_factory=list
    )
    target: Annotated[
        ServiceCode | None, Field(description="The service whose rule of entitlement says whom it is for.")
    ] = None
    exclusions: Annotated[list[ExclusionCreate], Field(max_length=20)] = Field(default_factory=list)
    allows_exceptions: Annotated[
        bool, Field(description="Whether another officer may let somebody in all the same, with a reason.")
    ] = False

    def to_announcement(self) -> Announcement:
        """The same in the words of the use case."""
        return Announcement(
            region_code=self.region_code,
            name=self.name,
            gives=self.gives,
            amount_fen=self.amount_fen,
            budget_fen=self.budget_fen,
            quota=self.quota,
            runs_from=self.runs_from,
            runs_to=self.runs_to,
            source=self.source,
            services=tuple(self.services),
            target=self.target,
            exclusions=tuple(one.to_named() for one in self.exclusions),
            allows_exceptions=self.allows_exceptions,
        )


class ProjectReasonCreate(Input):
    """Why it is so."""

    text: LongText


class ProjectChangeCreate(Input):
    """How much money and how many places a project is to have in all, and why."""

    budget_fen: Annotated[Fen, Field(description="All its money from then on, in fen.", examples=[30_000_000])]
    quota: Quota
    text: Annotated[LongText, Field(examples=["示例财社〔2026〕9号追加资金。"])]

    def to_resources(self) -> Resources:
        """The same in the domain's words."""
        return Resources(budget_fen=self.budget_fen, quota=self.quota)


class ProjectChangeRead(Output):
    """The last change of a project's money or places that was asked for."""

    budget_fen: Annotated[Fen, Field(description="All its money, in fen, as it was asked for.")]
    quota: Count
    text: Annotated[str, Field(max_length=2000, description="Why; of one that was declined, why not.")]
    stage: ChangeStage
    on: Annotated[date, Field(description="The day of its last step.")]

    @classmethod
    def of(cls, change: TermsChange) -> Self:
        """The change as it travels."""
        return cls(
            budget_fen=change.to.budget_fen,
            quota=change.to.quota,
            text=change.words,
            stage=change.stage,
            on=change.done[-1].on,
        )


class ExclusionRead(Output):
    """What is not given beside the project."""

    by: ExcludedBy
    project_id: UUID | None
    code: Annotated[str | None, Field(max_length=64)]
    text: Annotated[str, Field(max_length=500, description="What it is called.")]
    within_months: Months

    @classmethod
    def of(cls, exclusion: Exclusion, view: ProjectView, told: Teller) -> Self:
        """The exclusion as it travels."""
        key = exclusion.project_id
        by = ExcludedBy.SERVICE if key is None else ExcludedBy.PROJECT
        return cls(
            by=ExcludedBy.THIS_PROJECT if key == view.id else by,
            project_id=key,
            code=exclusion.code,
            text=_called(str(key or exclusion.code), view, told),
            within_months=exclusion.within_months,
        )


class ProjectRead(Output):
    """A project, and what is left of it."""

    id: UUID
    region_code: AreaCode
    name: Annotated[str, Field(max_length=200)]
    gives: Gives
    amount_fen: Annotated[Fen, Field(description="The most for one person; of a service, what it costs.")]
    budget_fen: Annotated[Fen, Field(description="All its money, in fen.")]
    budget_left_fen: Annotated[Fen, Field(description="Not promised to anybody, and not spent.")]
    quota: Count
    quota_left: Annotated[Count, Field(description="How many places are left, as of now.")]
    runs_from: date
    runs_to: date
    source: Annotated[str, Field(max_length=200, description="The document that grants the money.")]
    services: Annotated[list[CodedRead], Field(max_length=10, description="What it pays for.")]
    target: CodedRead | None
    exclusions: Annotated[list[ExclusionRead], Field(max_length=20)]
    allows_exceptions: bool
    announced_at: datetime
    stage: ProjectStage
    text: Annotated[str, Field(max_length=2000, description="Why it rests or was closed; else empty.")]
    change: Annotated[ProjectChangeRead | None, Field(description="Null where none was ever asked for.")]
    signals: Annotated[list[SentenceRead], Field(max_length=10, description="What its office should see to.")]
    version: Version
    actions: Annotated[list[ActionRead], Field(max_length=10)]

    @classmethod
    def of_view(cls, view: ProjectView, teller: Teller) -> Self:
        """The project as one caller sees it."""
        project, terms = view.of, view.of.terms
        return cls(
            id=project.id,
            region_code=code_of(project.region),
            name=terms.name,
            gives=terms.gives,
            amount_fen=terms.amount_fen,
            budget_fen=terms.budget_fen,
            budget_left_fen=project.budget_left_fen(view.account),
            quota=terms.quota,
            quota_left=project.quota_left(view.account),
            runs_from=terms.runs_from,
            runs_to=terms.runs_to,
            source=terms.source,
            services=[CodedRead(code=code, text=_called(code, view, teller)) for code in terms.services],
            target=CodedRead(code=terms.target, text=_called(terms.target, view, teller)) if terms.target else None,
            exclusions=[ExclusionRead.of(one, view, teller) for one in terms.exclusions],
            allows_exceptions=terms.allows_exceptions,
            announced_at=project.announced_at,
            stage=project.stage,
            text=project.words,
            change=ProjectChangeRead.of(project.change) if project.change else None,
            signals=[SentenceRead.of(one, teller) for one in view.signals],
            version=view.version,
            actions=[ActionRead.of(action, teller) for action in view.actions],
        )


class ObstacleRead(Output):
    """One thing that stands against it, and what would change it."""

    reason: SentenceRead
    change: Annotated[SentenceRead | None, Field(description="Null where nobody may be told to change it.")]
    is_double_benefit: Annotated[bool, Field(description="Whether it is another benefit of the person.")]

    @classmethod
    def of(cls, obstacle: Obstacle, view: FitView, told: Teller) -> Self:
        """The obstacle in the caller's language."""
        return cls(
            reason=SentenceRead.naming(obstacle.why, told, view.names),
            change=SentenceRead.of(obstacle.change, told) if obstacle.change else None,
            is_double_benefit=obstacle.is_overlap,
        )


class ProjectFitRead(Output):
    """Whether somebody can be put on the list of a project. It decides nothing: an officer does."""

    person_id: UUID
    project_id: UUID
    is_possible: Annotated[bool, Field(description="Whether nothing stands against it.")]
    needs_exception: Annotated[
        bool, Field(description="Whether only other benefits do, and another officer may except them.")
    ]
    quota_left: Count
    budget_left_fen: Fen
    obstacles: Annotated[list[ObstacleRead], Field(max_length=100)]
    target_finding: Annotated[Finding | None, Field(description="Null where the project names no rule.")]
    target_reasons: Annotated[list[SentenceRead], Field(max_length=50, description="Why the rule finds so.")]
    target_changes: Annotated[list[SentenceRead], Field(max_length=50, description="What would turn it.")]

    @classmethod
    def of(cls, view: FitView, told: Teller) -> Self:
        """The answer as it travels."""
        target = view.target

        def sentences(reasons: tuple[Reason, ...]) -> list[SentenceRead]:
            return [SentenceRead.naming(one, told, view.names) for one in reasons]

        return cls(
            person_id=view.person_id,
            project_id=view.project.id,
            is_possible=view.fit.is_possible,
            needs_exception=view.fit.needs_exception,
            quota_left=view.project.quota_left(view.account),
            budget_left_fen=view.project.budget_left_fen(view.account),
            obstacles=[ObstacleRead.of(one, view, told) for one in view.fit.obstacles],
            target_finding=target.finding if target else None,
            target_reasons=sentences(target.reasons) if target else [],
            target_changes=sentences(target.remedies) if target else [],
        )


class BeneficiaryCountRead(Output):
    """How many on the list of a project live in one area. Nobody is named."""

    region_code: AreaCode
    people: Annotated[Count | None, Field(description="Null where so few live there that one might know them.")]
    amount_fen: Annotated[Fen | None, Field(description="Promised to them together; null with the other.")]


class ProjectReportRead(Output):
    """Where the people on the list of a project live. Nobody is named."""

    project_id: UUID
    minimum_cell: Annotated[Count, Field(description="Smaller figures than this are not shown.")]
    rows: Annotated[list[BeneficiaryCountRead], Field(max_length=1000)]

    @classmethod
    def of(cls, report: ProjectReport) -> Self:
        """The report as it travels."""
        return cls(
            project_id=report.project_id,
            minimum_cell=report.minimum_cell,
            rows=[
                BeneficiaryCountRead(
                    region_code=code_of(one.region),
                    people=None if one.region in report.small else one.people,
                    amount_fen=None if one.region in report.small else one.amount_fen,
                )
                for one in report.counts
            ],
        )


def _called(code: str, view: ProjectView, told: Teller) -> str:
    """The name that came with rule data, else the one of the catalogue of texts, else the code."""
    if view.names and code in view.names:
        return told.word(view.names[code])
    said = told.say(f"benefits.{code}")
    return code if said == f"benefits.{code}" else said
