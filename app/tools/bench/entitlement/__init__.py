"""`./yian bench entitlement`: what it costs to explain the whole catalogue of services to one person."""

from app.tools.bench.entitlement.run import run

__all__ = ["run"]
