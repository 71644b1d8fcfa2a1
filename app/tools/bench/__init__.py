"""`./yian bench`: what a request costs, on a server and a database of its own, beside the ceiling in one run."""

from app.tools.bench.run import run

__all__ = ["run"]
