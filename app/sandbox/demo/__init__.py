"""`./yian demo`: one person's way from the application to the confirmed service, over HTTP, as each actor."""

from app.sandbox.demo.run import run

__all__ = ["run"]
