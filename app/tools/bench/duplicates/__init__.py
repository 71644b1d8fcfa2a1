"""`./yian bench duplicates`: how many planted twins are found, by the mistake, and how many pairs are none."""

from app.tools.bench.duplicates.run import run

__all__ = ["run"]
