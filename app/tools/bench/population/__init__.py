"""`./yian bench population`: how long all rules of the catalogue take over a million stored people."""

from app.tools.bench.population.run import run

__all__ = ["run"]
