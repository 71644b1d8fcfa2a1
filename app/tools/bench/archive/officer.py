"""An officer of the county who has a roster written out over HTTP."""

from time import perf_counter, sleep
from typing import Any

import httpx

LOOK_SECONDS = 0.2
PATIENCE_SECONDS = 600
TIMEOUT_SECONDS = 30
PAGE = 10_000


class Officer:
    """A county officer of the sandbox."""

    def __init__(self, port: int) -> None:
        self._http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=TIMEOUT_SECONDS)
        token = self._http.post("/v1/sandbox/clients").raise_for_status().json()["tokens"]["county_officer"]
        self._http.headers["Authorization"] = f"Bearer {token}"

    def exported(self, region_code: str, on: str) -> tuple[dict[str, Any], float]:
        """Order an export and wait for its end: the job, and the seconds that it took."""
        body = {"region_code": region_code, "on": on}
        headers = {"Idempotency-Key": f"bench-export-{on}"}
        started = perf_counter()
        job = self._http.post("/v1/roster-exports", json=body, headers=headers).raise_for_status().json()
        while job["state"] != "finished":
            if perf_counter() - started > PATIENCE_SECONDS or job["state"] == "paused":
                raise TimeoutError(f"The job has not come to its end: {job['state']}.")
            sleep(LOOK_SECONDS)
            job = self._http.get(f"/v1/jobs/{job['id']}").raise_for_status().json()
        return job, perf_counter() - started

    def downloaded(self, job_id: str) -> tuple[int, float]:
        """Read all results as CSV, page by page: how many bytes, and the seconds that it took."""
        started, size = perf_counter(), 0
        page = self._http.get(f"/v1/jobs/{job_id}/results", params={"limit": PAGE, "format": "csv"})
        while True:
            size += len(page.raise_for_status().content)
            if "next" not in page.links:
                return size, perf_counter() - started
            page = self._http.get(page.links["next"]["url"])
