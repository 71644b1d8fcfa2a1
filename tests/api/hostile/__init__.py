"""What nobody should send, as data: values for any field, bodies, headers, queries and path segments for any operation.

A value is written as the JSON that travels, so that it can be JSON that Python would never write.
"""

from tests.api.hostile.places import places_in, spoilt, with_value
from tests.api.hostile.requests import BODIES, HEADERS, QUERIES, SEGMENTS
from tests.api.hostile.values import TEXTS, VALUES

__all__ = ["BODIES", "HEADERS", "QUERIES", "SEGMENTS", "SIZE", "TEXTS", "VALUES", "places_in", "spoilt", "with_value"]

SIZE = len(VALUES) + len(BODIES) + len(HEADERS) + len(QUERIES) + len(SEGMENTS)
