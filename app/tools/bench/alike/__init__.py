"""`./yian bench alike`: whether a certificate that is found and one that is not can be told apart by time or form."""

from app.tools.bench.alike.run import run

__all__ = ["run"]
