"""Payment rolls in tests: a benefit granted, and rolls drawn up month after month, none of them twice."""

from datetime import date, datetime
from typing import Any

from app.adapters.postgres.database import Database
from app.domain.shared.span import months_after
from tests.acting import World
from tests.api.bulk import worked_off
from tests.api.flow import case_of, decided, issued, submitted

COUNTY = "652301"


async def granted(world: World, *, item: str = "living_subsidy") -> dict[str, Any]:
    """This world's citizen with a certificate and a benefit that was decided; the case as it is read."""
    application = await submitted(world)
    await issued(world, case_of(application, "certificate"))
    return await decided(world, case_of(application, item))


async def no_roll_open(world: World) -> None:
    """Send back what other tests have left on its way: a county has one roll of a benefit at a time."""
    listed = await world.get("civil_affairs", "/v1/payment-rolls", stage=["drafting", "drafted", "checked"], limit=100)
    for roll in listed["items"]:
        await world.step("civil_affairs", f"/v1/payment-rolls/{roll['id']}", "rejection", {"text": "另行编制"})


async def next_month(world: World) -> date:
    """Let this world's clock go on to a month that no roll of this process has had, at least one later than before."""
    shown = await world.get("portal", "/v1/sandbox/clock")
    today = date.fromisoformat(shown["today"])
    latest = await world.get("civil_affairs", "/v1/payment-rolls", stage=["approved"], limit=100)
    taken = [date.fromisoformat(roll["month"]) for roll in latest["items"]]
    month = months_after(max([today.replace(day=1), *taken]), 1)
    to = datetime.combine(month.replace(day=20), datetime.min.time()).astimezone()
    await world.post("portal", "/v1/sandbox/clock/advance", {"to": to.isoformat()})
    return month


async def ordered_roll(world: World, month: date, *, benefit: str = "living_subsidy", **changes: Any) -> dict[str, Any]:
    body = {"benefit": benefit, "region_code": COUNTY, "month": str(month), **changes}
    return await world.post("civil_affairs", "/v1/payment-rolls", body)


async def drafted_roll(
    world: World, worker: Database, month: date, *, benefit: str = "living_subsidy"
) -> dict[str, Any]:
    """A roll whose job has come to its end."""
    roll = await ordered_roll(world, month, benefit=benefit)
    await worked_off(worker)
    return await world.get("civil_affairs", f"/v1/payment-rolls/{roll['id']}")


async def approved_roll(world: World, worker: Database, month: date) -> dict[str, Any]:
    path = f"/v1/payment-rolls/{(await drafted_roll(world, worker, month))['id']}"
    await world.step("civil_affairs", path, "check")
    return await world.step("second_civil_affairs", path, "approval")


async def lines_of(world: World, roll: dict[str, Any], **query: Any) -> list[dict[str, Any]]:
    """All lines of a roll about this world's citizen."""
    lines: list[dict[str, Any]] = []
    parameters = {"limit": 100, **query}
    while True:
        page = await world.get("civil_affairs", f"/v1/payment-rolls/{roll['id']}/lines", **parameters)
        lines += page["items"]
        if page["next_cursor"] is None:
            return [line for line in lines if line["person_id"] == world.citizen["person_id"]]
        parameters["cursor"] = page["next_cursor"]
