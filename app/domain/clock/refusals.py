"""What is refused about clocks."""

from app.domain.shared.errors import Conflict


class ClockNotOpen(Conflict):
    """The clock has stopped, or has run out, so nothing can be changed about it."""

    code = "clock_not_open"
    title = "This clock does not run any more"


class NotExtendable(Conflict):
    """The rules do not let this limit be extended."""

    code = "not_extendable"
    title = "This limit cannot be extended"


class ExtendedAlready(Conflict):
    """A limit is extended once."""

    code = "extended_already"
    title = "This limit was extended already"
