"""`./yian bench visits`: the plan and the time of the queue, the gap reports and the roster of a whole county."""

from app.tools.bench.visits.run import run

__all__ = ["run"]
