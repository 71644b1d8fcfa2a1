"""Projects: announced by a federation, opened by a second person, suspended, closed, and counted by area."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.api.dependencies import may
from app.api.idempotency import CREATED, Command, keyed
from app.api.openapi import operation
from app.api.pagination import Cursor, Limit, Page, page_of, position_of
from app.api.preconditions import ExpectedVersion, etag_of
from app.api.texts import Told
from app.api.v1.schemas.project import (
    ProjectChangeCreate,
    ProjectCreate,
    ProjectFitRead,
    ProjectRead,
    ProjectReasonCreate,
    ProjectReportRead,
)
from app.api.v1.schemas.types import LegalDate
from app.domain.project import ProjectDaysImpossible, ProjectStage, ResourcesCommitted, TermsImpossible
from app.domain.shared.errors import DutiesNotSeparated
from app.domain.shared.region import RegionNotFound
from app.domain.shared.transitions import NotYourFunction
from app.services import beneficiary, project
from app.services.ports.work import UnitOfWork
from app.services.unserved import ServiceUnknown

router = APIRouter(tags=["Projects"])
step = partial(operation, keyed=True, versioned=True)


@router.post(
    "/projects",
    response_model=ProjectRead,
    status_code=CREATED,
    **operation(
        "announce_project",
        keyed=True,
        found=True,
        refusals=(RegionNotFound, NotYourFunction, TermsImpossible, ProjectDaysImpossible, ServiceUnknown),
        links={"get_project": "project_id"},
    ),
)
async def announce_project(asked: ProjectCreate, *, command: Annotated[Command, keyed("announce_project")]) -> Response:
    """Draw up a project (惠残助残项目): what it gives, to how many, out of which money, and not beside what.

    It is a draft until somebody else opens it. Its terms stay as they are, but for its money and places.
    """
    return await command.run(
        partial(project.announce_project, asked.to_announcement()),
        ProjectRead.of_view,
        status=CREATED,
        location=lambda view: f"/v1/projects/{view.id}",
    )


@router.get("/projects", **operation("list_projects", found=False))
async def list_projects(
    uow: Annotated[UnitOfWork, may("list_projects")],
    *,
    teller: Told,
    stage: Annotated[list[ProjectStage] | None, Query(max_length=10, description="Only these stages.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[ProjectRead]:
    """List the projects of the caller's areas, and those of larger ones that are for them too, with what is left."""
    found = await project.list_projects(tuple(stage or ProjectStage), after=position_of(cursor), limit=limit, uow=uow)
    return page_of(found, lambda view: ProjectRead.of_view(view, teller))


@router.get("/projects/{project_id}", **operation("get_project"))
async def get_project(
    project_id: UUID, *, uow: Annotated[UnitOfWork, may("get_project")], teller: Told, response: Response
) -> ProjectRead:
    """Read a project: its terms, how many places and how much money are left, and what its office should see to.

    What is left is as of now, counted over everybody in it; the version does not change as people come and leave.
    """
    view = await project.get_project(project_id, uow=uow)
    response.headers["ETag"] = etag_of(view.version)
    return ProjectRead.of_view(view, teller)


@router.post(
    "/projects/{project_id}/opening",
    response_model=ProjectRead,
    **step("open_project", refusals=(DutiesNotSeparated,)),
)
async def open_project(
    project_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("open_project")]
) -> Response:
    """Let a project take people in, as somebody else than who has drawn it up."""
    return await command.run(partial(project.open_project, project_id, version=version), ProjectRead.of_view)


@router.post("/projects/{project_id}/suspension", response_model=ProjectRead, **step("suspend_project"))
async def suspend_project(
    project_id: UUID,
    asked: ProjectReasonCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("suspend_project")],
) -> Response:
    """Take nobody in for the time being. Whoever is on the list stays."""
    use_case = partial(project.suspend_project, project_id, asked.text, version=version)
    return await command.run(use_case, ProjectRead.of_view)


@router.post("/projects/{project_id}/resumption", response_model=ProjectRead, **step("resume_project"))
async def resume_project(
    project_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("resume_project")]
) -> Response:
    """Take people in again."""
    return await command.run(partial(project.resume_project, project_id, version=version), ProjectRead.of_view)


@router.post("/projects/{project_id}/closure", response_model=ProjectRead, **step("close_project"))
async def close_project(
    project_id: UUID,
    asked: ProjectReasonCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("close_project")],
) -> Response:
    """Take nobody in any more, for good. Whoever is on the list stays."""
    use_case = partial(project.close_project, project_id, asked.text, version=version)
    return await command.run(use_case, ProjectRead.of_view)


@router.post(
    "/projects/{project_id}/change",
    response_model=ProjectRead,
    **step("ask_project_change", refusals=(TermsImpossible, ResourcesCommitted)),
)
async def ask_project_change(
    project_id: UUID,
    asked: ProjectChangeCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("ask_project_change")],
) -> Response:
    """Ask for more or less money or places for a project that runs, and say why.

    Nothing changes before another person allows it, and never below what people have of it already. Asking anew takes
    the place of what was asked before.
    """
    use_case = partial(project.ask_project_change, project_id, asked.to_resources(), asked.text, version=version)
    return await command.run(use_case, ProjectRead.of_view)


@router.post(
    "/projects/{project_id}/change-approval",
    response_model=ProjectRead,
    **step("allow_project_change", refusals=(DutiesNotSeparated, ResourcesCommitted)),
)
async def allow_project_change(
    project_id: UUID, *, version: ExpectedVersion, command: Annotated[Command, keyed("allow_project_change")]
) -> Response:
    """Let a project have the money and the places that were asked for, as another person than the one who asked."""
    return await command.run(partial(project.allow_project_change, project_id, version=version), ProjectRead.of_view)


@router.post("/projects/{project_id}/change-refusal", response_model=ProjectRead, **step("decline_project_change"))
async def decline_project_change(
    project_id: UUID,
    asked: ProjectReasonCreate,
    *,
    version: ExpectedVersion,
    command: Annotated[Command, keyed("decline_project_change")],
) -> Response:
    """Leave the money and the places of a project as they are. Whoever has asked may take it back by this, too."""
    use_case = partial(project.decline_project_change, project_id, asked.text, version=version)
    return await command.run(use_case, ProjectRead.of_view)


@router.get("/projects/{project_id}/report", **operation("report_beneficiaries"))
async def report_beneficiaries(
    project_id: UUID, *, uow: Annotated[UnitOfWork, may("report_beneficiaries")]
) -> ProjectReportRead:
    """Count by area who is on the list of a project, in the caller's areas.

    The areas are those one level below the project's place or, for whoever sees a part of it, below that. Small figures
    are not shown, and with them others from which one could work them out.
    """
    return ProjectReportRead.of(await project.report_beneficiaries(project_id, uow=uow))


@router.get("/projects/{project_id}/fit", **operation("explain_project_fit"))
async def explain_project_fit(
    project_id: UUID,
    uow: Annotated[UnitOfWork, may("explain_project_fit")],
    told: Told,
    *,
    person_id: Annotated[UUID, Query(description="A person of the caller's areas.")],
    on: Annotated[LegalDate | None, Query(description="The first day; today, where none is given.")] = None,
) -> ProjectFitRead:
    """Say all that stands against putting somebody on the list, and what would change it.

    Which other benefit, since when, until when and from when it no longer does. Nothing is kept but that it was read.
    """
    return ProjectFitRead.of(await beneficiary.explain_project_fit(project_id, person_id, on=on, uow=uow), told)
