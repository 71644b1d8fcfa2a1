"""Complaints in tests over HTTP: filed by the person, taken in, and put to the provider as a question."""

from typing import Any

from tests.acting import World

COMPLAINED = {"kind": "quality", "text": "说好两小时，只待了半小时。", "is_anonymous": True}


async def a_complaint(world: World, referral: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What this world's citizen complains about."""
    return await world.post("citizen", f"/v1/referrals/{referral['id']}/complaints", COMPLAINED | changes)


async def asked_about(world: World, complaint: dict[str, Any]) -> dict[str, Any]:
    """The same taken in, with a question to the provider."""
    path = f"/v1/complaints/{complaint['id']}"
    await world.step("county_officer", path, "receipt")
    return await world.step("county_officer", path, "question", {"text": "请说明上周的服务时长。"})
