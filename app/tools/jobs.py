"""`./yian jobs`: one's own jobs on a running server, listed, shown, and watched until they end."""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import httpx
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

TIMEOUT_SECONDS = 30
LOOK_SECONDS = 0.5
ENDED = frozenset({"finished", "cancelled"})
RESTS = frozenset({"paused", "awaiting_input", "awaiting_approval"})
FAILED, DONE = 1, 0
PAGE = 100


class NotAnswered(Exception):
    """The server refuses; the text is its own."""


class Server:
    """A running server, asked as whoever the token says."""

    def __init__(self, base_url: str, token: str, *, transport: httpx.BaseTransport | None = None) -> None:
        self._client = httpx.Client(
            base_url=base_url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=TIMEOUT_SECONDS,
            transport=transport,
        )

    def jobs(self, state: list[str]) -> list[dict[str, Any]]:
        """The newest of them."""
        page = self._get("/v1/jobs", {"limit": PAGE, "state": state} if state else {"limit": PAGE})
        items: list[dict[str, Any]] = page["items"]
        return items

    def job(self, job_id: str) -> dict[str, Any]:
        """One of them."""
        return self._get(f"/v1/jobs/{job_id}", {})

    def _get(self, path: str, query: dict[str, Any]) -> dict[str, Any]:
        try:
            answer = self._client.get(path, params=query)
        except httpx.TransportError as error:
            raise NotAnswered(f"Nothing answers at {self._client.base_url}: {error}") from error
        if answer.is_error:
            raise NotAnswered(answer.text)
        read: dict[str, Any] = answer.json()
        return read


def show_all(server: Server, *, states: list[str], json_output: bool) -> int:
    """Print the newest jobs, a line each."""
    return _told(lambda: _print_all(server.jobs(states), json_output=json_output))


def show(server: Server, job_id: str, *, json_output: bool) -> int:
    """Print one job."""
    return _told(lambda: _print(server.job(job_id), json_output=json_output))


def watch(server: Server, job_id: str, *, json_output: bool) -> int:
    """Follow one job until it ends or rests: with a bar on a terminal, with a line for each change elsewhere."""
    console = Console(stderr=True)
    is_drawn = console.is_terminal and not json_output
    return _told(
        lambda: _drawn(server, job_id, console) if is_drawn else _lined(server, job_id, json_output=json_output)
    )


def _told(doing: Callable[[], int]) -> int:
    try:
        return doing()
    except NotAnswered as refusal:
        Console(stderr=True).print(str(refusal), markup=False)
        return FAILED


def _print_all(jobs: list[dict[str, Any]], *, json_output: bool) -> int:
    if json_output:
        for job in jobs:
            sys.stdout.write(json.dumps(job, ensure_ascii=False) + "\n")
        return DONE
    table = Table("id", "kind", "state", "done", "rows", "problems", "ordered at")
    for job in jobs:
        progress = job["progress"]
        share = f"{progress['share']:.0%}"
        cells = (job["id"], job["kind"], job["state"], share, progress["rows"], progress["problems"], job["created_at"])
        table.add_row(*map(str, cells))
    Console().print(table)
    return DONE


def _print(job: dict[str, Any], *, json_output: bool) -> int:
    sys.stdout.write((json.dumps(job, ensure_ascii=False) if json_output else _line(job)) + "\n")
    sys.stdout.flush()
    return DONE


def _line(job: dict[str, Any]) -> str:
    progress = job["progress"]
    reason = f" ({job['reason']})" if job["reason"] else ""
    return (
        f"{job['id']}  {job['kind']}  {job['state']}{reason}  {progress['share']:.1%}  "
        f"{progress['rows']:,} rows, {progress['problems']:,} with a problem, {progress['chunks']:,} chunks"
    )


def _lined(server: Server, job_id: str, *, json_output: bool) -> int:
    told: object = None
    while True:
        job = server.job(job_id)
        if (now := (job["state"], job["progress"])) != told:
            told = now
            _print(job, json_output=json_output)
        if job["state"] in ENDED | RESTS:
            return _outcome(job)
        time.sleep(LOOK_SECONDS)


def _drawn(server: Server, job_id: str, console: Console) -> int:
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>5.1f} %"))
    with Progress(*columns, TextColumn("{task.fields[rows]}"), TimeRemainingColumn(), console=console) as bar:
        task = bar.add_task("", total=1.0, rows="")
        while True:
            job = server.job(job_id)
            progress = job["progress"]
            rows = f"{progress['rows']:,} rows, {progress['problems']:,} with a problem"
            bar.update(task, completed=progress["share"], description=f"{job['kind']} {job['state']}", rows=rows)
            if job["state"] in ENDED | RESTS:
                return _outcome(job)
            time.sleep(LOOK_SECONDS)


def _outcome(job: dict[str, Any]) -> int:
    return DONE if job["state"] == "finished" else FAILED
