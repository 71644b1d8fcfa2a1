"""The projects of the sandbox's county, written to the database as they stand in projects.yaml."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import asyncpg
import yaml

from app.adapters.postgres import statements
from app.adapters.postgres.project import PROJECTS
from app.adapters.postgres.tables import ProjectRow
from app.domain.project import Exclusion, Gives, Project, ProjectAction, ProjectStage, ProjectTerms
from app.domain.shared.region import path_of
from app.domain.shared.transitions import Done
from app.sandbox.authority import sandbox_id

COUNTY = "652301"
OPENED_AT = datetime(2026, 1, 4, 2, tzinfo=UTC)
RUNS = (date(2026, 1, 1), date(2035, 12, 31))
STEPS = (
    (ProjectAction.ANNOUNCE, ProjectStage.DRAFT, "county_officer"),
    (ProjectAction.OPEN, ProjectStage.OPEN, "county_approver"),
)
"""Who has taken which step, by the name of the token."""


async def write_projects(connection: asyncpg.Connection) -> None:
    """Write what is not there yet; run again, it changes nothing."""
    rows = [PROJECTS.to_row(project) for project in projects()]
    rows = [{**row, "detail": json.loads(row["detail"])} for row in rows]  # this connection writes JSON by itself
    sql = f"{statements.insert(ProjectRow, len(rows), 1)} ON CONFLICT DO NOTHING"
    await connection.execute("SET LOCAL yian.reach = 'migration'")
    await connection.execute(sql, *statements.parameters(ProjectRow, rows))


def projects() -> Iterator[Project]:
    """All projects as written, open.

    Raises:
        TermsImpossible: the terms of one of them contradict themselves.
    """
    written = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return (_project(entry) for entry in written)


def _project(entry: dict[str, Any]) -> Project:
    first, last = RUNS
    terms = ProjectTerms(
        region=path_of(COUNTY),
        name=entry["name"],
        gives=Gives(entry["gives"]),
        amount_fen=entry["amount_fen"],
        budget_fen=entry["budget_fen"],
        quota=entry["quota"],
        runs_from=first,
        runs_to=last,
        source=entry["source"],
        services=tuple(entry["services"]),
        exclusions=tuple(_exclusion(one) for one in entry["exclusions"]),
        allows_exceptions=entry["allows_exceptions"],
    )
    done = tuple(
        Done(action=action, stage=stage, on=OPENED_AT.date(), by=sandbox_id("account", who))
        for action, stage, who in STEPS
    )
    return Project(
        id=sandbox_id("project", entry["key"]),
        region=terms.region,
        terms=terms,
        announced_at=OPENED_AT,
        stage=ProjectStage.OPEN,
        done=done,
        version=len(done),
    )


def _exclusion(entry: dict[str, Any]) -> Exclusion:
    named = entry.get("project")
    return Exclusion(
        project_id=sandbox_id("project", named) if named else None,
        code=entry.get("code"),
        within_months=entry["within_months"],
    )
