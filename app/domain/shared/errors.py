"""What the domain refuses, as a tree of kinds; the leaves carry a stable code that is also a page.

DomainError
├── NotFound            it is not there, or not for this caller to know
├── Forbidden           it is there, and not this caller's to do
├── Conflict            the state of things does not allow it now
│   ├── IllegalTransition
│   └── AlreadyExists
├── StaleVersion        somebody else changed it in the meantime
├── Unprocessable       the content cannot be right
└── Unavailable         we cannot tell now
"""

from typing import ClassVar


class DomainError(Exception):
    """A refusal that a caller can act on. `detail` says in plain words what is so and what to do next."""

    code: ClassVar[str] = "refused"
    title: ClassVar[str] = "The request was refused"

    def __init__(self, detail: str, *, pointer: str | None = None, **facts: object) -> None:
        super().__init__(detail)
        self.detail = detail
        self.pointer = pointer
        self.facts = facts


class NotFound(DomainError):
    """There is no such thing that this caller may know of."""

    code = "not_found"
    title = "Not found"


class Forbidden(DomainError):
    """The caller may know of it and may not do this."""

    code = "forbidden"
    title = "Not allowed for this caller"


class Conflict(DomainError):
    """The state of things does not allow it now."""

    code = "conflict"
    title = "Not possible in this state"


class IllegalTransition(Conflict):
    """The step does not exist from where the case stands."""

    code = "illegal_transition"
    title = "This step is not open now"


class AlreadyExists(Conflict):
    """What is asked for is there already."""

    code = "already_exists"
    title = "It exists already"


class StaleVersion(DomainError):
    """Somebody else changed it since the caller read it."""

    code = "stale_version"
    title = "The version you hold is stale"

    def __init__(self, detail: str = "It was changed since you read it. Read it again, then decide again.") -> None:
        super().__init__(detail)


class Unprocessable(DomainError):
    """The content cannot be right, whatever the state."""

    code = "unprocessable"
    title = "The content cannot be processed"


class Unavailable(DomainError):
    """We cannot tell at the moment; trying again later may help."""

    code = "unavailable"
    title = "Not available at the moment"


class DutiesNotSeparated(Forbidden):
    """One person would do two duties that must be done by two."""

    code = "duties_not_separated"
    title = "Another person must do this"
