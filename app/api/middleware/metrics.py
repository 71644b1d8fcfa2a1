"""Prometheus metrics of requests, by route template: no address, no id and nobody's number is ever a label.

With several workers, set PROMETHEUS_MULTIPROC_DIR to an empty folder before they start: each writes its figures there
and any of them answers `/metrics` for all. Without it, each worker answers for itself alone.
"""

import os

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from app.services.ports.spent import Spent

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
BUCKETS_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The figures of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "yian_requests", "Requests answered.", ["method", "route", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "yian_request_seconds",
            "Time from the head of a request to the end of its answer.",
            ["method", "route"],
            buckets=BUCKETS_SECONDS,
            registry=self._registry,
        )
        self._database_seconds = Counter(
            "yian_database_seconds",
            "Time that requests have waited for the database.",
            ["route"],
            registry=self._registry,
        )
        self._statements = Counter(
            "yian_database_statements", "Statements that requests have run.", ["route"], registry=self._registry
        )
        self._children: dict[tuple[str, str, int], tuple[Counter, Histogram, Counter, Counter]] = {}

    def record(self, *, method: str, route: str, status: int, seconds: float, spent: Spent) -> None:
        """Count one request."""
        requests, duration, database, statements = self._of(method, route, status)
        requests.inc()
        duration.observe(seconds)
        if spent.statements:
            database.inc(spent.seconds)
            statements.inc(spent.statements)

    def exposition(self) -> bytes:
        """All figures, as Prometheus reads them; of all workers where they share a folder."""
        if not os.environ.get(SHARED_FOLDER):
            return generate_latest(self._registry)
        everybody = CollectorRegistry()
        MultiProcessCollector(everybody)  # type: ignore[no-untyped-call]  # the library has no types here
        return generate_latest(everybody)

    def _of(self, method: str, route: str, status: int) -> tuple[Counter, Histogram, Counter, Counter]:
        """The figures under these labels, kept because looking them up costs more than counting."""
        key = (method, route, status)
        if (known := self._children.get(key)) is None:
            known = self._children[key] = (
                self._requests.labels(method, route, str(status)),
                self._seconds.labels(method, route),
                self._database_seconds.labels(route),
                self._statements.labels(route),
            )
        return known
