"""A portal that orders jobs over HTTP, and looks how they go as often as a person would like to know."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter, sleep
from typing import Any

import httpx

LOOK_SECONDS = 0.05
PATIENCE_SECONDS = 180
TIMEOUT_SECONDS = 30
PAGE = 10_000
RESTS = frozenset({"paused", "cancelled"})


class JobFailed(Exception):
    """The job rests, or does not come to its end."""


@dataclass(frozen=True, slots=True)
class Table:
    """What is handed in, and how it is written."""

    name: str
    media_type: str
    content: bytes


class Portal:
    """One system with a sandbox client of its own."""

    def __init__(self, port: int) -> None:
        self._http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=TIMEOUT_SECONDS)
        token = self._http.post("/v1/sandbox/clients").raise_for_status().json()["tokens"]["portal"]
        self._http.headers["Authorization"] = f"Bearer {token}"
        self._orders = 0

    def ordered(self, text: str | None = None) -> str:
        """Order a verification, with its table where that is small, and say the job's id."""
        self._orders += 1
        body: dict[str, Any] = {"kind": "certificate_verification"}
        if text is not None:
            body["input"] = {"format": "csv", "text": text}
        headers = {"Idempotency-Key": f"bench-{self._orders}"}
        job_id: str = self._http.post("/v1/jobs", json=body, headers=headers).raise_for_status().json()["id"]
        return job_id

    def supplied(self, table: Table) -> str:
        """Order one, hand in its table, and say the job's id."""
        job_id = self.ordered()
        headers = {"Content-Type": table.media_type}
        self._http.put(f"/v1/jobs/{job_id}/input", content=table.content, headers=headers).raise_for_status()
        return job_id

    def job(self, job_id: str) -> dict[str, Any]:
        """How it stands."""
        read: dict[str, Any] = self._http.get(f"/v1/jobs/{job_id}").raise_for_status().json()
        return read

    def until(self, job_id: str, *, chunks: int) -> float:
        """Wait for so many chunks, and say the seconds that it took."""
        return self._until(job_id, lambda job: job["progress"]["chunks"] >= chunks)

    def until_first_results(self, job_id: str) -> float:
        """Wait until somebody could read results, and say the seconds that it took."""
        return self._until(job_id, lambda _: bool(self._page(job_id, after=0, limit=1).content))

    def until_finished(self, job_id: str) -> float:
        """Wait for the end, and say the seconds that it took.

        Raises:
            JobFailed: it rests, or takes for ever.
        """
        return self._until(job_id, lambda job: job["state"] == "finished")

    def results(self, job_id: str) -> bytes:
        """All results, page by page."""
        found = b""
        page = self._page(job_id, after=0, limit=PAGE)
        while True:
            found += page.content
            if "next" not in page.links:
                return found
            page = self._http.get(page.links["next"]["url"]).raise_for_status()

    def _page(self, job_id: str, *, after: int, limit: int) -> httpx.Response:
        query = {"after": after, "limit": limit}
        return self._http.get(f"/v1/jobs/{job_id}/results", params=query).raise_for_status()

    def _until(self, job_id: str, is_so: Callable[[dict[str, Any]], bool]) -> float:
        started = perf_counter()
        while not is_so(job := self.job(job_id)):
            if job["state"] in RESTS or perf_counter() - started > PATIENCE_SECONDS:
                raise JobFailed(f"The job is {job['state']} ({job['reason']}) at {job['progress']}.")
            sleep(LOOK_SECONDS)
        return perf_counter() - started
