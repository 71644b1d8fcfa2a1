"""Open Referral's HSDS 3.1: the catalogue of services for directories of the whole world, to everybody."""

from app.api.standards.hsds.routes import router

__all__ = ["router"]
