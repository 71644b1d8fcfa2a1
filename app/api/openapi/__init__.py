"""The schema of the API: what routes say about themselves, and how the document is made of it."""

from app.api.openapi.document import install_openapi
from app.api.openapi.operation import operation
from app.api.openapi.published import published

__all__ = ["install_openapi", "operation", "published"]
