"""Giving way: what a command changes besides the record that its caller has read, somebody else may change first."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.domain.shared.errors import StaleVersion
from app.services.ports.caller import TryAgain


@contextmanager
def yielding() -> Iterator[None]:
    """Save a record that the caller has not named; where somebody else was quicker, the whole command runs again.

    The caller's own record has the version of `If-Match`. To be told that another one is stale would be of no use.

    Raises:
        TryAgain: somebody else was quicker.
    """
    try:
        yield
    except StaleVersion:
        raise TryAgain("Two requests met over the same record. Send yours again.") from None
