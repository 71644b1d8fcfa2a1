"""Projects in tests over HTTP: drawn up by one officer, opened by another, and people on their lists."""

from typing import Any

from tests.acting import World
from tests.api.care import today

TERMS: dict[str, Any] = {
    "region_code": "652301",
    "name": "示例创业扶持",
    "gives": "money",
    "amount_fen": 100_000,
    "budget_fen": 1_000_000,
    "quota": 10,
    "runs_from": "2026-01-01",
    "runs_to": "2199-12-31",
    "source": "示例财社〔2026〕3号",
}
LEFT = {"reason": "person_wishes", "text": "本人不再需要。", "has_benefited": False}


async def drafted(world: World, **changes: Any) -> dict[str, Any]:
    """A project that somebody else has to open."""
    return await world.post("county_officer", "/v1/projects", TERMS | changes)


async def opened(world: World, **changes: Any) -> dict[str, Any]:
    """A project that takes people in."""
    project = await drafted(world, **changes)
    return await world.step("county_approver", f"/v1/projects/{project['id']}", "opening")


def enrolment(world: World, **changes: Any) -> dict[str, Any]:
    """What an officer asks for this world's citizen."""
    return {"person_id": world.citizen["person_id"], **changes}


async def enrolled(
    world: World, project: dict[str, Any], who: str = "township_officer", **changes: Any
) -> dict[str, Any]:
    """This world's citizen on the list of a project."""
    path = f"/v1/projects/{project['id']}/beneficiaries"
    return await world.post(who, path, enrolment(world, **changes))


async def proposed(world: World) -> dict[str, Any]:
    """An entry that waits for another officer's word: the same person was in another project."""
    other = await opened(world)
    await enrolled(world, other)
    beside = {"by": "project", "project_id": other["id"], "within_months": 12}
    project = await opened(world, exclusions=[beside], allows_exceptions=True)
    return await enrolled(world, project, exception="原项目只补助培训。", valid_to=str(await today(world)))
