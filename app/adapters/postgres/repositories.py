"""The repositories of one unit of work, made when first asked for: a name here is a noun of the domain."""

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.adapters.postgres.session import Session


class Repositories:
    """One attribute a noun; all share the session of the unit of work."""

    _session: "Session"
