"""What the schema allows and what it forbids, invented by schemathesis and sent over a socket, as several roles.

The seed is fixed, so that every run sends the same; YIAN_SCHEMATHESIS_EXAMPLES makes it send more.
"""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from anyio import to_thread
from fastapi import FastAPI

from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import Unavailable
from app.main import create_app
from app.services.magic_number import MAGIC_NUMBERS
from tests.acting import World
from tests.api.probes import Scene, a_scene

pytestmark = [pytest.mark.anyio, pytest.mark.database, pytest.mark.slow]

EXAMPLES = os.environ.get("YIAN_SCHEMATHESIS_EXAMPLES", "3")
SEED = os.environ.get("YIAN_SCHEMATHESIS_SEED", "20261123")
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
PHASES = ("examples", "coverage", "fuzzing", "stateful")


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The application on a socket and in a thread of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="on")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def told(scene: Scene) -> str:
    """What the hooks need to know of what is there."""
    ids = {field.name: getattr(scene, field.name) for field in fields(scene)}
    known = {name: value for name, value in ids.items() if isinstance(value, str)}
    return json.dumps({"ids": known, "tokens": scene.world.opened["tokens"]})


def run(url: str, scene: Scene, folder: Path) -> tuple[dict[str, Any], str]:
    """The report of one run, and what it printed."""
    schema, report = folder / "openapi.json", folder / "report.json"
    options = {"--url": url, "--phases": ",".join(PHASES), "--checks": ",".join(CHECKS), "--seed": SEED}
    options |= {"--max-examples": EXAMPLES, "--warnings": "off", "--suppress-health-check": "all"}
    options |= {"--report-json-path": str(report)}
    flat = [part for option in options.items() for part in option]
    command = [str(Path(sys.executable).with_name("st")), "run", str(schema), "--no-shrink", "--continue-on-failure"]
    hooks = {
        "SCHEMATHESIS_HOOKS": str(Path(__file__).with_name("schemathesis_hooks.py")),
        "YIAN_TEST_SCENE": told(scene),
        "YIAN_TEST_OUTAGES": json.dumps(
            [one.number.value for one in MAGIC_NUMBERS if isinstance(one.refusal(), Unavailable)]
        ),
    }
    done = subprocess.run(
        [*command, *flat], cwd=folder, env=os.environ | hooks, capture_output=True, text=True, check=False
    )
    return json.loads(report.read_text("utf-8")), done.stdout


async def test_nothing_that_the_schema_makes_one_think_of_breaks_it(
    installed: Any, world: World, tmp_path: Path, *, record_property: Any
) -> None:
    app, scene = create_app(installed.settings), await a_scene(world)
    (tmp_path / "openapi.json").write_text(json.dumps(app.openapi()), "utf-8")

    with served(app) as url:
        report, printed = await to_thread.run_sync(partial(run, url, scene, tmp_path))

    record_property("schemathesis", report["test_cases"])
    assert (report["failures"], report["errors"], report["complete"]) == ([], [], True), printed
    assert report["operations"]["tested"] > len(OPERATIONS)
    assert report["test_cases"]["generated"] > 3_000
