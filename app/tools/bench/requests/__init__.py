"""`./yian bench requests`: what a request costs, on a server and a database of its own, beside the bare ceiling."""

from app.tools.bench.requests.run import run

__all__ = ["run"]
