"""What a request has spent in the database: added up where statements run, read where the request's line is logged."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Spent:
    """A running sum. One request or one job has one; tasks that it starts share it."""

    statements: int = 0
    seconds: float = 0.0

    def add(self, seconds: float) -> None:
        """Count one statement and the time from sending it to having its rows."""
        self.statements += 1
        self.seconds += seconds


SPENT: ContextVar[Spent | None] = ContextVar("spent", default=None)
