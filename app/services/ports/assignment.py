"""What the use case of assignment asks of a solver."""

from typing import Protocol

from app.domain.assignment import Assignment, Batch


class Assigner(Protocol):
    """Finds the assignment of a batch that is worth most."""

    async def solve(self, batch: Batch) -> Assignment:
        """For each of the people, in order, the place that is proposed, or none."""
        ...
