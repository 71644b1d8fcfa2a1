"""Open Referral's HSDS 3.1: the catalogue of services for directories of the whole world, to everybody."""

from app.api.standards.hsds import routes, terms

ROUTERS = (routes.router, terms.router)

__all__ = ["ROUTERS"]
