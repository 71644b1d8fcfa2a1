"""`Test-Scenario`: in a sandbox, what shall become of the items of an application that has just been submitted."""

from collections.abc import Mapping
from typing import Annotated, TypeAlias
from uuid import UUID

from fastapi import Header, Request, Response

from app.api.dependencies import ports_of
from app.api.idempotency import REPLAYED
from app.services.scenario import End, ScenarioRefused, script_of

HEADER = "Test-Scenario"
TestScenario: TypeAlias = Annotated[
    str | None,
    Header(
        alias=HEADER,
        max_length=500,
        pattern=r"^[a-z0-9_=; ]+$",
        description="In a sandbox: what shall become of which item, as `item=end;item=end`. The ends are listed at "
        "/v1/sandbox/scenarios. Elsewhere it is refused.",
        examples=["certificate=granted;living_subsidy=refused"],
    ),
]


def script_for(request: Request, header: str | None) -> Mapping[str, End] | None:
    """What the header asks for; nothing where there is none.

    Raises:
        ScenarioRefused: this is no sandbox.
        ScenarioUnknown: there is no such scenario.
    """
    if header is None:
        return None
    if ports_of(request).sandbox is None:
        raise ScenarioRefused(
            "Real people apply here, and no scenario is played. Leave the header out.", pointer=f"header/{HEADER}"
        )
    return script_of(header)


async def played(request: Request, answer: Response, script: Mapping[str, End] | None) -> Response:
    """The answer, once the scenario was played; a repeated request plays nothing again."""
    sandbox = ports_of(request).sandbox
    if script is None or sandbox is None or REPLAYED in answer.headers:
        return answer
    application_id = UUID(answer.headers["Location"].rpartition("/")[2])
    outcome = await sandbox.play(application_id, client_id=request.state.client_id, script=script)
    answer.headers[HEADER] = outcome
    return answer
