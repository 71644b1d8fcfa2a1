"""`./yian bench archive`: what the roster of a day, its export, and what is missing in archives cost in a county."""

from app.tools.bench.archive.run import run

__all__ = ["run"]
