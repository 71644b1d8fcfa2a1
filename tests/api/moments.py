"""Moments: what somebody could do next, and it would be done."""

from dataclasses import dataclass
from typing import Any

from tests.acting import World


@dataclass(frozen=True)
class Moment:
    """Something that could be done now."""

    operation: str
    who: str
    path: str
    body: dict[str, Any]
    version: str | None = None
    method: str = "POST"


async def at_present(world: World, operation: str, who: str, case: str, fact: str, body: dict[str, Any]) -> Moment:  # noqa: PLR0917
    """A step of a case at its present version: `fact` is the noun that is posted to it."""
    version = (await world.call(who, "GET", case)).headers["ETag"]
    return Moment(operation, who, f"{case}/{fact}", body, version)
