"""`./yian bench integrity`: which planted frauds the alarms find and which not, and how often they cry for nothing."""

from app.tools.bench.integrity.run import run

__all__ = ["run"]
