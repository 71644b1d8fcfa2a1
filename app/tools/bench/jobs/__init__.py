"""`./yian bench jobs`: how long work over many rows takes, what it costs, and whom it keeps waiting."""

from app.tools.bench.jobs.run import run

__all__ = ["run"]
