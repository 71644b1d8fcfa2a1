"""`./yian bench assignment`: a batch of people and services, assigned by the solver and by going down the list."""

from app.tools.bench.assignment.run import run

__all__ = ["run"]
