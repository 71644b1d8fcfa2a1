"""The schema of the API: what routes say about themselves, and how the document is made of it."""

from app.api.openapi.operation import operation

# isort: split
# The document's own schemas lie beside those of the routes, which are imported along and need `operation` by then.
from app.api.openapi.document import install_openapi

__all__ = ["install_openapi", "operation"]
