"""What a request spends in the database, added up where statements run."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from app.services.ports.spent import SPENT


@contextmanager
def timed() -> Iterator[None]:
    """Count one statement and its time for the request that is being served, if one is."""
    spent = SPENT.get()
    if spent is None:
        yield
        return
    began = perf_counter()
    try:
        yield
    finally:
        spent.add(perf_counter() - began)
