"""Runs the demonstration against a server: a running one, or a sandbox of its own that ends with it."""

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from rich.console import Console

from app.sandbox.demo import story
from app.sandbox.demo.actors import TIMEOUT_SECONDS, Actors, StepRefused
from app.sandbox.demo.show import Telling, show_json
from app.sandbox.serving import SandboxFailed, sandbox_server

FAILED = 1


def run(*, base_url: str | None, json_output: bool) -> int:
    """Tell the whole story; the exit code says whether it ended as it should."""
    show = show_json if json_output else Telling()
    try:
        with _server(base_url) as url, httpx.Client(base_url=url, timeout=TIMEOUT_SECONDS) as http:
            actors = Actors(http, show)
            outcome = story.tell(actors)
    except (StepRefused, SandboxFailed, httpx.HTTPError) as error:
        sys.stderr.write(f"The story broke off: {error}\n")
        return FAILED
    if json_output:
        sys.stdout.write(json.dumps(outcome, ensure_ascii=False) + "\n")
    else:
        Console().print(f"\n[bold green]Delivered and confirmed[/bold green] in {actors.steps} steps.")
    return 0


@contextmanager
def _server(base_url: str | None) -> Iterator[str]:
    if base_url:
        yield base_url.rstrip("/")
        return
    with (
        tempfile.TemporaryDirectory(prefix="yian-demo-", dir="/var/tmp") as directory,
        sandbox_server(Path(directory)) as url,
    ):
        yield url
