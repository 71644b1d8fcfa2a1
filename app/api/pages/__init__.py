"""Pages for people who build on the API: the reference to read and to try, and one about each refusal."""

from app.api.pages.routes import pages_router

__all__ = ["pages_router"]
